from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tests.applying import apply_on_paper
from tests.workflow.pages.reading import buttons, hidden, read, send, text, title
from tests.world import step
from workflow.audit.models import Entry
from workflow.models import Participation

TOLD = {"decided_on": "2.3.2026", "reason": "Decided by the committee."}


def page_of(participation, name):
    return f"{participation.get_absolute_url()}transitions/{name}/"


def now(participation):
    return Participation.objects.get(pk=participation.pk)


def move(client, user, participation, name, **fields):
    return send(client, user, page_of(participation, name), TOLD | fields)


def test_get_shows_and_changes_nothing(client, make_participation, manager):
    participation = make_participation("assessment")
    client.force_login(manager)

    response = client.get(page_of(participation, "adopt_strategy"), TOLD)

    page = text(response)
    assert title(response) == "Record the adopted strategy: Kikinda – Koraci"
    assert "From – to Assessment → Strategy adopted" in page
    assert "Conditions met 3 of 3" in page
    assert "From 2 March 2026 (the previous decision) to today." in page
    assert now(participation).stage == "assessment"


def test_the_button_names_its_effect(client, make_participation, manager):
    participation = make_participation("strategy_adopted")

    response = read(client, manager, page_of(participation, "award_cofinancing"))

    assert buttons(response) == ["Move Kikinda to “Co-financing”"]


def test_the_manager_moves_it(client, make_participation, manager):
    participation = make_participation("assessment")

    response = move(client, manager, participation, "adopt_strategy")

    entry = Entry.objects.get(verb="adopt_strategy")
    assert response.url == participation.get_absolute_url()
    assert now(participation).stage == "strategy_adopted"
    assert entry.reason == "Decided by the committee."
    recorded = f"Recorded: Adopted strategy recorded. Entry {entry.seq} in the log, "
    assert recorded + f"fingerprint {entry.entry_hash[:8]}." in text(client.get(response.url))


