"""Whom the plan of reminders would tell on a day, and why. Writes nothing.

It asks what the worker asks when a reminder is due: the same functions, of today's rows.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice, Reminder
from notifications.offset_words import offset_in_words
from notifications.services.standing import still_stands
from notifications.services.telling import only_the_latest, outcome, told_by
from workflow.pages.wording import due_date, role_name
from workflow.rules.due import utc

Status = Reminder.Status


@dataclass(frozen=True)
class Told:
    """One line of the plan, with those whom it would tell."""

    reminder: Reminder
    notices: list[Notice]

    @property
    def about(self) -> str:
        """ "Kikinda, T1-001: Inspection. Due 15 December 2026, 14 days before the deadline"."""
        step, call = self.reminder.step, self.reminder.call
        told = {"when": offset_in_words(self.reminder)}
        if step:
            case = step.participation
            told |= {"where": f"{case.municipality.name}, {case.reference}", "what": step.title}
            told["due"] = due_date(step.due_at) or _("no deadline")
        elif call:
            told |= {"where": _("Call"), "what": str(call), "due": due_date(call.due_at)}
        return _("%(where)s: %(what)s. Deadline: %(due)s; %(when)s.") % told

    @property
    def people(self) -> list[str]:
        """Each person with the role; "nobody" where the role stands empty."""
        named = [f"{role_name(one.role)}: {one.user}" for one in self.notices]
        return named or [self.nobody]

    @property
    def nobody(self) -> str:
        if (
            outcome(self.reminder, {self.reminder.pk: []}) != Status.NOBODY
            or not self.reminder.step
        ):
            return _("nobody")
        told = {"role": role_name(self.reminder.step.turn)}
        return _("nobody holds the role: %(role)s. The programme managers are told so.") % told


def rehearsed(on: date, programme: str = "") -> Iterator[Told]:
    """What the plan tells on this day, by the clock of Belgrade, in order of its moment."""
    reminders = only_the_latest(planned_on(on, programme))
    standing = [one for one in reminders if still_stands(one)]
    told = told_by(standing)
    for reminder in standing:
        if told[reminder.pk] or outcome(reminder, told) == Status.NOBODY:
            yield Told(reminder, told[reminder.pk])


def planned_on(on: date, programme: str = "") -> list[Reminder]:
    """Lines of the plan that are due on this day; of today also what an outage has left."""
    begins, ends = utc(on, time()), utc(on + timedelta(days=1), time())
    rows = Reminder.objects.filter(status=Status.PLANNED, due_at__lt=ends)
    if on != timezone.localdate():
        rows = rows.filter(due_at__gte=begins)
    if programme:
        of_programme = Q(step__participation__programme__key=programme)
        rows = rows.filter(of_programme | Q(call__track__programme__key=programme))
    return list(rows.with_places().order_by("due_at", "pk"))
