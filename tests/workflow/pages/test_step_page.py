from datetime import date
from uuid import uuid4

import pytest

from tests.workflow.pages.reading import buttons, hidden, read, send, text, title
from tests.world import ROUTE, step
from workflow import services
from workflow.models import Evidence, Proposal, Step
from workflow.rules import Due

TOLD = {"dated_on": "2.3.2026", "note": "The paper arrived."}


@pytest.fixture
def make_step(make_participation):
    """`make_step(role=…, deadline=…)`: a step of the assessment stage, owed now."""

    def make(key="draft", others=(), **rule) -> Step:
        steps = [step(key, **rule), *others]
        participation = make_participation("assessment", stages={"assessment": steps})
        return participation.steps.get(key=key)

    return make


def page_of(owed, act=""):
    return owed.get_absolute_url() + (f"{act}/" if act else "")


def handed_in(owed, *, by, **told):
    services.hand_in(
        owed, TOLD | told, by=by, expected_version=owed.version, idempotency_key=uuid4()
    )
    return Step.objects.get(pk=owed.pk)


def hand_in(client, user, owed, **fields):
    return send(client, user, page_of(owed), TOLD | fields, to=page_of(owed, "hand_in"))


def sent_now(owed):
    """The hidden fields that a form would carry, where the page shows none."""
    return {"expected_version": now(owed).version, "idempotency_key": str(uuid4())}


def now(owed):
    return Step.objects.get(pk=owed.pk)


def test_says_what_is_asked(client, make_step, coordinator):
    owed = make_step(
        hint={"sr": "Најмање 15 дана.", "en": "At least 15 days."},
        demands={"paper": {"sr": "Извештај", "en": "Report"}},
        legal_basis={"sr": "Закон", "en": "Law on planning"},
        deadline={"rule": "fixed", "on": "2026-12-18", "at": "24:00"},
    )

    page = text(read(client, coordinator, page_of(owed)))

    assert "At least 15 days." in page
    assert "Evidence record : Report" in page.replace("record:", "record :")
    assert "Legal basis Law on planning" in page
    assert "Deadline 18 December 2026 at 24:00" in page
    assert "Owed by Coordinator" in page
    assert "Reviewed by Programme manager" in page


def test_the_coordinator_hands_in(client, make_step, coordinator):
    owed = make_step()

    response = hand_in(client, coordinator, owed)

    page = text(client.get(response.url))
    assert response.status_code == 302
    assert now(owed).status == "submitted"
    assert "Recorded: Handed in. Entry" in page
    assert "Version 1: record waits for review" in page
    assert "It is reviewed by: Programme manager." in page


def test_a_double_click_hands_in_once(client, make_step, coordinator):
    owed = make_step()
    fields = hidden(read(client, coordinator, page_of(owed))) | TOLD

    first, second = (client.post(page_of(owed, "hand_in"), fields) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert Evidence.objects.filter(step=owed).count() == 1


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"dated_on": "1.1.2099"}, "Date: This date lies in the future."),
        ({"dated_on": "yesterday"}, "Date: Write the day like this: 12.10.2007."),
        ({"note": ""}, "Note: This field is required."),
        ({"note": "x" * 10_000}, "Note: Write 4,000 characters at most. You wrote 10,000."),
        ({"note": "a\x00b"}, "control characters"),
        ({"expected_version": "none"}, ""),
        ({"idempotency_key": "none"}, ""),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(
    client, make_step, coordinator, fields, sentence
):
    owed = make_step()

    response = hand_in(client, coordinator, owed, **fields)

    assert response.status_code == 422
    assert sentence in text(response)
    assert title(response).startswith("Error:")
    assert now(owed).status == "open"


def test_marks_of_direction_do_no_harm(client, make_step, coordinator):
    owed = make_step()

    hand_in(client, coordinator, owed, note="‮Извештај‬ је предат, pisano dvojako")

    assert Evidence.objects.get(step=owed).told["note"] == "Извештај је предат, pisano dvojako"


def test_extra_fields_change_nothing(client, make_step, coordinator):
    owed = make_step()

    hand_in(client, coordinator, owed, status="accepted", version="9", stage="completed", role="x")

    assert (now(owed).status, now(owed).version) == ("submitted", 1)
    assert now(owed).participation.stage == "assessment"