def test_a_double_click_moves_once(client, make_participation, manager):
    participation = make_participation("assessment")
    page = page_of(participation, "adopt_strategy")
    fields = hidden(read(client, manager, page)) | TOLD

    first, second = (client.post(page, fields) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert Entry.objects.filter(verb="adopt_strategy").count() == 1


def test_a_double_click_with_another_reason_is_refused(client, make_participation, manager):
    participation = make_participation("assessment")
    page = page_of(participation, "adopt_strategy")
    fields = hidden(read(client, manager, page)) | TOLD
    client.post(page, fields)

    response = client.post(page, fields | {"reason": "Another."})

    assert response.status_code == 422
    assert "This form was sent before with other content." in text(response)
    assert hidden(response)["idempotency_key"] != fields["idempotency_key"]


def test_deadlines_that_follow_are_told_before(client, make_participation, manager):
    stages = {
        "strategy_adopted": [
            step("plan", deadline={"rule": "fixed", "on": "2026-12-18", "at": "24:00"}),
            step("month", deadline={"rule": "month", "month": "2027-02"}),
            step(
                "report",
                deadline={
                    "rule": "recurring", "every": "year", "times": 5,
                    "periods": "calendar", "days": 31,
                },
            ),
            step("talk", role="mentor", accepted_by=""),
            step("joint_only", when={"joint": True}),
        ]
    }  # fmt: skip
    participation = make_participation("assessment", stages=stages)

    page = text(read(client, manager, page_of(participation, "adopt_strategy")))

    assert "Plan (Coordinator): 18 December 2026 at 24:00" in page
    assert "Month (Coordinator): end of the month, February 2027" in page
    assert "and 2 more" in page
    assert "Talk (Mentor)" in page
    assert "Joint only" not in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decided_on": "1.3.2026"}, "The previous decision was on 2 March 2026."),
        ({"decided_on": "tomorrow"}, "Date of the decision: This date lies in the future."),
        ({"decided_on": "12/10/2007"}, "Write the day like this: 12.10.2007."),
        ({"decided_on": ""}, "Date of the decision: This field is required."),
        ({"reason": "x" * 10_000}, "Reason: Write 4,000 characters at most. You wrote 10,000."),
        ({"expected_version": "x"}, "The page was not complete when it was sent"),
        ({"idempotency_key": ""}, "The page was not complete when it was sent"),
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(
    client, make_participation, manager, fields, sentence
):
    participation = make_participation("assessment")
    tomorrow = (timezone.localdate() + timedelta(days=1)).strftime("%d.%m.%Y")
    fields = {key: tomorrow if value == "tomorrow" else value for key, value in fields.items()}

    response = move(client, manager, participation, "adopt_strategy", **fields)

    assert response.status_code == 422
    assert sentence in text(response)
    assert title(response).startswith("Error:")
    assert now(participation).stage == "assessment"


@pytest.mark.parametrize("name", ["withdraw", "discontinue", "hold", "step_back"])
def test_some_acts_owe_a_reason(client, make_participation, manager, name):
    participation = make_participation("assessment")

    response = move(client, manager, participation, name, reason="  ")

    assert response.status_code == 422
    assert "Reason: This field is required." in text(response)
    assert now(participation).version == participation.version


def test_rejection_owes_a_reason_and_has_no_way_back(client, make_participation, manager):
    participation = make_participation("application")

    shown = read(client, manager, page_of(participation, "reject"))
    refused = move(client, manager, participation, "reject", reason="")

    assert "There is no way back" in text(shown)
    assert refused.status_code == 422


def test_what_is_missing_is_content_and_nothing_moves(client, make_participation, manager):
    participation = make_participation("assessment", stages={"assessment": [step("inspection")]})
    page = page_of(participation, "adopt_strategy")

    shown = read(client, manager, page)
    sent = client.post(
        page, TOLD | {"expected_version": participation.version, "idempotency_key": str(uuid4())}
    )

    assert "It cannot be recorded before every condition is met." in text(shown)
    assert buttons(shown) == []
    assert sent.status_code == 422
    assert "Inspection missing Not handed in yet. Whose turn: Coordinator." in text(sent)
    assert now(participation).stage == "assessment"


def test_the_loser_reads_who_was_faster(client, make_participation, manager, deputy, perform):
    participation = make_participation("assessment")
    page = page_of(participation, "adopt_strategy")
    fields = hidden(read(client, manager, page)) | TOLD
    perform(participation, "adopt_strategy", by=deputy)

    response = client.post(page, fields)

    told = text(response)
    assert response.status_code == 409
    assert title(response) == "Kikinda: somebody else was faster – Koraci"
    assert "Programme manager, programme_manager of the office: Assessment → Strategy" in told
    assert "Nothing of what you sent was recorded." in told


def test_a_stale_page_with_a_date_that_no_longer_fits_is_still_told_so(
    client, make_participation, manager, deputy, perform
):
    participation = make_participation("assessment")
    page = page_of(participation, "adopt_strategy")
    fields = hidden(read(client, manager, page)) | TOLD
    perform(participation, "hold", by=deputy, decided_on=timezone.localdate())

    response = client.post(page, fields)

    assert response.status_code == 409
    assert "Put on hold" in text(response)


@pytest.mark.parametrize("role", ["coordinator", "signatory", "evaluator", "auditor", "observer"])
def test_others_see_the_page_and_may_not(client, make_participation, request, role):
    participation = make_participation("assessment")
    person = request.getfixturevalue(role)
    page = page_of(participation, "adopt_strategy")

    shown = read(client, person, page)
    refused = client.post(
        page, TOLD | {"expected_version": participation.version, "idempotency_key": str(uuid4())}
    )

    assert shown.status_code == 200
    assert "This is decided by: Programme manager." in text(shown)
    assert buttons(shown) == []
    assert refused.status_code == 403
    assert "This needs the role: Programme manager." in text(refused)
    assert now(participation).stage == "assessment"


def test_the_signatory_withdraws(client, make_participation, signatory):
    participation = make_participation("assessment")

    response = move(client, signatory, participation, "withdraw")

    assert response.status_code == 302
    assert now(participation).stage == "withdrawn"


def test_a_stranger_finds_nothing(client, make_participation, stranger):
    participation = make_participation("assessment")
    page = page_of(participation, "withdraw")

    assert read(client, stranger, page).status_code == 404
    assert client.post(page, TOLD).status_code == 404


@pytest.mark.parametrize("name", ["open", "save", "stage", "Select"])
def test_an_unknown_transition_is_not_there(client, make_participation, manager, name):
    participation = make_participation("assessment")
    client.force_login(manager)

    assert client.get(page_of(participation, name)).status_code == 404
    assert client.post(page_of(participation, name), TOLD).status_code == 404


def test_a_transition_off_the_present_stage_says_so(client, make_participation, manager):
    participation = make_participation("assessment")

    shown = read(client, manager, page_of(participation, "select"))
    sent = client.post(
        page_of(participation, "select"),
        TOLD | {"expected_version": participation.version, "idempotency_key": str(uuid4())},
    )

    assert "This is not possible at the stage “Assessment”." in text(shown)
    assert sent.status_code == 422
    assert "This is not possible at the stage “Assessment”." in text(sent)


def test_extra_fields_change_nothing(client, make_participation, manager):
    participation = make_participation("assessment")

    move(
        client, manager, participation, "adopt_strategy",
        stage="completed", version="99", is_staff="1", entered_on="1.1.2000", by="1",
    )  # fmt: skip

    moved = now(participation)
    manager.refresh_from_db()
    assert (moved.stage, moved.version) == ("strategy_adopted", participation.version + 1)
    assert not manager.is_staff


def test_only_post_changes_anything(client, make_participation, manager):
    participation = make_participation("assessment")
    client.force_login(manager)

    for method in [client.put, client.patch, client.delete]:
        assert method(page_of(participation, "hold")).status_code == 405


def test_a_joint_application_shows_all_members_and_moves_them_together(
    client, make_track, municipality, neighbour, manager
):
    cases = apply_on_paper(make_track(), [municipality, neighbour], by=manager)
    page = page_of(cases[0], "select")

    shown = read(client, manager, page)
    move(client, manager, cases[0], "select")

    told = text(shown)
    assert "A joint application: all or none" in told
    assert "Kikinda, T1-001 Kanjiža, T1-002" in told
    assert buttons(shown) == ["Move 2 municipalities to “Memorandum”"]
    assert {now(one).stage for one in cases} == {"memorandum"}


def test_one_missing_consent_keeps_all_back(client, make_track, municipality, neighbour, manager):
    cases = apply_on_paper(make_track(), [municipality, neighbour], by=manager, consent=False)
    page = page_of(cases[0], "select")

    shown = read(client, manager, page)
    sent = client.post(page, TOLD | {"expected_version": 0, "idempotency_key": str(uuid4())})

    assert "Consent of Kanjiža." in text(shown)
    assert sent.status_code == 422
    assert {now(one).stage for one in cases} == {"application"}


def test_what_the_page_says_is_what_the_door_says(
    client, make_track, municipality, neighbour, manager
):
    from workflow.errors import NotReady
    from workflow.pages.move import moving
    from workflow.readiness import readiness_together
    from workflow.services import perform_transition

    cases = apply_on_paper(make_track(), [municipality, neighbour], by=manager, consent=False)
    told = {"decided_on": cases[0].decided_on, "expected_version": 0, "idempotency_key": uuid4()}

    with pytest.raises(NotReady) as blocked:
        perform_transition(cases[0], "select", by=manager, **told)

    shown = [
        line.sentence for line in readiness_together(moving(cases[0], "select"), "select").unmet()
    ]
    assert [line.sentence for line in blocked.value.tree.unmet()] == shown
