"""Asking twice changes nothing twice; some acts wait for a second person."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.audit.models import Entry
from workflow.models.participation import Participation
from workflow.models.step import Step


class KeyReused(Exception):
    """The same idempotency key came with another request (422)."""


class Receipt(models.Model):
    """The answer to one request, kept so that asking twice changes nothing twice."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField()
    asked = models.CharField(max_length=64)
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="one_receipt_per_key")]

    def __str__(self) -> str:
        return str(self.key)

    def answer(self, asked: str) -> Entry:
        """The entry of the first time. KeyReused when something else is asked now."""
        if self.asked != asked or self.entry is None:
            raise KeyReused
        return self.entry


class Proposal(models.Model):
    """A transition, or the settling of a step, that waits for a second person."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits for a second person")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        OVERTAKEN = "overtaken", _("overtaken by another act")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="proposals")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="proposals")
    act = models.CharField(max_length=50)  # the transition, or "accept" or "waive"
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField()
    reason = models.TextField(blank=True)
    version = models.PositiveIntegerField()  # of the participation, or of the step
    proposed_at = models.DateTimeField(default=timezone.now)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(status="waiting", step=None),
                name="one_waiting_transition",
            ),
            models.UniqueConstraint(
                fields=["step"], condition=Q(status="waiting"), name="one_waiting_act_on_a_step"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved", closed_by=models.F("by")),
                name="second_person_is_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation}: {self.act}"
