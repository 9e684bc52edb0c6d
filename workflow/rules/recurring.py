"""Reports that come back: every month, quarter, half-year or year, each with its own due date."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from workflow.rules.due import Due, add_months
from workflow.rules.words import PERIODS

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occurrence:
    """One period of a recurring rule, both its days counted, and when its report is due.

    `label` is the same in every language: "2009", "2009-H1", "2009-Q1", "2009-01" for periods of
    the calendar, "2012-12-01/2013-02-28" for those that start anywhere.
    """

    number: int
    label: str
    from_on: date
    until_on: date
    due: Due


def occurrences(deadline: Mapping[str, Any], *, entered_on: date) -> list[Occurrence]:
    """All occurrences of a rule in normal form; empty for rules that do not recur.

    With periods "calendar" the first is the one in which the stage was entered; with "from_entry"
    it begins on that very day (a plan of 1 December 2012 – 28 February 2013 is one quarter).
    """
    if deadline.get("rule") != "recurring":
        return []
    length = PERIODS[deadline["every"]]
    by_calendar = deadline["periods"] == "calendar"
    anchor = start_of_period(entered_on, length) if by_calendar else entered_on
    return [
        occurrence(deadline, number, anchor, length, by_calendar)
        for number in range(1, deadline["times"] + 1)
    ]


def occurrence(
    deadline: Mapping[str, Any], number: int, anchor: date, length: int, by_calendar: bool
) -> Occurrence:
    # Counted from the anchor each time: 31 January, 28 February, then 31 March again.
    from_on = add_months(anchor, (number - 1) * length)
    until_on = add_months(anchor, number * length) - ONE_DAY
    label = calendar_label(from_on, length) if by_calendar else f"{from_on}/{until_on}"
    return Occurrence(number, label, from_on, until_on, Due(due_after(until_on, deadline)))


def due_after(until_on: date, deadline: Mapping[str, Any]) -> date:
    if "months" in deadline:
        return add_months(until_on, deadline["months"])
    return until_on + timedelta(days=deadline["days"])


def start_of_period(day: date, length: int) -> date:
    """The first day of the calendar month, quarter, half-year or year that holds the day."""
    return date(day.year, (day.month - 1) // length * length + 1, 1)


def calendar_label(from_on: date, length: int) -> str:
    if length == 12:
        return f"{from_on.year}"
    if length == 1:
        return f"{from_on:%Y-%m}"
    sign = "Q" if length == 3 else "H"
    return f"{from_on.year}-{sign}{(from_on.month - 1) // length + 1}"
