"""Requests that no page would send: twice, too late, about somebody else's things, with fields
that were never asked, and files that are no procedure."""

from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from municipalities.models import Mandate
from tests.rights.actors import build
from tests.rights.conftest import db  # noqa: F401
from tests.rights.probes import fingerprint, undone
from tests.stepping import the_step
from tests.workflow.pages.reading import hidden, text
from tests.workflow.pages.sheets import SHEETS, Sheet, all_sheets, sent
from tests.world import PROGRAMME, procedure_text
from workflow import services
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.forms.carried import INCOMPLETE
from workflow.models import Application, Participation, Procedure, Step, Track
from workflow.services.procedures import BrokenFile

MOVE = {"decided_on": "2.3.2026", "reason": "Decided."}


@pytest.fixture(scope="module")
def world(db):  # noqa: F811
    return build()


@pytest.fixture(scope="module")
def sheets(world) -> dict[str, Sheet]:
    return all_sheets(world)


# Twice


ONCE = [
    "transition", "withdrawal", "take in", "another version", "decline", "accept", "return",
    "waive", "reopen", "move_deadline", "evidence: record", "evidence: act",
    "evidence: meeting", "evidence: rating",
]  # fmt: skip


@pytest.mark.parametrize("name", ONCE)
def test_a_double_click_acts_once_and_leads_to_the_same_page(world, sheets, name):
    sheet, client = sheets[name], world.clients[sheets[name].who]
    told = dict.fromkeys(sheet.texts, "Said.") | ({"at": ""} if "at" in sheet.texts else {})
    with undone():
        form = hidden(client.get(sheet.page)) | told | sheet.told
        before = Entry.objects.count()
        first = client.post(sheet.to or sheet.page, form)
        made = Entry.objects.count() - before
        second = client.post(sheet.to or sheet.page, form)

        assert (first.status_code, second.status_code) == (302, 302), text(first)
        assert first.url == second.url
        assert made >= 1
        assert Entry.objects.count() - before == made


@pytest.mark.parametrize("name", ONCE)
def test_the_same_key_with_other_content_is_refused_in_words(world, sheets, name):
    sheet, client = sheets[name], world.clients[sheets[name].who]
    texts = [one for one in sheet.texts if one != "at"]
    told = dict.fromkeys(texts, "Said.")
    with undone():
        form = hidden(client.get(sheet.page)) | told | sheet.told
        client.post(sheet.to or sheet.page, form)
        entries = Entry.objects.count()
        response = client.post(sheet.to or sheet.page, form | {texts[0]: "Something else."})

        assert response.status_code == 422
        assert "This form was sent before with other content." in text(response)
        assert Entry.objects.count() == entries


# Too late


def test_a_page_opened_before_somebody_else_moved_it_says_who_did(world):
    case, slow = world.cases["A in P"], world.clients["manager of P"]
    page = reverse("workflow:transition", args=[case.reference, "discontinue"])
    with undone():
        form = hidden(slow.get(page)) | MOVE
        quick = get_user_model().objects.get(name="Person deputy.P")
        services.perform_transition(
            case, "adopt_strategy", by=quick, decided_on=case.decided_on, expected_version=0,
            idempotency_key=uuid4(),
        )  # fmt: skip
        response = slow.post(page, form)

        assert response.status_code == 409
        assert "Person deputy.P" in text(response)
        assert "Assessment → Strategy adopted" in text(response), text(response)
        assert Participation.objects.get(pk=case.pk).stage == "strategy_adopted"


@pytest.mark.parametrize("act", ["accept", "return", "waive", "move_deadline"])
def test_an_act_on_a_step_that_changed_meanwhile_is_a_409(world, sheets, act):
    sheet, client = sheets[act], world.clients["manager of P"]
    key = "submitted" if act in ("accept", "return") else "open"
    with undone():
        form = hidden(client.get(sheet.page)) | dict.fromkeys(sheet.texts, "") | sheet.told
        form |= {"reason": "So.", "remarks": "So."}
        Step.objects.filter(participation=world.cases["A in P"], key=key).update(version=9)
        response = client.post(sheet.page, form)

        assert response.status_code == 409


def test_texts_that_another_saved_meanwhile_are_kept_in_the_form(world, sheets):
    sheet = sheets["application"]
    draft = world.applications["draft of A in P"]
    client = world.clients[sheet.who]
    with undone():
        form = hidden(client.get(sheet.page)) | {"summary": "My long text."}
        Application.objects.filter(pk=draft.pk).update(version=7, summary="Theirs.")
        response = client.post(sheet.page, form)

        assert response.status_code == 409
        assert "My long text." in text(response)
        assert Application.objects.get(pk=draft.pk).summary == "Theirs."


