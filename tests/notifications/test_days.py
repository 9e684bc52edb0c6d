"""Every day of three years, both changes of the clock and its jumps: once, at eight o'clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.models import Notice, Reminder, Rhythm
from notifications.models.preferences import Preferences
from notifications.offsets import lines_of, morning_of
from notifications.services.posting import after_quiet, due_at, is_quiet
from tests.clock import set_to
from tests.notifications.post_office import work
from tests.world import step
from workflow.rules.due import BELGRADE

FIRST, LAST = date(2026, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]
OFFSETS = [14, 7, 3, 1, 0, -1, -7]


def test_each_day_of_three_years_each_offset_lies_at_eight_by_the_clock_of_belgrade():
    for day in DAYS:
        lines = list(lines_of(day, {}, country="RS"))
        for line in lines:
            local = line.due_at.astimezone(BELGRADE)
            assert (local.hour, local.minute) == (8, 0)
            assert local.date() == day - timedelta(days=line.offset)
        assert sorted({line.offset for line in lines}, reverse=True) == OFFSETS
        assert len({(line.offset, line.recipient) for line in lines}) == len(lines)


@given(st.dates(FIRST, LAST), st.integers(-60, 365))
def test_working_days_are_working_days(day, offset):
    due = morning_of(day, offset, "RS").astimezone(BELGRADE)
    if offset:
        assert due.weekday() < 5
        assert (due.date() < day) == (offset > 0)


@pytest.mark.django_db
def test_a_clock_that_ticks_through_three_years_tells_each_line_once(
    make_participation, coordinator, signatory, monkeypatch
):
    """A deadline each month; the worker looks once a day, an hour before and at eight."""
    months = [(year, month) for year in (2026, 2027, 2028) for month in range(1, 13)]
    owed = [
        step(f"in_{year}_{month}", deadline={"rule": "fixed", "on": f"{year}-{month:02}-28"})
        for year, month in months
    ]
    monkeypatch.setattr("tests.conftest.FIRST_DAY", date(2025, 12, 31))
    with set_to(2026, 1, 1, 0) as clock:
        make_participation(stage="assessment", stages={"assessment": owed})
        work(clock)
        Notice.objects.all().delete()
        for day in DAYS:
            for hour in (5, 7):
                clock.now = datetime(day.year, day.month, day.day, hour, 1, tzinfo=UTC)
                work(clock)

    told = Reminder.objects.filter(recipient="turn")
    assert set(told.filter(due_at__lt=clock.now).values_list("status", flat=True)) == {"told"}
    for notice in Notice.objects.filter(reminder__recipient="turn").select_related("reminder"):
        assert timedelta() <= notice.made_at - notice.reminder.due_at <= timedelta(hours=2)
    lines = Notice.objects.filter(reminder__recipient="turn", user=coordinator)
    assert lines.count() == told.filter(status="told").count() > 230


@pytest.mark.django_db
@pytest.mark.parametrize("jump", [-24, -1, 1, 72])
def test_a_clock_that_jumps_tells_nothing_twice(opened, clock, coordinator, jump):
    clock.now = datetime(2026, 12, 1, 7, 0, 10, tzinfo=UTC)
    work(clock)
    clock.let_pass(hours=jump)
    work(clock)
    clock.now = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)
    work(clock)

    assert Notice.objects.filter(reminder__offset=14).count() == 1


NOW = datetime(2026, 11, 20, 22, 30, tzinfo=UTC)  # half past eleven on a Friday night


def test_quiet_hours_put_off_until_they_end():
    night = Preferences(quiet_from=time(22), quiet_until=time(7))
    assert after_quiet(NOW, night) == datetime(2026, 11, 21, 6, tzinfo=UTC)


def test_a_quiet_weekend_puts_off_until_monday():
    weekend = Preferences(quiet_from=time(22), quiet_until=time(7), quiet_weekends=True)
    assert after_quiet(NOW, weekend) == datetime(2026, 11, 23, 6, tzinfo=UTC)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31), timezones=st.just(UTC)),
    st.times(),
    st.times(),
    st.booleans(),
)
def test_what_is_put_off_is_never_quiet_nor_earlier_nor_lost(now, begins, ends, weekends):
    chosen = Preferences(quiet_from=begins, quiet_until=ends, quiet_weekends=weekends)
    due = after_quiet(now, chosen)

    local = due.astimezone(BELGRADE)
    assert now <= due <= now + timedelta(days=4)
    assert not (weekends and local.weekday() >= 5)
    clock_changes = local.date() in {date(y, m, d) for y, m, d in CHANGES}
    assert not is_quiet(local.time(), chosen) or clock_changes


CHANGES = [
    (2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 3, 26), (2028, 10, 29),
]  # fmt: skip


def test_daily_mail_leaves_tomorrow_morning_weekly_mail_on_monday():
    assert due_at(Rhythm.DAILY, None, NOW) == datetime(2026, 11, 21, 7, tzinfo=UTC)
    assert due_at(Rhythm.WEEKLY, None, NOW) == datetime(2026, 11, 23, 7, tzinfo=UTC)
