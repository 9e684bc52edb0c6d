"""When something is due: a deadline rule and the days it hangs on, turned into one moment.

Everything is a local date, or date and time, of Europe/Belgrade (Sarajevo keeps the same clock);
only `Due.moment` is UTC. Nothing here knows what day it is today.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workflow.rules.working_days import add_working_days

BELGRADE = ZoneInfo("Europe/Belgrade")
END_OF_DAY = "24:00"


@dataclass(frozen=True, order=True)
class Due:
    """A day by which something is owed.

    `at` is the local time on that day (“15:00”, “24:00”) or empty; `precision` says how much the
    source states: a "minute", a "day", or a "month", of which `on` is then the last day.
    """

    on: date
    at: str = ""
    precision: str = "day"

    @property
    def moment(self) -> datetime:
        """The moment (UTC) from which on it is over: 24:00, a day and a month end at midnight."""
        if self.precision != "minute" or self.at == END_OF_DAY:
            return utc(self.on + timedelta(days=1), time())
        return utc(self.on, time.fromisoformat(self.at))

    def shifted(self, days: int) -> "Due":
        """The same a number of days later, as `hold` needs it. A moved month becomes a day."""
        if not days:
            return self
        precision = "day" if self.precision == "month" else self.precision
        return replace(self, on=self.on + timedelta(days=days), precision=precision)


def utc(day: date, clock: time) -> datetime:
    """A local time in UTC. Twice-told and skipped times of the clock change count as the later."""
    readings = [datetime.combine(day, clock, BELGRADE).replace(fold=fold) for fold in (0, 1)]
    return max(reading.astimezone(UTC) for reading in readings)


def due_of(
    deadline: Mapping[str, Any],
    *,
    entered_on: date,
    dates: Mapping[str, date],
    country: str,
    entity: str = "",
) -> Due | None:
    """The due date by a rule in normal form.

    `entered_on` is the day the stage was entered; `dates` holds the days of what has happened so
    far, under "step:<key>" (accepted) and "act:<key>" (date of the act). `None` while the event
    has not happened, and for rules that give no single day: manual, none at all, and recurring
    (see `occurrences`).
    """
    rule = deadline.get("rule")
    if rule == "fixed":
        at = deadline.get("at", "")
        return Due(date.fromisoformat(deadline["on"]), at, "minute" if at else "day")
    if rule == "month":
        first = date.fromisoformat(f"{deadline['month']}-01")
        return Due(end_of_month(first), precision="month")
    if rule == "relative":
        to = deadline["to"]
        start = entered_on if to == "stage" else dates.get(to)
        return Due(moved(start, deadline, country, entity)) if start else None
    return None


def moved(start: date, deadline: Mapping[str, Any], country: str, entity: str) -> date:
    """The day that lies a rule's one unit of time after `start`, or before it."""
    if "months" in deadline:
        return add_months(start, deadline["months"])
    if "working_days" in deadline:
        return add_working_days(start, deadline["working_days"], country, entity)
    return start + timedelta(days=deadline["days"])


def add_months(day: date, months: int) -> date:
    """The same day of a later or earlier month; 31 January + 1 month is the last of February."""
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