def test_a_stale_page_reads_who_was_faster(client, make_step, coordinator, signatory, manager):
    owed = make_step()
    fields = hidden(read(client, coordinator, page_of(owed))) | TOLD
    services.move_deadline(
        owed,
        Due(date(2026, 12, 24)),
        by=manager,
        reason="Later.",
        expected_version=0,
        idempotency_key=uuid4(),
    )

    response = client.post(page_of(owed, "hand_in"), fields)

    assert response.status_code == 409
    assert "Programme manager, programme_manager of the office: Deadline moved: Draft" in text(
        response
    )
    assert "Open the page as it is now" in buttons(response)


def test_cannot_start_yet_says_what_comes_first(client, make_step, coordinator):
    owed = make_step(after=["talk"], others=[step("talk")])

    response = read(client, coordinator, page_of(owed))

    assert "This step cannot start yet. First: Talk." in text(response)
    assert "Hand in" not in buttons(response)
    refused = client.post(page_of(owed, "hand_in"), TOLD | sent_now(owed))
    assert refused.status_code == 422
    assert "This step cannot start yet. First: Talk." in text(refused)


@pytest.mark.parametrize("role", ["signatory", "manager", "auditor", "observer"])
def test_others_read_who_hands_in(client, make_step, request, role):
    owed = make_step()
    person = request.getfixturevalue(role)

    response = read(client, person, page_of(owed))
    refused = client.post(page_of(owed, "hand_in"), TOLD)

    assert "This is handed in by: Coordinator." in text(response)
    assert "Hand in" not in buttons(response)
    assert refused.status_code == 403
    assert "This needs the role: Coordinator." in text(refused)


def test_the_manager_accepts(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)

    response = send(client, manager, page_of(owed, "accept"))

    assert response.url == page_of(owed)
    assert now(owed).status == "accepted"
    assert "Recorded: Accepted." in text(client.get(response.url))


def test_the_manager_returns_with_remarks(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)

    send(client, manager, page_of(owed, "return"), {"remarks": "Page 4 is missing."})

    page = text(read(client, coordinator, page_of(owed)))
    assert now(owed).status == "returned"
    assert "Returned with these remarks Page 4 is missing." in page
    assert "Version 1: record returned" in page


def test_a_return_without_remarks_is_refused_at_the_field(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)

    response = send(client, manager, page_of(owed, "return"), {"remarks": " "})

    assert response.status_code == 422
    assert "What has to be corrected: This field is required." in text(response)


def test_nobody_looks_at_what_they_handed_in(client, make_step, manager):
    owed = handed_in(make_step(role="programme_manager"), by=manager)

    response = read(client, manager, page_of(owed))
    refused = client.post(page_of(owed, "accept"), sent_now(owed))

    sentence = "You handed this in yourself; somebody else has to review it."
    assert sentence in text(response)
    assert "Accept" not in buttons(response)
    assert refused.status_code == 422
    assert sentence in text(refused)
    assert now(owed).status == "submitted"


def test_the_history_of_versions_stays_on_the_page(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)
    send(client, manager, page_of(owed, "return"), {"remarks": "Again, please."})

    hand_in(client, coordinator, owed, note="Second attempt.")

    page = text(client.get(page_of(owed)))
    assert page.index("Version 2") < page.index("Second attempt.") < page.index("Version 1")
    assert "Again, please." in page


def test_waiving_is_a_proposal(client, make_step, manager):
    owed = make_step()

    response = send(client, manager, page_of(owed, "waive"), {"reason": "Not needed here."})

    page = text(client.get(response.url))
    assert Proposal.objects.get(step=owed).act == "waive"
    assert now(owed).status == "open"
    assert "A second person has to agree before it counts." in page
    assert "Waive" not in buttons(client.get(response.url))


def test_a_settled_step_can_be_opened_again(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)
    send(client, manager, page_of(owed, "accept"))

    send(client, manager, page_of(owed, "reopen"), {"reason": "The act was annulled."})

    assert now(owed).status == "open"


