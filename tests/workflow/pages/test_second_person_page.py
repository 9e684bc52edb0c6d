from uuid import uuid4

import pytest

from tests.workflow.pages.reading import buttons, read, send, text
from tests.world import step
from workflow import services
from workflow.models import Participation, Proposal, Step


@pytest.fixture
def proposed(make_participation, manager, perform):
    """The strategy is to be recorded as adopted: `manager` proposed it."""
    participation = make_participation("assessment", second_person=["adopt_strategy"])
    perform(participation, "adopt_strategy", by=manager)
    return participation.proposals.get()


@pytest.fixture
def waived(make_participation, manager):
    """A required step is to be waived: `manager` proposed it."""
    participation = make_participation("assessment", stages={"assessment": [step("inspection")]})
    owed = participation.steps.get(key="inspection")
    services.waive_step(
        owed, by=manager, reason="Held before.", expected_version=0, idempotency_key=uuid4()
    )
    return owed.proposals.get()


def page_of(proposal):
    return f"{proposal.participation.get_absolute_url()}proposals/{proposal.uuid}/"


def stage_of(proposal):
    return Participation.objects.get(pk=proposal.participation_id).stage


def answer(client, user, proposal, **fields):
    return send(client, user, page_of(proposal), fields)


def test_the_button_says_that_it_only_proposes(client, make_participation, manager):
    participation = make_participation("assessment", second_person=["adopt_strategy"])
    page = f"{participation.get_absolute_url()}transitions/adopt_strategy/"

    shown = read(client, manager, page)
    sent = send(client, manager, page, {"decided_on": "2.3.2026", "reason": ""})

    assert buttons(shown) == ["Propose: Record the adopted strategy"]
    assert "The procedure asks for a second person" in text(shown)
    assert "Recorded: Proposed; waits for a second person." in text(client.get(sent.url))
    assert Participation.objects.get(pk=participation.pk).stage == "assessment"


def test_the_participation_says_who_is_waited_for(client, proposed, manager):
    response = read(client, manager, proposed.participation.get_absolute_url())

    assert "“Record the adopted strategy” waits for a second person" in text(response)
    assert page_of(proposed) in response.content.decode()
    assert "Record the adopted strategy" not in buttons(response)


def test_the_second_person_sees_the_same_facts_and_approves(client, proposed, deputy):
    shown = read(client, deputy, page_of(proposed))
    sent = answer(client, deputy, proposed, answer="approve")

    page = text(shown)
    assert "From – to Assessment → Strategy adopted" in page
    assert "Conditions met 3 of 3" in page
    assert "Reason For the test." in page
    assert buttons(shown) == ["Approve: Record the adopted strategy", "Decline"]
    assert sent.status_code == 302
    assert stage_of(proposed) == "strategy_adopted"


def test_who_proposed_reads_who_may_approve(client, proposed, manager, deputy):
    shown = read(client, manager, page_of(proposed))
    refused = answer(client, manager, proposed, answer="approve")

    page = text(shown)
    assert "You proposed this yourself; another person has to agree." in page
    assert "Who may agree: programme_manager, Programme manager" in page
    assert buttons(shown) == ["Take it back"]
    assert refused.status_code == 422
    assert stage_of(proposed) == "assessment"


def test_where_nobody_else_holds_the_role_it_says_so(client, proposed, manager):
    page = text(read(client, manager, page_of(proposed)))

    assert "Nobody else holds this role now." in page


def test_the_second_person_declines_with_a_reason(client, proposed, deputy):
    without = answer(client, deputy, proposed, answer="decline", reason="")
    with_reason = answer(client, deputy, proposed, answer="decline", reason="Too early.")

    proposed.refresh_from_db()
    assert without.status_code == 422
    assert "Why you do not agree: Say why you do not agree." in text(without)
    assert with_reason.status_code == 302
    assert proposed.status == Proposal.Status.DECLINED
    page = text(client.get(proposed.participation.get_absolute_url()))
    assert "Proposal declined: Record the adopted strategy" in page
    assert "Reason: Too early." in page


def test_who_proposed_takes_it_back(client, proposed, manager):
    sent = answer(client, manager, proposed, answer="decline", reason="A mistake.")

    proposed.refresh_from_db()
    assert sent.status_code == 302
    assert proposed.status == Proposal.Status.DECLINED


def test_an_answer_is_chosen(client, proposed, deputy):
    response = answer(client, deputy, proposed)

    assert response.status_code == 422
    assert "Choose: approve or decline." in text(response)


def test_a_closed_proposal_says_how_it_ended(client, proposed, deputy):
    answer(client, deputy, proposed, answer="approve")

    shown = read(client, deputy, page_of(proposed))
    again = client.post(page_of(proposed), {"answer": "approve", "idempotency_key": str(uuid4())})

    assert "This proposal is closed: approved." in text(shown)
    assert buttons(shown) == []
    assert again.status_code == 422
    assert "This proposal is closed: approved." in text(again)


def test_a_proposal_that_was_overtaken_cannot_be_approved(
    client, proposed, deputy, manager, perform
):
    perform(proposed.participation, "hold", by=manager)

    shown = read(client, deputy, page_of(proposed))

    assert "overtaken by another act" in text(shown)


def test_conditions_are_judged_anew(
    client, make_participation, manager, deputy, coordinator, perform
):
    participation = make_participation(
        "assessment",
        second_person=["adopt_strategy"],
        stages={"assessment": [step("talk", accepted_by="")]},
    )
    owed = participation.steps.get(key="talk")
    told = {"dated_on": "2.3.2026", "note": "Done."}
    services.hand_in(owed, told, by=coordinator, expected_version=0, idempotency_key=uuid4())
    perform(participation, "adopt_strategy", by=manager)
    services.reopen_step(
        owed, by=manager, reason="Again.", expected_version=1, idempotency_key=uuid4()
    )
    proposal = participation.proposals.get()

    shown = read(client, deputy, page_of(proposal))
    refused = answer(client, deputy, proposal, answer="approve")

    assert "Talk missing" in text(shown)
    assert refused.status_code == 422
    assert "Talk missing" in text(refused)
    assert stage_of(proposal) == "assessment"


def test_waiving_a_step_takes_two(client, waived, deputy):
    shown = read(client, deputy, page_of(waived))
    sent = answer(client, deputy, waived, answer="approve")

    assert "Waive: Inspection, Kikinda" in text(shown)
    assert "Reason Held before." in text(shown)
    assert sent.status_code == 302
    assert Step.objects.get(pk=waived.step_id).status == "waived"


@pytest.mark.parametrize("role", ["coordinator", "auditor", "observer", "evaluator"])
def test_others_read_who_answers(client, waived, request, role):
    person = request.getfixturevalue(role)

    shown = read(client, person, page_of(waived))
    refused = client.post(page_of(waived), {"answer": "approve", "idempotency_key": str(uuid4())})

    assert "This is answered by: Programme manager." in text(shown)
    assert buttons(shown) == []
    assert refused.status_code == 403


def test_a_stranger_finds_nothing(client, proposed, stranger):
    assert read(client, stranger, page_of(proposed)).status_code == 404
    assert client.post(page_of(proposed), {"answer": "approve"}).status_code == 404


def test_a_proposal_of_another_participation_is_not_there(
    client, proposed, make_participation, neighbour, deputy
):
    other = make_participation("memorandum", of=neighbour)
    client.force_login(deputy)

    mixed = f"{other.get_absolute_url()}proposals/{proposed.uuid}/"

    assert client.get(mixed).status_code == 404