# Somebody else's


@pytest.mark.parametrize(
    "act", ["", "hand_in/", "accept/", "return/", "waive/", "reopen/", "move_deadline/"]
)
@pytest.mark.parametrize("other", ["B in P", "A in Q", "C in Q"])
def test_a_step_of_another_participation_is_not_there(world, act, other):
    """Also for the manager of P, who may see both A in P and B in P."""
    own, step = world.cases["A in P"], the_step(world.cases[other], "submitted")
    url = f"{own.get_absolute_url()}steps/{step.uuid}/{act}"
    before = fingerprint()

    for who in ("manager of P", "coordinator of A"):
        assert world.clients[who].get(url).status_code == 404
        if act:
            assert world.clients[who].post(url, MOVE | {"expected_version": 1}).status_code == 404
    assert fingerprint() == before


@pytest.mark.parametrize("page", ["members/{}/consent/", "members/{}/remove/"])
def test_a_member_of_another_application_is_not_there(world, page):
    own = world.applications["handed in by A in P"].get_absolute_url()
    url = own + page.format(world.municipalities["B"].code)

    response = world.clients["manager of P"].post(url, {"agrees": "yes"} | MOVE)

    assert response.status_code == 404


@pytest.mark.parametrize("code", ["99999", "", "80209' OR 1=1", "\x00", "Ж" * 500])
def test_a_municipality_that_is_none_is_not_there(world, code):
    call, draft = world.calls["open call of P"], world.applications["draft of A in P"]
    begin = reverse("workflow:begin_application", args=[call.reference])
    add = reverse("workflow:member_add", args=[draft.reference])

    assert world.clients["manager of P"].post(begin, {"municipality": code}).status_code == 404
    assert world.clients["coordinator of A"].post(add, {"municipality": code}).status_code == 404


@pytest.mark.parametrize("pk", ["theirs", "0", "-1", "abc", "9" * 40, "1.5", "\x00"])
def test_a_call_of_a_track_of_another_programme_is_refused(world, pk):
    track = str(world.calls["past call of Q"].track_id) if pk == "theirs" else pk
    with undone():
        response = world.clients["manager of P"].post(
            reverse("workflow:call_publish"), {"track": track, "opens_on": "1.3.2026"}
        )

        assert response.status_code == 422
        assert "valid choice" in text(response) or "required" in text(response)


@pytest.mark.parametrize("role", ["programme_manager", "auditor", "administrator", "king", "\x00"])
def test_a_role_that_one_does_not_appoint_to_cannot_be_invited(world, role):
    url = reverse("workflow:people", args=[world.cases["A in P"].reference])
    with undone():
        told = {"email": "new@example.org", "role": role}
        response = world.clients["manager of P"].post(url, told)

        assert response.status_code == 422
        assert "valid choice" in text(response)


@pytest.mark.parametrize("version", ["-1", "abc", "", "9" * 30, "1.5", "0; DROP", "٣"])
@pytest.mark.parametrize("field", ["expected_version", "idempotency_key"])
def test_hidden_fields_that_make_no_sense_change_nothing(world, field, version):
    page = reverse("workflow:transition", args=[world.cases["A in P"].reference, "hold"])
    client = world.clients["manager of P"]
    with undone():
        response = client.post(page, hidden(client.get(page)) | MOVE | {field: version})

        assert response.status_code in (409, 422)
        assert Participation.objects.get(pk=world.cases["A in P"].pk).version == 0


@pytest.mark.parametrize("name", [*ONCE, "application", "consent", "withdraw draft"])
def test_a_page_that_was_incomplete_is_opened_anew_with_what_was_typed(world, sheets, name):
    sheet, client = sheets[name], world.clients[sheets[name].who]
    told = dict.fromkeys(sheet.texts, "Said.") | ({"at": ""} if "at" in sheet.texts else {})
    told |= sheet.told
    before = fingerprint()
    with undone():
        opened_anew = client.post(sheet.to or sheet.page, told | {"csrfmiddlewaretoken": "x"})

        assert opened_anew.status_code == 422
        assert str(INCOMPLETE) in text(opened_anew)
        assert "dempotency" not in text(opened_anew)
        assert fingerprint() == before
        for one in sheet.texts:
            assert told[one] in opened_anew.content.decode()
        again = client.post(sheet.to or sheet.page, hidden(opened_anew) | told)
        assert again.status_code == 302, text(again)