def test_a_deadline_moves_with_its_reason(client, make_step, manager, coordinator):
    owed = make_step(deadline={"rule": "fixed", "on": "2026-12-18"})

    send(
        client,
        manager,
        page_of(owed, "move_deadline"),
        {"on": "22.12.2026", "at": "24:00", "reason": "The assembly meets later."},
    )

    page = text(read(client, coordinator, page_of(owed)))
    assert "Deadline 22 December 2026 at 24:00" in page
    assert "The assembly meets later." in page
    assert "18 December 2026 By the rule of the procedure." in page


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"at": "25:00"}, "Write the time like this: 15:00."),
        ({"at": "noon"}, "Write the time like this: 15:00."),
        ({"on": "31.2.2026"}, "Write the day like this"),
        ({"reason": ""}, "Why the deadline moves: This field is required."),
    ],
)
def test_a_deadline_needs_a_day_a_time_and_a_reason(client, make_step, manager, fields, sentence):
    owed = make_step()
    usual = {"on": "22.12.2026", "at": "9.30", "reason": "Later."}

    response = send(client, manager, page_of(owed, "move_deadline"), usual | fields)

    assert response.status_code == 422
    assert sentence in text(response)
    assert now(owed).deadline_version == 0


@pytest.mark.parametrize("act", ["accept", "return", "waive", "reopen", "move_deadline"])
def test_a_coordinator_reads_who_may(client, make_step, coordinator, act):
    owed = make_step()

    shown = read(client, coordinator, page_of(owed, act))
    refused = client.post(page_of(owed, act), {})

    assert shown.status_code == 200
    assert "This is done by: Programme manager." in text(shown)
    assert "<form" not in shown.content.decode().split("<main", 1)[1].split("</main>")[0]
    assert refused.status_code == 403


@pytest.mark.parametrize("act", ["steal", "hand-in", "open"])
def test_an_unknown_act_is_not_there(client, make_step, manager, act):
    owed = make_step()
    client.force_login(manager)

    assert client.get(page_of(owed, act)).status_code == 404
    assert client.post(page_of(owed, act)).status_code == 404


def test_a_step_of_another_participation_is_not_there(
    client, make_step, make_participation, neighbour, manager
):
    owed = make_step()
    other = make_participation("memorandum", of=neighbour)
    client.force_login(manager)

    mixed = page_of(owed).replace(owed.participation.reference, other.reference)

    assert client.get(mixed).status_code == 404


def test_a_donor_sees_that_it_was_handed_in_and_no_texts(client, make_step, coordinator, observer):
    owed = handed_in(make_step(), by=coordinator, note="The director of the centre was present.")

    for_observer = text(read(client, observer, page_of(owed)))
    for_coordinator = text(read(client, coordinator, page_of(owed)))

    assert "The director of the centre was present." in for_coordinator
    assert "The director of the centre was present." not in for_observer
    assert "Version 1: record waits for review" in for_observer


def test_who_waived_and_who_agreed_stays_on_the_page(client, make_step, manager, deputy):
    owed = make_step()
    send(client, manager, page_of(owed, "waive"), {"reason": "Not needed here."})
    services.approve_proposal(owed.proposals.get(), by=deputy, idempotency_key=uuid4())

    page = text(read(client, manager, page_of(owed)))

    assert "Two people agreed Waive: proposed by programme_manager, agreed by" in page
    assert "Reason: Not needed here." in page


def test_for_a_stranger_nothing_is_there(client, make_step, stranger):
    owed = make_step()

    assert read(client, stranger, page_of(owed)).status_code == 404
    assert client.post(page_of(owed, "hand_in"), TOLD).status_code == 404


def test_a_get_changes_nothing(client, make_step, coordinator, manager):
    owed = handed_in(make_step(), by=coordinator)
    client.force_login(manager)

    for act in ["accept", "return", "waive", "reopen", "move_deadline", "hand_in"]:
        client.get(page_of(owed, act), TOLD | {"reason": "x", "remarks": "x"})

    assert now(owed).version == owed.version


def test_a_step_of_a_past_stage_is_closed(client, make_participation, coordinator, manager):
    participation = make_participation("memorandum", route=ROUTE)
    past = participation.steps.get(stage="application")

    response = read(client, coordinator, page_of(past))

    assert "The participation stands at “Memorandum” now; this step is closed." in text(response)
    assert buttons(response) == []
