"""Reading what was counted: quartiles, months, days with each party. Without a database."""

from collections import Counter
from datetime import UTC, date, datetime
from statistics import quantiles

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.figures import Party
from workflow.figures.cohort import Spread, cohort, days_with, spread
from workflow.figures.tally import Tally, sum_of, table, tally_of

DAYS = st.lists(st.integers(0, 4000), min_size=2, max_size=60)
A_DAY = 24 * 60 * 60


def counted(days: list[int]) -> dict[str, int]:
    return Counter(str(day) for day in days)


@given(DAYS)
def test_quartiles_are_those_of_the_single_days(days):
    wanted = quantiles(days, n=4, method="inclusive")

    found = spread(counted(days))

    assert found.count == len(days)
    assert [found.lower, found.median, found.upper] == pytest.approx(wanted)


@given(DAYS, DAYS)
def test_days_of_two_tracks_add_up_to_the_quartiles_of_both(some, others):
    one, other = (Tally(passed=table({"assessment": counted(days)})) for days in (some, others))

    whole = sum_of([one, other])

    assert spread(whole.passed["assessment"]) == spread(counted([*some, *others]))


def test_one_alone_is_its_own_quartile_and_nobody_has_none():
    assert spread({"163": 1}) == Spread(1, 163, 163, 163)
    assert spread({}) == spread({"163": 0}) == Spread(0)


def test_what_is_added_to_a_sum_leaves_its_parts_as_they_were():
    track = Tally(passed=table({"assessment": {"10": 1}}), opened=1)

    whole = sum_of([track, track])

    assert (whole.opened, whole.passed["assessment"]) == (2, {"10": 2})
    assert (track.opened, track.passed["assessment"]) == (1, {"10": 1})


def test_a_day_with_two_at_once_counts_half_for_each():
    lay = {"municipality": 3 * A_DAY, "municipality ministry": A_DAY, "programme": A_DAY // 2}

    assert days_with(lay) == {Party.MUNICIPALITY: 3.5, Party.PROGRAMME: 0.5, Party.MINISTRY: 0.5}


def test_months_run_over_the_new_year_and_the_last_one_ends_today():
    flow = {
        "2025-11": {"application": 2},
        "2026-01": {"application": -1, "memorandum": 1},
        "2026-02": {"memorandum": -1, "withdrawn": 1},
    }
    figures = cohort(Tally(flow=table(flow)), datetime(2026, 2, 10, 12, tzinfo=UTC))

    assert [(month.until, month.numbers) for month in figures.months] == [
        (date(2025, 11, 30), {"application": 2}),
        (date(2025, 12, 31), {"application": 2}),
        (date(2026, 1, 31), {"application": 1, "memorandum": 1}),
        (date(2026, 2, 10), {"application": 1, "withdrawn": 1}),
    ]


def test_the_day_is_that_of_belgrade():
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)
    figures = cohort(Tally(flow=table({"2026-01": {"application": 1}})), late)

    assert [month.until for month in figures.months] == [date(2026, 1, 31), date(2026, 2, 1)]


def test_nobody_at_all_is_no_figure_and_no_mistake():
    empty = cohort(Tally(), datetime(2026, 2, 10, tzinfo=UTC))

    assert (empty.participations, empty.stages, empty.months) == (0, [], [])
    assert set(empty.ball.values()) == {0}
    assert tally_of(Tally().counts(), Tally().days()) == Tally()
