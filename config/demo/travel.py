"""Travelling in time, in the demo alone: every process takes another day for today.

The clock goes on from there as fast as ever. Only forward: what is recorded lies in the past.
"""

import time
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

VARIABLE = "DEMO_ON"
_real_now, _real_time_ns = timezone.now, time.time_ns


def ahead_of(day: date) -> timedelta:
    """How far the present moment of that day lies ahead. ValueError for a day that is past."""
    days = (day - datetime.now(UTC).date()).days
    if days < 0:
        raise ValueError("the past")
    return timedelta(days=days)


def travel_to(day: str) -> None:
    """Called once by the settings of the demo, before a model takes the clock as a default."""
    ahead = ahead_of(date.fromisoformat(day))
    nanoseconds = ahead.days * 86_400 * 10**9
    timezone.now = lambda: _real_now() + ahead
    time.time_ns = lambda: _real_time_ns() + nanoseconds
