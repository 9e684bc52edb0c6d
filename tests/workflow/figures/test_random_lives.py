"""Figures from the log against what somebody noted who watched, on random histories."""

from collections import Counter
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import clock
from tests.conftest import make_municipality
from tests.workflow.figures import expected
from tests.workflow.figures.lives import Watched, load_later_version, new_track
from workflow import services
from workflow.figures import cohort_of
from workflow.figures.counting import count
from workflow.figures.tally import sum_of, tally_of
from workflow.models import Figures, Participation

ACT = st.tuples(
    st.sampled_from([0, 1, 5, 30, 24 * 3, 24 * 11, 24 * 40]),  # hours
    st.integers(0, 10_000),
    st.sampled_from([0, 0, 1, 4, 30]),  # decided so many days ago
)
LIVES = st.lists(st.lists(ACT, min_size=25, max_size=60), min_size=1, max_size=2)
# A life that disagrees is printed as it was lived: making it shorter would take minutes.
FAST = settings(
    max_examples=10, phases=[Phase.generate], deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture
def people(manager, deputy, evaluator):
    return {
        "manager": manager, "programme_manager": manager, "deputy": deputy, "evaluator": evaluator,
    }  # fmt: skip


def test_the_log_tells_what_was_seen(people, person, programme):
    @FAST
    @given(lives=LIVES, lonely=st.lists(ACT, max_size=10))
    def check(lives, lonely):
        with clock.set_to(2026, 3, 2) as now:
            first, second = new_track(), new_track()
            watched = [opened(first, people, person, now) for _life in lives]
            alone = opened(second, people, person, now)
            load_later_version(first)
            for one, acts in zip([*watched, alone], [*lives, lonely], strict=True):
                one.live(acts)
            agrees(cohort_of(first), [one.notes for one in watched], now)
            agrees(cohort_of(second), [alone.notes], now)
            a_sum_is_a_count(first, second, now)

    check()


def opened(track, people, person, now) -> Watched:
    """A participation of a municipality of its own, with its own people."""
    unit = make_municipality(f"u{uuid4().hex[:8]}", "Kikinda", "Кикинда")
    participation = services.open_participation(
        track, unit, by=people["manager"], decided_on=now.today, reason="", idempotency_key=uuid4()
    )
    own = {role: person(role, over=unit) for role in ("coordinator", "signatory")}
    own["mentor"] = person("mentor", over=participation)
    return Watched(participation, people | own, now)


def agrees(cohort, notes, now):
    assert cohort.participations == len(notes)
    assert [line.stage for line in cohort.stages] == expected.OPEN
    for line in cohort.stages:
        agrees_on_numbers(line, notes)
        agrees_on_days(line, notes, now.today)
        assert line.ball == pytest.approx(expected.ball(notes, line.stage, now.now))
    standing = Counter(one.moves[-1][2] for one in notes if one.moves[-1][2] in expected.OPEN)
    assert sum(map(Counter, cohort.places.values()), Counter()) == standing
    assert len(cohort.places) == standing.total()  # each is of a municipality of its own
    for month in cohort.months:
        assert month.numbers == expected.standing_on(notes, month.until)
    assert cohort.months[-1].until == now.today
    assert cohort.months[0].until >= min(one.moves[0][0] for one in notes)


def agrees_on_numbers(line, notes):
    here = [one for one in notes if line.stage in expected.stages_of(one)]
    standing = [one for one in notes if one.moves[-1][2] == line.stage]
    ends = [end for one in notes if (end := expected.end_of(one)) and end[0] == line.stage]
    assert (line.participations, line.standing) == (len(here), len(standing))
    assert line.on_hold == sum(one.moves[-1][1] == "hold" for one in standing)
    assert line.ended == {how: ends.count((line.stage, how)) for _stage, how in ends}


def agrees_on_days(line, notes, today):
    passed = [one for one in notes if expected.has_passed(one, line.stage)]
    standing = [one for one in notes if one.moves[-1][2] == line.stage]
    for spread, late, those in [
        (line.passed, line.passed_late, passed),
        (line.so_far, line.standing_late, standing),
    ]:
        days = [expected.days_at(one, line.stage, today) for one in those]
        assert spread == expected.spread_of(days)
        assert late == sum(expected.is_late(one, line.stage, today) for one in those)
    limits = {one.limits[line.stage] for one in notes if line.stage in one.limits}
    assert {limit for limit in limits if limit} <= set(line.limits)


def a_sum_is_a_count(first, second, now):
    """Counted apart and added up, or at once, or kept and read back: the same."""
    both = Participation.objects.filter(track__in=[first, second])
    kept = Figures.objects.filter(track__in=[first, second])

    at_once = count(both, [first.pk, second.pk], now.now)

    assert sum_of(at_once.values()) == sum_of(tally_of(row.counts, row.days) for row in kept)
