"""Deadlines: a date-time with a version and a reason for every change."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from workflow.models.application import Call
from workflow.models.step import Step
from workflow.rules import Due


class Deadline(models.Model):
    """One version of the deadline of a step or of a call. A change is a further row."""

    class Cause(models.TextChoices):
        RULE = "rule", _("by the rule of the procedure")
        PUBLISHED = "published", _("as published")
        HOLD = "hold", _("moved by the days on hold")
        PERSON = "person", _("moved by a person")

    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="deadlines")
    call = models.ForeignKey(Call, models.PROTECT, null=True, related_name="deadlines")
    version = models.PositiveIntegerField()
    on = models.DateField()
    at = models.CharField(max_length=5, blank=True)  # "15:00", "24:00"; empty: the whole day
    precision = models.CharField(max_length=10)  # minute, day, month
    moment = models.DateTimeField()  # when it is over
    # From this day on the clock of this version ran; what `hold` stops is counted from here.
    counts_from = models.DateField()
    cause = models.CharField(max_length=10, choices=Cause)
    held_days = models.PositiveIntegerField(default=0)  # where `hold` moved it
    reason = models.TextField(blank=True)  # in the words of the person who moved it
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True)
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(fields=["step", "version"], name="step_deadline_version"),
            models.UniqueConstraint(fields=["call", "version"], name="call_deadline_version"),
            models.CheckConstraint(
                condition=Q(step=None, call__isnull=False) | Q(step__isnull=False, call=None),
                name="deadline_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.at}".strip()

    @property
    def why(self) -> str:
        """Why it stands so, in the reader's language; a person's reason as it was typed."""
        if self.cause == self.Cause.HOLD:
            days = self.held_days
            return ngettext("%(days)d day on hold.", "%(days)d days on hold.", days) % {
                "days": days
            }
        if self.cause == self.Cause.PERSON:
            return self.reason
        texts = {"rule": _("By the rule of the procedure."), "published": _("As published.")}
        return str(texts[self.cause])

    @property
    def due(self) -> Due:
        return Due(self.on, self.at, self.precision)

    @classmethod
    def version_of(
        cls, due: Due, *, version: int, counts_from: date, cause: str, **facts: Any
    ) -> "Deadline":
        """An unsaved row for `due`, of a step or a call."""
        return cls(
            version=version, on=due.on, at=due.at, precision=due.precision, moment=due.moment,
            counts_from=counts_from, cause=cause, **facts,
        )  # fmt: skip
