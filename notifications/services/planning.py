"""The plan of reminders, written in the transaction that sets, moves, holds or hands in.

And again every hour for whatever is missing: each line of the plan is unique, so that planning
twice plans once.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from notifications.kinds import TOLD
from notifications.models import Occasion, Reminder
from notifications.offsets import lines_of, lines_of_call, lines_of_silence
from workflow.audit.models import ByKind, Entry
from workflow.models import Call, Deadline, Participation, Step
from workflow.models.step import StepStatus

Status, About = Reminder.Status, Reminder.About
DEADLINES = {"open_step": "deadline", "set_deadline": "to", "move_deadline": "to"}
# The sweep looks at deadlines around today: what is further ahead is planned by a later one.
BACK, AHEAD = timedelta(days=8), timedelta(days=31)
AT_ONCE = 500  # deadlines


def plan_for(sender: Any, entries: Sequence[Entry], **_: Any) -> None:
    """Receiver of `entry_recorded`: writes rows in the same transaction, nothing else."""
    participation = entries[0].participation
    planned = [row for entry in entries for row in reminders_after(entry, participation)]
    if planned:
        Reminder.objects.bulk_create(planned, ignore_conflicts=True)
    for entry in entries:
        if entry.verb in ("hold", "resume"):
            stop_or_go_on(participation, is_held=entry.verb == "hold")
    if any(entry.verb in TOLD and entry.by_kind != ByKind.IMPORT for entry in entries):
        Occasion.objects.create(
            participation=participation,
            first_seq=entries[0].seq,
            last_seq=entries[-1].seq,
            recorded_at=timezone.now(),
        )


def reminders_after(entry: Entry, participation: Participation) -> list[Reminder]:
    """What the entry brings to the plan: a deadline's reminders, or those of a silence."""
    if entry.step is None:
        return []
    if deadline := entry.facts.get(DEADLINES.get(entry.verb, "")):
        on, version = date.fromisoformat(deadline["on"]), deadline["version"]
        return reminders_of(entry.step, participation, on, version)
    if entry.verb == "hand_in" and entry.step.status == StepStatus.SUBMITTED:
        return reminders_of_silence(entry.step)
    return []


def reminders_of(
    step: Step, participation: Participation, on: date, version: int
) -> list[Reminder]:
    """The reminders of one version of a step's deadline whose morning is still to come."""
    place = participation.municipality
    lines = lines_of(on, step.rule, country=place.country, entity=place.entity)
    now = timezone.now()
    return [
        Reminder(step=step, version=version, **vars(line)) for line in lines if line.due_at >= now
    ]


def reminders_of_silence(step: Step) -> list[Reminder]:
    lines = lines_of_silence(timezone.localdate())
    facts: dict[str, Any] = {"about": About.SILENCE, "version": step.version}
    return [Reminder(step=step, **facts, **vars(line)) for line in lines]


def stop_or_go_on(participation: Participation, *, is_held: bool) -> None:
    """While a participation is on hold nobody is reminded; afterwards of what still stands."""
    source, target = (Status.PLANNED, Status.HELD) if is_held else (Status.HELD, Status.PLANNED)
    rows = Reminder.objects.filter(step__participation=participation, status=source)
    rows.update(status=target)


def plan_call(sender: Any, instance: Deadline, created: bool, **_: Any) -> None:
    """Receiver of Django's `post_save`: the deadline of a call, which has no log of its own."""
    if created and instance.call_id:
        Reminder.objects.bulk_create(reminders_of_call(instance), ignore_conflicts=True)


def reminders_of_call(deadline: Deadline) -> list[Reminder]:
    now = timezone.now()
    return [
        Reminder(call_id=deadline.call_id, version=deadline.version, **vars(line))
        for line in lines_of_call(deadline.on)
        if line.due_at >= now
    ]


def plan_missing() -> int:
    """Plan what no transaction planned: deadlines from before this room, or put in by hand.

    Costs what is due around today, not what exists. The number of lines that were missing; those
    that somebody else planned at the same moment are counted too.
    """
    pks = [*unplanned_of_steps(), *unplanned_of_calls()]
    return sum(plan_these(pks[first : first + AT_ONCE]) for first in range(0, len(pks), AT_ONCE))


def plan_these(deadlines: list[int]) -> int:
    """All is read before any is written: SQLite lets nobody write who still reads old rows."""
    rows = Deadline.objects.filter(pk__in=deadlines).order_by("pk")
    rows = rows.select_related("step__participation__municipality")
    lines = [line for deadline in rows for line in reminders_about(deadline)]
    Reminder.objects.bulk_create(lines, ignore_conflicts=True)
    return len(lines)


def reminders_about(deadline: Deadline) -> list[Reminder]:
    step = deadline.step
    if step is None:
        return reminders_of_call(deadline)
    return reminders_of(step, step.participation, deadline.on, deadline.version)


def unplanned_of_steps() -> QuerySet[Deadline, int]:
    now = timezone.now()
    there = Reminder.objects.filter(
        step=OuterRef("pk"), about=About.DEADLINE, version=OuterRef("deadline_version")
    )
    steps = Step.objects.running().filter(~Exists(there), due_at__range=(now - BACK, now + AHEAD))
    present = Deadline.objects.filter(step__in=steps, version=F("step__deadline_version"))
    return present.values_list("pk", flat=True)


def unplanned_of_calls() -> QuerySet[Deadline, int]:
    now = timezone.now()
    there = Reminder.objects.filter(call=OuterRef("pk"), version=OuterRef("deadline_version"))
    calls = Call.objects.filter(~Exists(there), due_at__range=(now, now + AHEAD))
    present = Deadline.objects.filter(call__in=calls, version=F("call__deadline_version"))
    return present.values_list("pk", flat=True)
