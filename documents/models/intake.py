"""A file that waits in quarantine for its examination, and what became of it."""

import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from documents.models.document import Document, Visibility
from documents.refusals import sentence_on
from workflow.models import Participation, Step


class IntakeQuerySet(models.QuerySet["Intake"]):
    def running(self) -> Self:
        return self.filter(status__in=RUNNING)

    def due(self, now: datetime) -> Self:
        """What a worker may take up: nobody has, or whoever did was not heard of since."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.running().filter(free).order_by("pk")


class Intake(models.Model):
    """One upload on its way. Kept, it has become a version of the same uuid."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waits to be examined")
        EXAMINING = "examining", _("being examined")
        KEPT = "kept", _("kept")
        REFUSED = "refused", pgettext_lazy("file", "refused")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="intakes")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="intakes")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="intakes")
    # Of the paper that it begins, where there is none yet.
    kind = models.SlugField(blank=True)
    title = models.CharField(max_length=200, blank=True)
    visibility = models.CharField(
        max_length=20, choices=Visibility, default=Visibility.PARTICIPANTS
    )
    # Of the file.
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    # Who uploaded it, acting in which role with which function.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    function = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField()  # of the form, which may bring several files
    position = models.PositiveSmallIntegerField(default=0)  # among them
    # How far it is.
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    delayed_by = models.CharField(max_length=10, blank=True)  # "scanner" or "storage"
    refused_because = models.JSONField(default=dict)  # the problem by its key, and its values
    scan = models.CharField(max_length=20, default="pending")

    objects = IntakeQuerySet.as_manager()

    class Meta:
        verbose_name = _("intake")
        verbose_name_plural = _("intakes")
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(status__in=["waiting", "examining"]),
                name="intake_by_lease",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["by", "key", "position"], name="one_intake_per_key")
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_running(self) -> bool:
        return self.status in RUNNING

    @property
    def refusal(self) -> str:
        """Why it was refused, in the reader's language."""
        return sentence_on(self.refused_because) if self.refused_because else ""


RUNNING = [Intake.Status.WAITING, Intake.Status.EXAMINING]
