"""Another version of its procedure for one participation: what would change, then the act."""

import pytest

from tests.stepping import settle, the_step
from tests.workflow.pages.reading import buttons, hidden, read, send, text, title
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import procedure_text, step
from workflow import services
from workflow.models import Participation

OLD = {"memorandum": [step("sign"), step("publish"), step("train", required=False)]}
NEW = {"memorandum": [step("sign", role="signatory"), step("archive"), step("publish")]}
WHY = {"reason": "The ministry changed the papers."}


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=OLD)


@pytest.fixture
def newer(participation):
    """The second version of its procedure."""
    return load(stages=NEW)


def load(**rules):
    return services.load_procedure(procedure_text(number=1, **rules))


def page_of(participation, version=None) -> str:
    page = f"{participation.get_absolute_url()}procedure/"
    return f"{page}{version}/" if version else page


def now(participation) -> Participation:
    return Participation.objects.select_related("procedure").get(pk=participation.pk)


def decisions_of(participation) -> str:
    return f"{participation.get_absolute_url()}decisions/"


def test_the_manager_finds_it_among_the_other_decisions(client, participation, newer, manager):
    page = read(client, manager, decisions_of(participation))

    assert f'href="{page_of(participation)}"' in page.content.decode()
    assert "Follow another version of the procedure" in text(page)


def test_without_another_version_there_is_no_link(client, participation, manager):
    page = read(client, manager, decisions_of(participation))

    assert page_of(participation) not in page.content.decode()
    assert "There is no other version of this procedure." in text(
        read(client, manager, page_of(participation))
    )


@pytest.mark.parametrize("role", ["coordinator", "auditor", "evaluator"])
def test_others_find_no_link(client, participation, newer, request, role):
    page = read(client, request.getfixturevalue(role), decisions_of(participation))

    assert page_of(participation) not in page.content.decode()


def test_it_says_which_version_is_followed_and_which_others_there_are(
    client, participation, newer, manager
):
    load(stages=OLD, places=7)

    page = text(read(client, manager, page_of(participation)))

    assert "It follows Version 1, loaded" in page
    assert page.index("Version 3, loaded") < page.index("Version 2, loaded")
    assert "What version 3 would change" in page
    assert "In the present stage nothing changes." in page


def test_what_would_change_stands_there_in_words(client, participation, newer, manager):
    page = read(client, manager, page_of(participation, 2))

    told = text(page)
    assert title(page) == "Follow another version of the procedure: Kikinda – Koraci"
    assert "New steps Archive (Coordinator)" in told
    assert "Steps no longer asked for Train (Coordinator)" in told
    assert (
        "Steps with another rule Sign Until now: Coordinator hands in: record"
        " From now on: Signatory hands in: record" in told
    )
    assert "What is settled stays as it is." in told
    assert buttons(page) == ["Follow version 2 from now on"]


def test_a_settled_step_is_not_among_what_would_change(
    client, participation, newer, coordinator, manager
):
    settle(participation, "sign", by=coordinator, accepted_by=manager)

    assert "Steps with another rule" not in text(read(client, manager, page_of(participation)))


def test_looking_changes_nothing(client, participation, newer, manager):
    read(client, manager, page_of(participation, 2))

    assert now(participation).procedure.version == 1


def test_the_manager_has_it_follow_the_other_version(client, participation, newer, manager):
    response = send(client, manager, page_of(participation, 2), WHY)

    assert response.url == participation.get_absolute_url()
    assert now(participation).procedure == newer
    assert the_step(participation, "sign").role == "signatory"
    assert "Recorded: Procedure changed. Entry" in text(client.get(response.url))


def test_the_form_goes_to_the_version_that_was_shown_whatever_is_loaded_meanwhile(
    client, participation, newer, manager
):
    page = read(client, manager, page_of(participation))
    load(stages=OLD, places=7)

    assert f'action="{page_of(participation, 2)}"' in page.content.decode()


