"""Deadlines: set when a step opens or when what they count from happens; moved with a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.models import Deadline, Participation, Step
from workflow.rules import Due, due_of
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked_step,
)
from workflow.services.saving import save_head


def set_deadline(step: Step, due: Due, *, by: Actor, counts_from: date, **why: Any) -> Deadline:
    """The next version of the step's deadline, unsaved; the step carries its date from now on.

    `why` is its cause, with `held_days` or the person's `reason` where it has one.
    """
    step.deadline_version += 1
    step.due_at = due.moment
    return Deadline.version_of(
        due,
        version=step.deadline_version,
        set_by=by.user,
        counts_from=counts_from,
        step=step,
        **why,
    )


def due_for_log(deadline: Deadline) -> dict[str, Any]:
    """A deadline as an entry tells it."""
    return {
        "on": deadline.on.isoformat(),
        "at": deadline.at,
        "precision": deadline.precision,
        "version": deadline.version,
        "cause": str(deadline.cause),
    }


@dataclass(frozen=True)
class Shift:
    """A deadline that moves, since its clock stood so many days."""

    step: Step
    old: Deadline
    days: int

    @property
    def due(self) -> Due:
        """Where it moves to."""
        return self.old.due.shifted(self.days)


def planned_shifts(
    participation: Participation, held_on: date, resumed_on: date = date.max
) -> list[Shift]:
    """What is still owed moves by the days held; a deadline set meanwhile by fewer.

    Writes nothing: the page of the act shows it, the door does it. Two queries.
    """
    steps = list(participation.steps.unsettled().exclude(due_at=None).in_order())
    present = {deadline.step_id: deadline for deadline in present_deadlines(steps)}
    planned = []
    for step in steps:
        old = present[step.pk]
        days = (resumed_on - max(held_on, old.counts_from)).days
        if days > 0:
            planned.append(Shift(step, old, days))
    return planned


def shift_deadlines(
    participation: Participation, held_on: date, resumed_on: date, by: Actor
) -> list[Line]:
    """Move the deadlines as planned; the lines that tell it are returned for the log."""
    shifts = planned_shifts(participation, held_on, resumed_on)
    facts: dict[str, Any] = {"by": by, "counts_from": resumed_on, "cause": Deadline.Cause.HOLD}
    moved = [
        (one.old, set_deadline(one.step, one.due, held_days=one.days, **facts)) for one in shifts
    ]
    return save_moved_deadlines([one.step for one in shifts], moved)


def save_moved_deadlines(steps: list[Step], moved: list[tuple[Deadline, Deadline]]) -> list[Line]:
    """Write the new versions; the lines that tell it are returned for the log."""
    Deadline.objects.bulk_create([new for _old, new in moved])
    Step.objects.bulk_update(steps, ["due_at", "deadline_version"])
    return [
        Line(
            "move_deadline",
            step=new.step,
            facts={"from": due_for_log(old), "to": due_for_log(new), "held_days": new.held_days},
        )
        for old, new in moved
    ]


def present_deadlines(steps: Iterable[Step]) -> list[Deadline]:
    """The version of each step's deadline that counts now. One query."""
    rows = Deadline.objects.filter(step__in=steps).order_by("step_id", "-version")
    newest: dict[int | None, Deadline] = {}
    for row in rows:
        newest.setdefault(row.step_id, row)
    return list(newest.values())


def set_awaited_deadlines(
    participation: Participation, happened: Mapping[str, date], by: Actor
) -> list[Line]:
    """The deadlines that count from what just happened: "step:…", "act:…" with their days."""
    moved = []
    for step in participation.steps.unsettled().filter(deadline_version=0):
        due = due_of(
            step.rule["deadline"],
            entered_on=participation.entered_on,
            dates=happened,
            country=participation.municipality.country,
            entity=participation.municipality.entity,
        )
        if due:
            moved.append((step, due))
    return _set_first(moved, by)


def lines_once_settled(step: Step, by: Actor) -> list[Line]:
    """The deadlines that waited for this step, from the day it was settled on; unsettled: none."""
    if not step.settled_on:
        return []
    happened = {f"{word}:{step.key}": step.settled_on for word in ("step", "act")}
    return set_awaited_deadlines(step.participation, happened, by)


def _set_first(moved: list[tuple[Step, Due]], by: Actor) -> list[Line]:
    today = timezone.localdate()
    new = [
        set_deadline(step, due, by=by, counts_from=today, cause=Deadline.Cause.RULE)
        for step, due in moved
    ]
    Deadline.objects.bulk_create(new)
    Step.objects.bulk_update([step for step, _due in moved], ["due_at", "deadline_version"])
    return [Line("set_deadline", step=row.step, facts={"to": due_for_log(row)}) for row in new]


@transaction.atomic(durable=True)
def move_deadline(
    step: Step, due: Due, *, by: Any, reason: str, expected_version: int, idempotency_key: UUID
) -> Entry:
    """Give a step another deadline, with a reason. The old one stays in the record."""
    reason = bounded(reason)
    asked = digest("move_deadline", step.pk, due.on, due.at, reason, expected_version)
    step = locked_step(step)
    answer = earlier_answer(by, idempotency_key, asked)
    if answer:
        return answer
    if step.version != expected_version:
        raise MovedMeanwhile(step.participation)
    actor = demand(by, "move_deadline", step.participation)
    if not reason:
        raise Refused(_("Say why the deadline moves."))
    if step.is_settled or not step.participation.is_open:
        raise Refused(_("Nothing is owed here any more, so there is no deadline to move."))
    line = _move_one(step, due, reason, actor)
    entry = log.append(step.participation, line, by=actor)
    save_head(step.participation)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def _move_one(step: Step, due: Due, reason: str, by: Actor) -> Line:
    old = present_deadlines([step])
    why = {"cause": Deadline.Cause.PERSON, "reason": reason}
    new = set_deadline(step, due, by=by, counts_from=timezone.localdate(), **why)
    new.save()
    step.version += 1
    step.save(update_fields=["due_at", "deadline_version", "version"])
    facts = {"to": due_for_log(new)} | ({"from": due_for_log(old[0])} if old else {})
    return Line("move_deadline", step=step, reason=reason, facts=facts)
