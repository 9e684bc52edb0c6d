"""One message to one person, with the proof of its sending."""

import hashlib
import uuid
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

MAIL = "mail"


class Rhythm(models.TextChoices):
    NOW = "now", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> Self:
        """What a sender may take up: nobody has, or whoever did was not heard of since."""
        free = Q(lease_until=None) | Q(lease_until__lte=now)
        return self.filter(free, status__in=OPEN, due_at__lte=now).order_by("due_at", "pk")

    def gathering(self, now: datetime) -> Self:
        """What is not due yet, so that more can be told in the same message."""
        return self.filter(status=Delivery.Status.NEW, attempts=0, due_at__gt=now)


class Delivery(models.Model):
    """One message to one person. Its notices are what it says."""

    class Status(models.TextChoices):
        NEW = "new", pgettext_lazy("mail", "waiting")
        SENDING = "sending", pgettext_lazy("mail", "being sent")
        PAUSED = "paused", pgettext_lazy("mail", "paused")
        SENT = "sent", pgettext_lazy("mail", "sent")
        FAILED = "failed", pgettext_lazy("mail", "refused by the mail server")
        DEAD = "dead", pgettext_lazy("mail", "given up")
        STALE = "stale", pgettext_lazy("mail", "overtaken")
        CANCELLED = "cancelled", pgettext_lazy("mail", "cancelled")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, default=MAIL)  # each has a sender of its own
    rhythm = models.CharField(max_length=10, choices=Rhythm, default=Rhythm.NOW)
    status = models.CharField(max_length=10, choices=Status, default=Status.NEW)
    made_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    # Who sends it, and until when nobody else may.
    owner = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)  # counted before each try
    # The proof: to which address, under which id, what the mail server answered and when.
    address = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    last_reply = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField(null=True)
    is_recorded = models.BooleanField(default=False)  # the log tells of it

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["new", "sending"]),
                name="delivery_by_due",
            ),
            models.Index(
                fields=["id"],
                condition=Q(status="sent", is_recorded=False),
                name="delivery_unrecorded",
            ),
            # How many were taken up within the last second; see wait_for_room.
            models.Index(fields=["claimed_at"], name="delivery_by_claim"),
            models.Index(fields=["user", "status"], name="delivery_by_person"),
        ]

    def __str__(self) -> str:
        return self.message_id

    def save(self, *args, **kwargs) -> None:
        """The id of the message is fixed when it is planned, the same on each try."""
        if not self.message_id:
            self.message_id = message_id_of(self.uuid)
        super().save(*args, **kwargs)


OPEN = [Delivery.Status.NEW, Delivery.Status.SENDING]


def message_id_of(key: uuid.UUID) -> str:
    """`<sha256(key)@domain>`, the domain that of the address we send from.

    Half of the digest: a longer header would be folded, which some mail servers do not like.
    """
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
    return f"<{hashlib.sha256(key.bytes).hexdigest()[:32]}@{domain}>"
