"""Days per stage, funnel and flow: known lives, through the doors. The clock is `decided_on`."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from config.demo import kikinda_2007
from config.demo.people import People
from config.demo.world import load_rules
from tests.conftest import FIRST_DAY, make_municipality, open_in, walk_on
from tests.workflow.figures.lives import text_of
from tests.world import step
from workflow import services
from workflow.figures import cohort_of
from workflow.models import Participation, Proposal, Track
from workflow.stages import Stage

ROUTE = ["memorandum", "assessment", "strategy_adopted"]


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def figures_of(participation: Participation, stage: str):
    [line] = [line for line in cohort_of(participation.track).stages if line.stage == stage]
    return line


@pytest.fixture
def act(perform, manager, now):
    """`act(participation, "hold", on=10)`: decided and recorded on that day."""

    def decide(participation: Participation, name: str, *, on: int) -> None:
        now.let_pass(days=(day(on) - now.today).days)
        row = Participation.objects.get(pk=participation.pk)
        perform(row, name, by=manager, decided_on=day(on))

    return decide


@pytest.fixture
def back(act, deputy):
    """A step back, with its second person."""

    def go(participation: Participation, *, on: int) -> None:
        act(participation, "step_back", on=on)
        proposal = Proposal.objects.get(status="waiting")
        services.approve_proposal(proposal, by=deputy, idempotency_key=uuid4())

    return go


@pytest.fixture
def participation(now, make_participation) -> Participation:
    return make_participation(stage="memorandum", route=ROUTE)


def test_kikinda_took_the_days_of_its_walk(db):
    load_rules()
    people = People()
    people.appoint_over(list({track.programme for track in Track.objects.all()}))
    kikinda_2007.load(people)

    cohort = cohort_of(Track.objects.get(key=kikinda_2007.TRACK))

    assert {line.stage: line.passed.median for line in cohort.stages} == {
        "application": 60, "memorandum": 25, "assessment": 163, "strategy_adopted": 147,
        "cofinancing": 245, "sustainability": None,
    }  # fmt: skip
    months = {month.until: month.numbers for month in cohort.months}
    assert months[date(2007, 4, 30)] == {"application": 1}
    assert months[date(2007, 6, 30)] == {"memorandum": 1}
    assert months[date(2007, 11, 30)] == {"assessment": 1}
    assert months[date(2007, 12, 31)] == {"strategy_adopted": 1}
    assert months[date(2008, 12, 31)] == {"cofinancing": 1}
    assert cohort.months[-1].numbers == {"sustainability": 1}


def test_days_on_hold_do_not_count(participation, act):
    act(participation, "hold", on=10)
    act(participation, "resume", on=30)
    act(participation, "start_assessment", on=35)

    assert figures_of(participation, "memorandum").passed.median == 15


def test_who_stands_on_hold_has_the_days_before_it(participation, act, now):
    act(participation, "hold", on=10)
    now.let_pass(days=50)

    line = figures_of(participation, "memorandum")

    assert (line.standing, line.on_hold, line.so_far.median) == (1, 1, 10)
    assert line.passed.count == 0


def test_days_of_who_stands_there_run_on(participation, now):
    now.let_pass(days=17)
    assert figures_of(participation, "memorandum").so_far.median == 17


def test_a_stage_entered_again_goes_on_counting(participation, act, back):
    act(participation, "start_assessment", on=10)
    back(participation, on=14)
    act(participation, "start_assessment", on=20)
    act(participation, "adopt_strategy", on=50)

    assert figures_of(participation, "memorandum").passed.median == 16
    assert figures_of(participation, "assessment").passed.median == 34
    assert figures_of(participation, "assessment").participations == 1


def test_a_stage_that_was_stepped_back_from_is_not_passed(participation, act, back):
    act(participation, "start_assessment", on=10)
    back(participation, on=14)

    assert figures_of(participation, "assessment").passed.count == 0
    assert figures_of(participation, "memorandum").passed.count == 0
    assert figures_of(participation, "memorandum").standing == 1


@pytest.mark.parametrize("how", ["withdraw", "discontinue"])
def test_who_left_says_nothing_about_how_long_a_stage_takes(how, participation, act):
    act(participation, "start_assessment", on=10)
    act(participation, how, on=12)

    line = figures_of(participation, "assessment")

    ended = {"withdraw": Stage.WITHDRAWN, "discontinue": Stage.DISCONTINUED}[how]
    assert (line.participations, line.standing, line.ended) == (1, 0, {ended: 1})
    assert line.passed.count == 0


def test_a_rejection_is_a_decision_and_counts(now, make_participation, act):
    applied = make_participation(stage="application")
    act(applied, "reject", on=30)

    line = figures_of(applied, "application")
    assert (line.passed.median, line.ended) == (30, {Stage.REJECTED: 1})


def test_decided_earlier_and_recorded_later_counts_from_the_decision(
    participation, perform, manager, now
):
    now.let_pass(days=60)
    perform(participation, "start_assessment", by=manager, decided_on=day(5))

    assert figures_of(participation, "memorandum").passed.median == 5
    assert figures_of(participation, "assessment").so_far.median == 55


def test_the_funnel_tells_who_reached_each_stage(now, make_track, manager):
    track = make_track(route=ROUTE)
    units = [make_municipality(f"u{number}", "Ada", "Ада") for number in range(3)]
    first, second, _third = (open_in(track, unit, by=manager) for unit in units)
    walk_on(walk_on(first, by=manager), by=manager)
    walk_on(second, by=manager)

    numbers = [(line.participations, line.standing) for line in cohort_of(track).stages]

    assert numbers == [(3, 1), (2, 1), (1, 1)]


def test_a_track_without_anybody_has_its_stages_and_its_limits(programme):
    text = text_of(1, {"assessment": [step("team")]}, {"assessment": 45})
    track = services.load_procedure(text).track

    lines = cohort_of(track).stages

    assert [(line.stage, line.participations, line.limits) for line in lines] == [
        ("memorandum", 0, []), ("assessment", 0, [45]), ("strategy_adopted", 0, []),
    ]  # fmt: skip


class TestLimits:
    """Ten days are allowed at first, thirty in the second version."""

    FREE = {"memorandum": [step("talk", required=False)]}

    @pytest.fixture
    def track(self, now, programme) -> Track:
        return services.load_procedure(text_of(1, self.FREE, {"memorandum": 10})).track

    @pytest.fixture
    def participation(self, track, municipality, manager) -> Participation:
        return open_in(track, municipality, by=manager)

    def change(self, participation, manager):
        newer = services.load_procedure(text_of(1, self.FREE, {"memorandum": 30}))
        services.change_procedure(
            participation, newer, by=manager, reason="Longer.", idempotency_key=uuid4(),
            expected_version=Participation.objects.get(pk=participation.pk).version,
        )  # fmt: skip

    @pytest.mark.parametrize(("on", "late"), [(10, 0), (11, 1)])
    def test_the_last_day_allowed_is_in_time(self, participation, act, on, late):
        act(participation, "start_assessment", on=on)
        assert figures_of(participation, "memorandum").passed_late == late

    def test_who_stands_there_too_long_is_late_already(self, participation, now):
        now.let_pass(days=11)
        assert figures_of(participation, "memorandum").standing_late == 1

    def test_the_version_counts_that_was_in_force_when_the_stage_was_left(
        self, participation, act, manager
    ):
        act(participation, "start_assessment", on=20)
        self.change(participation, manager)

        line = figures_of(participation, "memorandum")
        assert (line.passed_late, line.limits) == (1, [10, 30])

    def test_a_version_changed_in_time_makes_nobody_late(self, participation, act, manager):
        self.change(participation, manager)
        act(participation, "start_assessment", on=20)

        line = figures_of(participation, "memorandum")
        assert (line.passed_late, line.limits) == (0, [30])