def test_timeline_and_log_tell_it_in_words(client, participation, newer, manager, auditor):
    send(client, manager, page_of(participation, 2), WHY)

    seen = text(read(client, manager, participation.get_absolute_url()))
    log = text(read(client, auditor, f"{participation.get_absolute_url()}log/"))

    assert "Procedure changed: version 1 → 2" in seen
    assert "New steps: Archive" in seen
    assert "Steps no longer asked for: Train" in seen
    assert "Steps with another rule: Sign" in seen
    assert "Reason: The ministry changed the papers." in seen
    assert "version 1 → 2" in log


def test_among_decisions_the_timeline_keeps_it(client, participation, newer, manager):
    send(client, manager, page_of(participation, 2), WHY)

    decisions = read(client, manager, f"{participation.get_absolute_url()}?show=transitions")

    assert "Procedure changed: version 1 → 2" in text(decisions)


def test_a_route_without_the_present_stage_says_why_it_is_impossible(
    client, participation, manager
):
    load(route=["application", "assessment", "strategy_adopted"])
    page = page_of(participation, 2)

    shown = read(client, manager, page)
    fields = {"expected_version": str(participation.version)} | WHY
    fields |= {"idempotency_key": "6f1f2f0e-0d8c-4f63-8c6e-8f4f0e6b2a11"}
    response = client.post(page, fields)

    sentence = "The present stage is not on the route of that version."
    assert sentence in text(shown)
    assert "Its route: Application → Assessment → Strategy adopted" in text(shown)
    assert buttons(shown) == []
    assert response.status_code == 422
    assert sentence in text(response)
    assert now(participation).procedure.version == 1


def test_the_version_that_is_followed_is_no_choice(client, participation, newer, manager):
    page = read(client, manager, page_of(participation, 1))

    assert "Choose another version" in text(page)
    assert buttons(page) == []


def test_a_version_that_is_none_is_not_there(client, participation, newer, manager):
    client.force_login(manager)

    for version in ("9", "0", "9" * 40, "x"):
        assert client.get(page_of(participation, version)).status_code == 404


def test_what_has_ended_keeps_its_version(client, participation, newer, manager, perform):
    perform(participation, "discontinue", by=manager)

    page = read(client, manager, page_of(participation))

    assert "This participation has ended; it keeps the version" in text(page)
    assert buttons(page) == []


def test_a_reason_is_owed(client, participation, newer, manager):
    response = send(client, manager, page_of(participation, 2), {"reason": "  "})

    assert response.status_code == 422
    assert "This field is required." in text(response)
    assert now(participation).procedure.version == 1


def test_a_page_opened_before_a_move_says_who_was_faster(
    client, participation, newer, manager, deputy, perform
):
    page = page_of(participation, 2)
    fields = hidden(read(client, manager, page)) | WHY
    perform(participation, "hold", by=deputy)

    response = client.post(page, fields)

    assert response.status_code == 409
    assert "Put on hold" in text(response)
    assert now(participation).procedure.version == 1


def test_a_double_click_is_one_act(client, participation, newer, manager):
    page = page_of(participation, 2)
    fields = hidden(read(client, manager, page)) | WHY

    first, second = (client.post(page, fields) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert participation.entries.filter(verb="change_procedure").count() == 1


@pytest.mark.parametrize("role", ["coordinator", "signatory", "evaluator", "auditor", "observer"])
def test_others_see_the_page_and_may_not(client, participation, newer, request, role):
    person = request.getfixturevalue(role)

    shown = read(client, person, page_of(participation, 2))
    refused = client.post(page_of(participation, 2), WHY)

    assert "This is decided by: Programme manager." in text(shown)
    assert buttons(shown) == []
    assert refused.status_code == 403
    assert "This needs the role: Programme manager." in text(refused)


def test_a_stranger_finds_nothing(client, participation, newer, stranger):
    assert read(client, stranger, page_of(participation)).status_code == 404


def test_the_page_costs_the_same_with_few_and_many_versions(participation, newer, manager):
    client = signed_in(manager)
    case, page = participation.get_absolute_url(), page_of(participation, 2)
    few = queries_of(client, page), queries_of(client, case)

    for places in range(9):
        load(stages=NEW, places=places + 30)

    assert (queries_of(client, page), queries_of(client, case)) == few
