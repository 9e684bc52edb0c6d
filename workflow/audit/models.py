import json
import uuid
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Commitment(models.Model):
    """A personal text that an entry relies on, kept apart so that it can be erased.

    The entry holds only the salted hash. Erasing this row leaves every chain whole.
    """

    commit = models.CharField(max_length=64, primary_key=True)
    salt = models.CharField(max_length=32)
    value = models.TextField()

    def __str__(self) -> str:
        return self.commit


class ByKind(models.TextChoices):
    PERSON = "person", _("person")
    SYSTEM = "system", _("system")
    IMPORT = "import", _("import")


class EntryQuerySet(models.QuerySet["Entry"]):
    def in_order(self) -> Self:
        return self.order_by("participation_id", "seq")

    def newest_first(self) -> Self:
        return self.order_by("-recorded_us", "participation_id", "-seq")

    def transitions(self) -> Self:
        return self.exclude(version=None)

    def with_people(self) -> Self:
        return self.select_related("by", "reason_kept")


class Entry(models.Model):
    """One line of the log of one participation. Never edited, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participation = models.ForeignKey(
        "workflow.Participation", models.PROTECT, related_name="entries"
    )
    seq = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True)  # only entries that move the participation
    schema = models.PositiveSmallIntegerField(default=1)
    verb = models.CharField(max_length=50)
    source = models.CharField(max_length=30, blank=True)
    target = models.CharField(max_length=30, blank=True)
    step = models.ForeignKey("workflow.Step", models.PROTECT, null=True, related_name="entries")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_kind = models.CharField(max_length=10, choices=ByKind)
    role = models.CharField(max_length=30, blank=True)
    channel = models.CharField(max_length=10)
    request_id = models.CharField(max_length=36, blank=True)
    decided_on = models.DateField(null=True)
    recorded_us = models.BigIntegerField()  # the server's clock, UTC, microseconds
    reason_kept = models.ForeignKey(
        Commitment,
        models.DO_NOTHING,
        null=True,
        db_column="reason_commit",
        db_constraint=False,  # the text may be erased, the commitment stays
        related_name="+",
    )
    canonical = models.TextField()
    prev_hash = models.CharField(max_length=64)
    entry_hash = models.CharField(max_length=64, unique=True)
    key_id = models.CharField(max_length=20)
    mac = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(fields=["recorded_us"], name="entry_by_time"),
            models.Index(fields=["step"], name="entry_by_step"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["participation", "seq"], name="one_entry_per_seq"),
            models.UniqueConstraint(fields=["participation", "version"], name="one_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id}/{self.seq} {self.verb}"

    @cached_property
    def told(self) -> dict[str, Any]:
        """The whole text that was hashed, read."""
        return json.loads(self.canonical)

    @property
    def facts(self) -> dict[str, Any]:
        """What belongs to this kind of entry: readiness, deadline, digests of evidence …"""
        return self.told["facts"]

    @property
    def function(self) -> str:
        """The function that the person held at that time."""
        return self.told["function"]

    @property
    def reason(self) -> str:
        """The reason in words; empty where none was given, or where it was erased since."""
        kept = self.reason_kept if self.reason_kept_id else None
        return kept.value if kept else ""

    @property
    def recorded_at(self) -> datetime:
        return datetime.fromtimestamp(self.recorded_us / 1_000_000, UTC)


class Verification(models.Model):
    """One verification of the log: when, by whom, of how much, with what outcome. Never edited."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=10)
    is_complete = models.BooleanField()  # all of the log, not some participations of it
    entries = models.PositiveIntegerField()
    participations = models.PositiveIntegerField()
    seconds = models.FloatField()
    is_whole = models.BooleanField()
    damages = models.JSONField(default=list)

    class Meta:
        verbose_name = _("verification of the log")
        verbose_name_plural = _("verifications of the log")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