# Fields that no form asks for


def extras(world) -> dict[str, str]:
    """What an attacker would like to set, by the names of columns and of our own words."""
    other = world.cases["C in Q"]
    return {
        "stage": "completed", "version": "99", "status": "accepted", "is_staff": "on",
        "is_superuser": "on", "is_active": "", "history_user": str(world.system.pk),
        "_history_user": str(world.system.pk), "by": str(world.system.pk), "id": str(other.pk),
        "municipality": str(other.municipality_id), "programme": str(other.programme_id),
        "participation": str(other.pk), "application": "1", "procedure": "1",
        "on_hold_since": "2026-01-01", "entered_on": "2020-01-01", "head_hash": "0" * 64,
        "seq": "1", "recorded_at": "2020-01-01", "user": str(world.system.pk), "lead": "80306",
        "consent": "given", "submitted_at": "2020-01-01", "opened_by": str(world.system.pk),
        "salt": "00", "digest": "0" * 64, "settled_on": "2020-01-01", "due_at": "2030-01-01",
        "starts_on": "2000-01-01", "ends_on": "2100-01-01", "given_by": str(world.system.pk),
    }  # fmt: skip


def facts() -> dict[str, Any]:
    """What extra fields would aim at."""
    # By reference: a participation that is opened and undone leaves a gap in the keys.
    history = Participation.history.values_list("reference", "version", "history_user")
    return {
        "participations": sorted(
            Participation.objects.values_list(
                "reference", "stage", "version", "municipality", "programme", "track", "entered_on",
                "on_hold_since", "procedure", "head_seq",
            )
        ),
        "steps": sorted(
            Step.objects.values_list(
                "participation__reference", "stage", "key", "status", "version", "role",
                "settled_on", "due_at",
            ),
            key=str,
        ),
        "applications": sorted(
            Application.objects.values_list("pk", "status", "version", "lead", "opened_by")
        ),
        "users": sorted(
            get_user_model().objects.values_list("pk", "email", "is_staff", "is_superuser",
                                                 "is_active")
        ),
        "mandates": sorted(
            Mandate.objects.values_list("pk", "user", "role", "place_id", "starts_on", "ends_on"),
            key=str,
        ),
        "history": sorted(history, key=str),
        "entries": sorted(
            Entry.objects.values_list("participation__reference", "seq", "verb", "by", "target")
        ),
    }  # fmt: skip


@pytest.mark.parametrize("name", SHEETS)
def test_fields_that_were_never_asked_change_nothing(world, sheets, name):
    sheet = sheets[name]
    told = {one: "Said." for one in sheet.texts if one not in ("at", "email")}
    honest = after(world, sheet, told)
    planted = {key: value for key, value in extras(world).items() if key not in sheet.told}

    assert after(world, sheet, told | planted) == honest


def after(world, sheet: Sheet, told: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """The answer, and the facts as they stand then; undone."""
    client = world.clients[sheet.who]
    cookies = client.cookies.copy()
    with undone():
        status, then = sent(client, sheet, told | sheet.told).status_code, facts()
    client.cookies = cookies
    return status, then


# A file that is no procedure

FILES = {
    "nothing": b"",
    "a picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)),
    "not closed": "key: [a, b",
    "a list": "- one\n- two",
    "a word": "procedure",
    "zeros": "key: a\x00b",
    "another alphabet": "key: проба".encode("cp1251"),
    "a command": "!!python/object/apply:os.system ['true']",
    "a bomb": "a: &a [x, x]\n"
    + "".join(f"{b}: &{b} [{f'*{a},' * 9}]\n" for a, b in pairwise("abcdefghi")),
    "depth": "[" * 5_000,
    "a programme": PROGRAMME,
    "twice the same key": "key: a\nkey: b\n",
    "a million letters": "key: " + "x" * 1_000_000,
}  # fmt: skip


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_procedure_is_refused_whole(world, kind):
    before = Procedure.objects.count(), Track.objects.count()

    with pytest.raises(BrokenFile) as refused:
        services.load_procedure(FILES[kind])

    assert refused.value.problems
    assert all(str(problem).strip() for problem in refused.value.problems)
    assert (Procedure.objects.count(), Track.objects.count()) == before


def test_a_procedure_of_a_programme_that_is_not_there_is_refused_in_words(world):
    with pytest.raises(Refused, match="Load the programme"):
        services.load_procedure(procedure_text(number=77))
