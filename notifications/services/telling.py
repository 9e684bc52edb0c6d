"""From the plan to notices: who is told of what is due, decided when it is told.

Locks are taken in one order everywhere: participation, then reminder, then delivery.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from notifications.audience import roles_for
from notifications.kinds import KINDS, MANAGER, MUNICIPALITY
from notifications.models import Notice, Recipient, Reminder
from notifications.services.posting import post
from notifications.services.standing import UNFINISHED, still_stands
from notifications.usual import usual_days
from workflow.models import Application, Participation, Step
from workflow.permissions import MAY, Held, holders

AT_ONCE = 100
Status = Reminder.Status
KIND_FOR: dict[str, str] = {
    Recipient.TURN: "reminder",
    Recipient.ABOVE: "reminder_above",
    Recipient.MANAGER: "reminder_above",
    Recipient.WAITING: "waiting",
    Recipient.APPLICANTS: "reminder",
}


def skips_locked() -> bool:
    """SQLite has one writer at a time and no rows to skip."""
    return connection.features.has_select_for_update_skip_locked


def tell_due() -> int:
    """Tell everything of the plan that is due by now. How many lines of it were closed."""
    closed = passed = 0
    while True:
        due = Reminder.objects.due(timezone.now()).values_list("pk", flat=True)
        pks = list(due[passed : passed + AT_ONCE])
        if not pks:
            return closed
        done = tell_these(pks)
        closed += done
        passed += len(pks) - done  # a door or another worker has them just now


@transaction.atomic(durable=True)
def tell_these(pks: Collection[int]) -> int:
    """Close these lines of the plan, with the notices of whoever is to be told."""
    reminders = locked_reminders(pks)
    told = told_by([one for one in without_followed(reminders) if still_stands(one)])
    notices = [notice for made in told.values() for notice in made]
    post(notices + told_that_nobody_is(reminders, told))
    now = timezone.now()
    for reminder in reminders:
        reminder.closed_at, reminder.status = now, outcome(reminder, told)
    Reminder.objects.bulk_update(reminders, ["status", "closed_at"])
    return len(reminders)


def locked_reminders(pks: Collection[int]) -> list[Reminder]:
    """These lines of the plan, with all they hang on, locked and read anew.

    Doors lock the participation first, so it is locked first here; one that a door works on now
    is left for the next time.
    """
    skip = skips_locked()
    touched = Participation.objects.filter(steps__reminders__in=pks).values("pk")
    unlocked = Participation.objects.select_for_update(skip_locked=skip, no_key=skip)
    free = list(unlocked.filter(pk__in=touched).order_by("pk").values_list("pk", flat=True))
    rows = Reminder.objects.select_for_update(of=("self",), skip_locked=skip)
    rows = rows.filter(Q(step=None) | Q(step__participation__in=free), pk__in=pks)
    return list(rows.filter(status=Status.PLANNED).with_places().order_by("pk"))


def only_the_latest(reminders: list[Reminder]) -> list[Reminder]:
    """After an outage several of one deadline are due at once: the last one says it all."""
    latest: dict[tuple[Any, ...], Reminder] = {}
    for one in sorted(reminders, key=lambda one: (one.due_at, one.pk)):
        latest[deadline_of(one)] = one
    return list(latest.values())


def deadline_of(reminder: Reminder) -> tuple[Any, ...]:
    """Which deadline it is about, and whom it is for."""
    one = reminder
    return one.step_id, one.call_id, one.about, one.version, one.recipient


def without_followed(reminders: list[Reminder]) -> list[Reminder]:
    """As `only_the_latest`, of all that is due by now: the last may lie among the next hundred."""
    same = Q(step__in={one.step_id for one in reminders})
    same |= Q(call__in={one.call_id for one in reminders})
    last = {deadline_of(one): one.pk for one in Reminder.objects.due(timezone.now()).filter(same)}
    return [one for one in reminders if last.get(deadline_of(one), one.pk) == one.pk]


def told_by(reminders: list[Reminder]) -> dict[int, list[Notice]]:
    """By primary key of each reminder, unsaved: whom it tells now, each person once.

    Writes nothing, so that a rehearsal asks the same question.
    """
    participations = {
        one.step.participation_id: one.step.participation for one in reminders if one.step
    }
    held = holders(participations.values(), MAY["hand_in"]) if participations else {}
    of_steps = {one.pk: list(notices_on_step(one, held)) for one in reminders if one.step}
    return of_steps | {one.pk: notices_on_call(one) for one in reminders if one.call}


def notices_on_step(reminder: Reminder, held: Held) -> list[Notice]:
    step = reminder.step
    if step is None:
        return []
    kind = "silence" if is_silent(reminder) else KIND_FOR[reminder.recipient]
    roles = roles_for(reminder.recipient, step)
    mandates = {one.user_id: one for one in held[step.participation_id] if one.role in roles}
    facts = facts_of(kind, step) if mandates else {}
    return [
        Notice(
            user=mandate.user, role=mandate.role, kind=kind, needs_action=KINDS[kind].needs_action,
            participation=step.participation, step=step, reminder=reminder, facts=facts,
        )
        for mandate in mandates.values()
    ]  # fmt: skip


def facts_of(kind: str, step: Step) -> dict[str, Any]:
    """What a notice keeps of the moment: how long such steps take, whose move was late."""
    if kind == "waiting":
        return {"usual_days": usual_days(step)}
    return {"turn": step.turn} if kind == "reminder_above" else {}


def is_silent(reminder: Reminder) -> bool:
    """Whether it is for those who should have looked at what was handed in."""
    is_about = reminder.about == Reminder.About.SILENCE
    return is_about and reminder.recipient != Recipient.WAITING


def notices_on_call(reminder: Reminder) -> list[Notice]:
    """For the municipalities that have begun an application and not handed it in."""
    rows = Application.objects.filter(call=reminder.call_id, status__in=UNFINISHED)
    applications = list(rows.select_related("lead").order_by("pk"))
    people = holders({one.lead for one in applications}, MUNICIPALITY)
    told = {
        mandate.user_id: Notice(
            user=mandate.user, role=mandate.role, kind="reminder", needs_action=True,
            application=application, reminder=reminder,
        )
        for application in applications
        for mandate in people[application.lead_id]
    }  # fmt: skip
    return list(told.values())


def outcome(reminder: Reminder, told: dict[int, list[Notice]]) -> str:
    if reminder.pk not in told:
        return Status.OVERTAKEN
    if told[reminder.pk]:
        return Status.TOLD
    return Status.NOBODY if is_for_somebody(reminder) else Status.OVERTAKEN


def is_for_somebody(reminder: Reminder) -> bool:
    """Whether a role is meant that nobody holds; no step has everybody above it."""
    return bool(
        reminder.recipient == Recipient.TURN
        and reminder.step
        and roles_for(reminder.recipient, reminder.step)
    )


def told_that_nobody_is(reminders: list[Reminder], told: dict[int, list[Notice]]) -> list[Notice]:
    """Where the role that has the move stands empty, the programme managers are told that."""
    empty = [one for one in reminders if one.pk in told and not told[one.pk]]
    orphans = [(one, one.step) for one in empty if one.step and is_for_somebody(one)]
    if not orphans:
        return []
    held = holders({step.participation for _one, step in orphans}, [MANAGER])
    return [
        Notice(
            user=mandate.user, role=MANAGER, kind="nobody", needs_action=True, step=step,
            participation=step.participation, reminder=one, facts={"role": step.turn},
        )
        for one, step in orphans
        for mandate in {each.user_id: each for each in held[step.participation_id]}.values()
    ]  # fmt: skip
