"""Whose turn it was, in days: municipality, programme, ministry. The clock is the server's."""

from uuid import uuid4

import pytest

from tests.applying import apply_on_paper
from tests.conftest import open_in, walk_on
from tests.stepping import act_on, hand_in, the_step
from tests.world import step
from workflow import services
from workflow.figures import Party, cohort_of
from workflow.models import Participation, Proposal

PLAN = [
    step("team", role="signatory", accepted_by=""),
    step("draft", after=["team"], accepted_by="evaluator"),
]


@pytest.fixture
def start(now, make_track, municipality, manager):
    """`start([step("draft")])`: a participation at a stage that owes these steps."""

    def begin(steps) -> Participation:
        track = make_track(route=["assessment", "strategy_adopted"], stages={"assessment": steps})
        return open_in(track, municipality, by=manager)

    return begin


def days(participation: Participation, stage: str = "assessment") -> tuple[float, ...]:
    """With the municipality, with the programme, with the ministry."""
    [line] = [line for line in cohort_of(participation.track).stages if line.stage == stage]
    return tuple(round(line.ball[party], 3) for party in Party)


def test_it_lies_with_each_in_turn(start, now, signatory, coordinator, evaluator):
    case = start(PLAN)
    now.let_pass(days=2)
    hand_in(the_step(case, "team"), by=signatory)
    now.let_pass(days=3)
    hand_in(the_step(case, "draft"), by=coordinator)
    now.let_pass(days=5)
    act_on(services.return_step, the_step(case, "draft"), by=evaluator, remarks=["Mend it."])
    now.let_pass(days=7)
    hand_in(the_step(case, "draft"), by=coordinator)
    now.let_pass(days=11)
    act_on(services.accept_step, the_step(case, "draft"), by=evaluator)
    now.let_pass(days=13)

    assert days(case) == (2 + 3 + 7, 13, 5 + 11)


def test_what_waits_for_another_step_is_nobodys_turn(start, now):
    case = start([step("visit", role="mentor"), step("draft", after=["visit"])])
    now.let_pass(days=4)

    assert days(case) == (0, 4, 0)


def test_what_nothing_needs_is_nobodys_turn(start, now):
    case = start([step("party", required=False)])
    now.let_pass(days=4)

    assert days(case) == (0, 4, 0)


def test_what_a_required_step_waits_for_is_needed(start, now):
    case = start([step("party", required=False), step("visit", role="evaluator", after=["party"])])
    now.let_pass(days=4)

    assert days(case) == (4, 0, 0)


def test_a_day_with_two_counts_half_for_each(start, now):
    case = start([step("draft"), step("opinion", role="evaluator")])
    now.let_pass(days=4)

    assert days(case) == (2, 0, 2)


def test_a_step_that_does_not_apply_is_nobodys_turn(start, now):
    case = start([step("agreement", when={"joint": True})])
    now.let_pass(days=4)

    assert days(case) == (0, 4, 0)


def test_a_step_opened_again_is_the_turn_of_who_owes_it(start, now, manager):
    case = start([step("agreement", when={"joint": True})])
    now.let_pass(days=4)
    act_on(services.reopen_step, the_step(case, "agreement"), by=manager, reason="Joint after all.")
    now.let_pass(days=6)

    assert days(case) == (6, 4, 0)


def test_the_second_person_is_of_the_programme(start, now, coordinator, deputy):
    case = start([step("sign", accepted_by="", second_person=True)])
    hand_in(the_step(case, "sign"), by=coordinator)
    now.let_pass(days=4)
    proposal = Proposal.objects.get(status="waiting")
    services.decline_proposal(proposal, by=deputy, reason="No.", idempotency_key=uuid4())
    now.let_pass(days=6)

    assert days(case) == (6, 4, 0)


def test_nobody_has_it_while_the_clock_stands(start, now, perform, manager):
    case = start([step("draft")])
    now.let_pass(days=1)
    perform(case, "hold", by=manager, decided_on=now.today)
    now.let_pass(days=30)
    perform(Participation.objects.get(pk=case.pk), "resume", by=manager, decided_on=now.today)
    now.let_pass(days=2)

    assert days(case) == (3, 0, 0)


def test_nobody_has_it_after_the_end(start, now, perform, manager):
    case = start([step("draft")])
    now.let_pass(days=1)
    perform(case, "discontinue", by=manager)
    now.let_pass(days=30)

    assert days(case) == (1, 0, 0)


def test_steps_left_behind_are_nobodys_turn(start, now, manager):
    case = start([step("party", required=False)])
    walk_on(case, by=manager)
    now.let_pass(days=4)

    assert days(case) == (0, 0, 0)
    assert days(case, "strategy_adopted") == (0, 4, 0)


def test_an_application_that_was_returned_lies_with_the_municipality(
    now, make_track, municipality, manager
):
    checked = [step("check", role="programme_manager")]
    track = make_track(stages={"application": checked})
    [case] = apply_on_paper(track, [municipality], by=manager)
    services.return_application(case.application, by=manager, remarks="Sign it.")
    now.let_pass(days=4)

    assert days(case, "application") == (2, 2, 0)


def test_it_goes_by_the_day_of_recording(start, now, signatory):
    case = start(PLAN)
    now.let_pass(days=8)
    hand_in(the_step(case, "team"), by=signatory, dated_on="2026-03-04")

    assert days(case) == (8, 0, 0)


def test_half_days_count(start, now, signatory):
    case = start([step("team", role="signatory", accepted_by="")])
    now.let_pass(hours=36)
    hand_in(the_step(case, "team"), by=signatory)
    now.let_pass(hours=12)

    assert days(case) == (1.5, 0.5, 0)
