"""Some transitions need a second person: one proposes, another with the right approves."""

from uuid import uuid4

import pytest

from tests.stepping import settle
from tests.world import ROUTE, step
from workflow import services
from workflow.errors import MovedMeanwhile, NotAllowed, NotReady, Refused
from workflow.models import Participation, Proposal

FOUR_EYES = {"second_person": ["adopt_strategy"]}


def again(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


def approve(proposal: Proposal, *, by):
    return services.approve_proposal(proposal, by=by, idempotency_key=uuid4())


@pytest.fixture
def proposed(make_participation, manager, perform) -> Participation:
    participation = make_participation(stage="assessment", **FOUR_EYES)
    perform(participation, "adopt_strategy", by=manager)
    return again(participation)


@pytest.fixture
def proposal(proposed) -> Proposal:
    return Proposal.objects.get()


def test_a_proposal_moves_nothing(proposed, proposal):
    assert proposed.stage == "assessment"
    assert proposed.entries.order_by("seq").last().verb == "propose"
    assert proposal.status == "waiting"


def test_another_person_approves(proposed, proposal, manager, deputy):
    entry = approve(proposal, by=deputy)

    assert (again(proposed).stage, entry.by) == ("strategy_adopted", deputy)
    assert entry.facts["proposed_by"] == manager.pk
    proposal.refresh_from_db()
    assert (proposal.status, proposal.closed_by) == ("approved", deputy)


def test_the_same_person_does_not(proposed, proposal, manager):
    with pytest.raises(Refused, match="another person"):
        approve(proposal, by=manager)
    assert again(proposed).stage == "assessment"


@pytest.mark.parametrize("role", ["coordinator", "signatory", "evaluator", "auditor", "stranger"])
def test_nor_somebody_without_the_right(proposed, proposal, role, request):
    with pytest.raises(NotAllowed):
        approve(proposal, by=request.getfixturevalue(role))


def test_readiness_is_judged_again(make_participation, manager, deputy, coordinator, perform):
    participation = make_participation(
        stage="assessment", stages={"assessment": [step("inspection")]}, **FOUR_EYES
    )
    settle(participation, "inspection", by=coordinator, accepted_by=manager)
    perform(again(participation), "adopt_strategy", by=manager)
    inspection = participation.steps.get(key="inspection")
    services.reopen_step(
        inspection, by=manager, reason="Wrong paper.", expected_version=inspection.version,
        idempotency_key=uuid4(),
    )  # fmt: skip

    with pytest.raises(NotReady, match="Inspection"):
        approve(Proposal.objects.get(), by=deputy)


def test_what_moved_meanwhile_overtakes_the_proposal(proposed, proposal, manager, deputy, perform):
    perform(proposed, "hold", by=manager)

    with pytest.raises((Refused, MovedMeanwhile)):
        approve(proposal, by=deputy)


def test_declined_with_a_reason(proposed, proposal, deputy):
    services.decline_proposal(
        proposal, by=deputy, reason="The act is missing.", idempotency_key=uuid4()
    )

    proposal.refresh_from_db()
    assert proposal.status == "declined"
    assert proposed.entries.order_by("seq").last().reason == "The act is missing."
    with pytest.raises(Refused, match="closed"):
        approve(proposal, by=deputy)


def test_not_declined_without_a_reason(proposal, deputy):
    with pytest.raises(Refused, match="why"):
        services.decline_proposal(proposal, by=deputy, reason="", idempotency_key=uuid4())


def test_a_new_proposal_takes_the_place_of_the_old(proposed, proposal, deputy, perform):
    perform(proposed, "adopt_strategy", by=deputy)

    proposal.refresh_from_db()
    assert proposal.status == "overtaken"
    assert Proposal.objects.filter(status="waiting").count() == 1


class TestStepBack:
    def test_goes_one_stage_back_with_two_people(
        self, make_participation, manager, deputy, perform
    ):
        participation = make_participation(stage="assessment", route=ROUTE)
        perform(participation, "step_back", by=manager, reason="Wrong act on file.")
        assert again(participation).stage == "assessment"

        entry = approve(Proposal.objects.get(), by=deputy)

        assert (entry.source, entry.target) == ("assessment", "memorandum")
        assert entry.reason == "Wrong act on file."

    def test_follows_the_route_of_the_track(self, make_participation, manager, deputy, perform):
        route = ["application", "assessment", "strategy_adopted"]
        participation = make_participation(stage="assessment", route=route)
        perform(participation, "step_back", by=manager)

        assert approve(Proposal.objects.get(), by=deputy).target == "application"

    def test_the_steps_done_there_stay_done(
        self, make_participation, manager, deputy, coordinator, perform
    ):
        stages = {"memorandum": [step("sign")]}
        participation = make_participation(stage="memorandum", stages=stages)
        settle(participation, "sign", by=coordinator, accepted_by=manager)
        perform(again(participation), "start_assessment", by=manager)
        perform(again(participation), "step_back", by=manager)
        approve(Proposal.objects.get(), by=deputy)

        [signed] = again(participation).present_steps
        assert signed.status == "accepted"
