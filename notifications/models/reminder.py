"""What is planned in the transaction of an act: reminders of deadlines, and that it happened."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from workflow.models import Call, Participation, Step


class Recipient(models.TextChoices):
    """Whom a line of the plan is for. Which people that is, is asked when it is due."""

    TURN = "turn", _("whoever has the move")
    ABOVE = "above", _("signatory and mentor")
    MANAGER = "manager", _("programme manager")
    WAITING = "waiting", _("the municipality that waits")
    APPLICANTS = "applicants", _("whoever has begun an application")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def due(self, now: datetime) -> Self:
        """What is to be told by now, the oldest first."""
        return self.filter(status=Reminder.Status.PLANNED, due_at__lte=now).order_by("due_at", "pk")

    def with_places(self) -> Self:
        """All that telling asks of its step or call, in one query."""
        return self.select_related(
            "call__track", "step__participation__municipality", "step__participation__programme"
        )


class Reminder(models.Model):
    """One line of the plan: so many days before or after a deadline, these are to be told."""

    class About(models.TextChoices):
        DEADLINE = "deadline", _("a deadline")
        SILENCE = "silence", _("something handed in that nobody has looked at")

    class Status(models.TextChoices):
        PLANNED = "planned", pgettext_lazy("reminder", "planned")
        HELD = "held", pgettext_lazy("reminder", "on hold")
        TOLD = "told", pgettext_lazy("reminder", "told")
        OVERTAKEN = "overtaken", pgettext_lazy("reminder", "overtaken")
        NOBODY = "nobody", pgettext_lazy("reminder", "nobody to tell")

    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="reminders")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="reminders")
    about = models.CharField(max_length=10, choices=About, default=About.DEADLINE)
    # Of the deadline; for silence, of the step as it was handed in.
    version = models.PositiveIntegerField()
    offset = models.SmallIntegerField()  # days before; after it, negative
    recipient = models.CharField(max_length=10, choices=Recipient)
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.PLANNED)
    closed_at = models.DateTimeField(null=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        indexes = [
            models.Index(fields=["due_at"], condition=Q(status="planned"), name="reminder_by_due")
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["step", "about", "version", "offset", "recipient"],
                name="one_reminder_of_a_step",
            ),
            models.UniqueConstraint(
                fields=["call", "version", "offset", "recipient"], name="one_reminder_of_a_call"
            ),
            models.CheckConstraint(
                condition=Q(step=None, call__isnull=False) | Q(step__isnull=False, call=None),
                name="reminder_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id or self.call_id}/{self.version} {self.offset:+d} {self.recipient}"


class Occasion(models.Model):
    """That an act happened which people are to be told: its entries, by their places in the log.

    Written in the transaction of the act; told soon after by a worker. What happened together is
    told together.
    """

    participation = models.ForeignKey(Participation, models.PROTECT, related_name="occasions")
    first_seq = models.PositiveIntegerField()
    last_seq = models.PositiveIntegerField()
    recorded_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("occasion")
        verbose_name_plural = _("occasions")
        indexes = [models.Index(fields=["id"], condition=Q(told_at=None), name="occasion_untold")]

    def __str__(self) -> str:
        return f"{self.participation_id}: {self.first_seq}-{self.last_seq}"
