"""Deadline rules as tables: what is written, and the day and moment it means."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import Due, due_of
from workflow.rules.due import add_months

BELGRADE = ZoneInfo("Europe/Belgrade")
FIRST, LAST = date(2007, 1, 1), date(2032, 12, 31)
EVERY_DAY = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
days = st.dates(FIRST, LAST)


def due(deadline, *, entered_on=date(2024, 1, 10), country="RS", entity="", **dates):
    named = {name.replace("__", ":"): day for name, day in dates.items()}
    return due_of(deadline, entered_on=entered_on, dates=named, country=country, entity=entity)


# rule as written, what has happened: the day that follows
RELATIVE = [
    ("30 days after entering", {"to": "stage", "days": 30}, {}, "2024-02-09"),
    ("on the day itself", {"to": "stage", "days": 0}, {}, "2024-01-10"),
    ("questions, 21 days before", {"to": "step:end", "days": -21}, "2024-03-04", "2024-02-12"),
    ("answers, 11 days before", {"to": "step:end", "days": -11}, "2024-03-04", "2024-02-22"),
    ("interim report, 60 days", {"to": "step:end", "days": 60}, "2013-02-28", "2013-04-29"),
    ("requested information, 30 days", {"to": "step:end", "days": 30}, "2024-02-01", "2024-03-02"),
    ("working group, 5 days", {"to": "step:end", "days": 5}, "2021-05-04", "2021-05-09"),
    ("final report, 3 months", {"to": "step:end", "months": 3}, "2024-11-30", "2025-02-28"),
    ("final report from abroad", {"to": "step:end", "months": 6}, "2024-08-31", "2025-02-28"),
    ("a month after 31 January", {"to": "step:end", "months": 1}, "2023-01-31", "2023-02-28"),
    ("the same in a leap year", {"to": "step:end", "months": 1}, "2024-01-31", "2024-02-29"),
    ("a month before 31 March", {"to": "step:end", "months": -1}, "2023-03-31", "2023-02-28"),
    ("a year after 29 February", {"to": "step:end", "months": 12}, "2024-02-29", "2025-02-28"),
    ("over the new year", {"to": "step:end", "months": 2}, "2024-12-15", "2025-02-15"),
    ("10 working days", {"to": "step:end", "working_days": 10}, "2024-01-10", "2024-01-24"),
]


@pytest.mark.parametrize(("name", "rule", "happened", "day"), RELATIVE)
def test_relative_deadlines(name, rule, happened, day):
    dates = {"step__end": date.fromisoformat(happened)} if happened else {}

    found = due({"rule": "relative", **rule}, **dates)

    assert found == Due(date.fromisoformat(day))


def test_the_date_of_an_act_is_not_the_day_its_step_was_accepted():
    rule = {"rule": "relative", "to": "act:founded", "days": 30}
    dates = {"act__founded": date(2024, 1, 31), "step__founded": date(2024, 2, 20)}

    assert due(rule, **dates) == Due(date(2024, 3, 1))


@pytest.mark.parametrize(
    "rule",
    [
        {},
        {"rule": "manual"},
        {"rule": "relative", "to": "step:later", "days": 5},
        {"rule": "relative", "to": "act:later", "months": 5},
        {"rule": "recurring", "every": "year", "times": 1, "periods": "calendar", "days": 60},
    ],
)
def test_without_a_day_there_is_no_due_date(rule):
    assert due(rule) is None


# rule: (day, precision, moment in UTC at which it is over)
FIXED = {
    "24:00 in summer": ("2018-08-03", "24:00", "minute", "2018-08-03T22:00"),
    "24:00 in winter": ("2023-01-16", "24:00", "minute", "2023-01-16T23:00"),
    "24:00 on New Year's Eve": ("2024-12-31", "24:00", "minute", "2024-12-31T23:00"),
    "15:00 in spring": ("2021-05-04", "15:00", "minute", "2021-05-04T13:00"),
    "09:00 in winter": ("2019-12-11", "09:00", "minute", "2019-12-11T08:00"),
    "00:00 is the start of the day": ("2021-05-04", "00:00", "minute", "2021-05-03T22:00"),
    "no hour is the whole day": ("2024-03-04", "", "day", "2024-03-04T23:00"),
    "the night the clock goes forward": ("2026-03-28", "24:00", "minute", "2026-03-28T23:00"),
    "the day of 23 hours": ("2026-03-29", "", "day", "2026-03-29T22:00"),
    "an hour that is skipped": ("2026-03-29", "02:30", "minute", "2026-03-29T01:30"),
    "the day of 25 hours": ("2026-10-25", "", "day", "2026-10-25T23:00"),
    "an hour that comes twice": ("2026-10-25", "02:30", "minute", "2026-10-25T01:30"),
}


@pytest.mark.parametrize("name", FIXED)
def test_fixed_deadlines_end_at_their_moment(name):
    day, at, precision, moment = FIXED[name]

    found = due({"rule": "fixed", "on": day, "at": at})

    assert found == Due(date.fromisoformat(day), at, precision)
    assert found.moment == datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert found.moment.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("month", "last_day"),
    [("2007-04", "2007-04-30"), ("2008-02", "2008-02-29"), ("2007-12", "2007-12-31")],
)
def test_a_month_is_over_with_its_last_day(month, last_day):
    found = due({"rule": "month", "month": month})

    assert found == Due(date.fromisoformat(last_day), "", "month")
    assert found.moment == Due(date.fromisoformat(last_day)).moment


def test_a_held_deadline_keeps_its_hour_and_a_held_month_becomes_a_day():
    assert Due(date(2018, 8, 3), "15:00", "minute").shifted(10) == Due(
        date(2018, 8, 13), "15:00", "minute"
    )
    assert Due(date(2007, 4, 30), "", "month").shifted(5) == Due(date(2007, 5, 5))
    assert Due(date(2007, 4, 30), "", "month").shifted(0).precision == "month"


def test_a_day_a_month_and_24_00_end_together():
    day = date(2007, 12, 31)
    moments = {Due(day).moment, Due(day, "24:00", "minute").moment, Due(day, "", "month").moment}

    assert len(moments) == 1


def test_every_day_of_26_years_ends_at_local_midnight():
    for day in EVERY_DAY:
        local = Due(day).moment.astimezone(BELGRADE)

        assert (local.date(), local.hour, local.minute) == (day + timedelta(days=1), 0, 0)


def test_every_day_of_26_years_is_as_long_as_its_clock_says():
    moments = [Due(day).moment for day in EVERY_DAY]
    lengths = [(b - a) / timedelta(hours=1) for a, b in zip(moments, moments[1:], strict=False)]

    assert lengths.count(23) == lengths.count(25) == 26  # one of each a year
    assert set(lengths) == {23, 24, 25}


@given(days, st.integers(0, 23), st.integers(0, 59), st.integers(-400, 400))
def test_a_shift_moves_the_day_and_never_the_local_hour(day, hour, minute, shift):
    before = Due(day, f"{hour:02}:{minute:02}", "minute")
    after = before.shifted(shift)

    assert after.on - before.on == timedelta(days=shift)
    assert after.at == before.at
    if hour != 2:  # the hour that the clock changes skip and repeat
        assert after.moment.astimezone(BELGRADE).strftime("%H:%M") == before.at


@given(days, days)
def test_an_earlier_due_date_is_never_over_later(one, other):
    assert (one < other) == (Due(one).moment < Due(other).moment)


def test_months_clamp_for_every_day_of_26_years():
    for day in EVERY_DAY:
        for months in (-13, -1, 1, 3, 12):
            moved = add_months(day, months)
            count = (moved.year - day.year) * 12 + moved.month - day.month
            last = (moved + timedelta(days=1)).day == 1

            assert count == months
            assert moved.day == day.day or (moved.day < day.day and last)
