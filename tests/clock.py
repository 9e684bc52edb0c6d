"""A clock that a test moves: what Django and the log take for now."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone


class Clock:
    """`clock.now` is a moment; `clock.let_pass(days=3)` moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    @property
    def today(self) -> date:
        return timezone.localdate(self.now)

    def let_pass(self, **span: int) -> None:
        self.now += timedelta(**span)


@contextmanager
def set_to(year: int, month: int, day: int, hour: int = 10) -> Iterator[Clock]:
    """The clock stands at this moment (UTC) until the test moves it."""
    clock = Clock(datetime(year, month, day, hour, tzinfo=UTC))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: clock.now)
        patch.setattr(time, "time_ns", lambda: int(clock.now.timestamp()) * 1_000_000_000)
        yield clock


@contextmanager
def after(**span: int) -> Iterator[None]:
    """So much later than now, as the doors and the worker take it; `after(minutes=11)`."""
    moment = timezone.now() + timedelta(**span)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: moment)
        yield
