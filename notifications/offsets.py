"""When a reminder is due: so many days before or after a deadline, at eight in the morning.

Eight o'clock of Belgrade lies outside the hour that the clock change skips or repeats. Nothing
here knows what day it is today.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from notifications.models.reminder import Recipient
from workflow.rules.due import utc
from workflow.rules.words import DEFAULT_OVERDUE, DEFAULT_REMINDERS
from workflow.rules.working_days import add_working_days

MORNING = time(8)
# A step that was handed in and that nobody looks at: days after which is said so, and to whom.
SILENCE = {
    -5: [Recipient.TURN],
    -10: [Recipient.TURN, Recipient.WAITING],
    -20: [Recipient.TURN, Recipient.MANAGER],
}
# From this day after the deadline on the next above is told too; from the other the manager.
ABOVE_FROM, MANAGER_FROM = 1, 7


@dataclass(frozen=True)
class Line:
    """One line of the plan. `offset` counts days before the deadline; after it, it is negative."""

    offset: int
    recipient: str
    due_at: datetime


def lines_of(
    on: date, rule: Mapping[str, Any], *, country: str, entity: str = ""
) -> Iterator[Line]:
    """The plan of a step's deadline on this day, by the rule of its procedure."""
    working = country if rule.get("reminders_count") == "working_days" else ""
    for offset in offsets_of(rule):
        for recipient in recipients_at(offset, offsets_of(rule)):
            yield Line(offset, recipient, morning_of(on, offset, working, entity))


def offsets_of(rule: Mapping[str, Any]) -> list[int]:
    """Days before the deadline, then days after it as negative numbers."""
    before = rule.get("reminders", DEFAULT_REMINDERS)
    after = rule.get("reminders_overdue", DEFAULT_OVERDUE)
    return sorted({*before, *(-days for days in after)}, reverse=True)


def recipients_at(offset: int, offsets: list[int]) -> list[str]:
    """Who has the move is always told; once it is late, the next above; at last the manager."""
    told = [Recipient.TURN.value]
    if offset <= -ABOVE_FROM:
        told.append(Recipient.ABOVE.value)
    if offset <= -MANAGER_FROM or (offset < 0 and offset == min(offsets)):
        told.append(Recipient.MANAGER.value)
    return told


def lines_of_call(on: date) -> Iterator[Line]:
    """The plan of a call's deadline: those who have begun an application are told before it."""
    for offset in DEFAULT_REMINDERS:
        yield Line(offset, Recipient.APPLICANTS.value, morning_of(on, offset))


def lines_of_silence(handed_in_on: date) -> Iterator[Line]:
    """The plan for what was handed in on this day and waits for somebody to look at it."""
    for offset, recipients in SILENCE.items():
        for recipient in recipients:
            yield Line(offset, recipient.value, morning_of(handed_in_on, offset))


def morning_of(on: date, offset: int, country: str = "", entity: str = "") -> datetime:
    """The moment (UTC), `offset` days before `on`; working days of a country where one is given."""
    if country and offset:
        return utc(add_working_days(on, -offset, country, entity), MORNING)
    return utc(on - timedelta(days=offset), MORNING)


def first_above(on: date, rule: Mapping[str, Any], country: str, entity: str) -> date | None:
    """From which day on the next above is told too, where nothing has arrived; None: never."""
    late = [line for line in lines_of(on, rule, country=country, entity=entity) if line.offset < 0]
    told = [line.due_at for line in late if line.recipient == Recipient.ABOVE]
    return min(told).date() if told else None
