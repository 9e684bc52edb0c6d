"""Reports that come back: the periods, and when each report is due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import occurrences


def recurring(every, times, periods="calendar", **after):
    return {"rule": "recurring", "every": every, "times": times, "periods": periods, **after}


def told(rule, entered_on):
    return [
        (each.number, each.label, str(each.from_on), str(each.until_on), str(each.due.on))
        for each in occurrences(rule, entered_on=date.fromisoformat(entered_on))
    ]


def test_a_quarter_may_start_anywhere():
    rule = recurring("quarter", 2, "from_entry", days=60)

    assert told(rule, "2012-12-01") == [
        (1, "2012-12-01/2013-02-28", "2012-12-01", "2013-02-28", "2013-04-29"),
        (2, "2013-03-01/2013-05-31", "2013-03-01", "2013-05-31", "2013-07-30"),
    ]


def test_the_year_of_sustainability_has_one_report():
    assert told(recurring("year", 1, days=52), "2017-09-01") == [
        (1, "2017", "2017-01-01", "2017-12-31", "2018-02-21"),
    ]


def test_calendar_quarters_begin_with_the_one_of_the_entry():
    assert told(recurring("quarter", 3, days=0), "2012-11-15") == [
        (1, "2012-Q4", "2012-10-01", "2012-12-31", "2012-12-31"),
        (2, "2013-Q1", "2013-01-01", "2013-03-31", "2013-03-31"),
        (3, "2013-Q2", "2013-04-01", "2013-06-30", "2013-06-30"),
    ]


def test_half_years_and_months_of_the_calendar():
    assert told(recurring("half_year", 2, months=3), "2023-08-17") == [
        (1, "2023-H2", "2023-07-01", "2023-12-31", "2024-03-31"),
        (2, "2024-H1", "2024-01-01", "2024-06-30", "2024-09-30"),
    ]
    assert told(recurring("month", 2, days=10), "2024-01-31") == [
        (1, "2024-01", "2024-01-01", "2024-01-31", "2024-02-10"),
        (2, "2024-02", "2024-02-01", "2024-02-29", "2024-03-10"),
    ]


def test_months_from_the_31st_come_back_to_the_31st():
    rule = recurring("month", 3, "from_entry", days=0)

    starts = [each[2] for each in told(rule, "2023-01-31")]
    assert starts == ["2023-01-31", "2023-02-28", "2023-03-31"]


@pytest.mark.parametrize("rule", [{}, {"rule": "manual"}, {"rule": "month", "month": "2007-04"}])
def test_other_rules_do_not_recur(rule):
    assert occurrences(rule, entered_on=date(2024, 1, 1)) == []


@given(
    st.dates(date(2007, 1, 1), date(2032, 12, 31)),
    st.sampled_from(["month", "quarter", "half_year", "year"]),
    st.sampled_from(["calendar", "from_entry"]),
    st.integers(1, 40),
    st.integers(0, 120),
)
def test_periods_follow_one_another_without_gap_from_the_entry_on(day, every, periods, times, n):
    found = occurrences(recurring(every, times, periods, days=n), entered_on=day)

    assert [each.number for each in found] == list(range(1, times + 1))
    assert len({each.label for each in found}) == times
    assert found[0].from_on <= day <= found[0].until_on
    for before, after in zip(found, found[1:], strict=False):
        assert after.from_on - before.until_on == timedelta(days=1)
    for each in found:
        assert each.due.on - each.until_on == timedelta(days=n)
