"""Calls and applications. An application answers a call; it is not the case."""

import uuid
from collections.abc import Collection
from datetime import date, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Mandate, Municipality
from municipalities.roles import Role
from web.script.content import in_script
from workflow.models.programme import Procedure, Programme, Track
from workflow.permissions import Place, reach

# A deadline is kept as the moment from which it is over; its day ends a blink before.
BLINK = timedelta(microseconds=1)


def announced() -> Q:
    """That one of its days has come: seen by those who may apply."""
    today = timezone.localdate()
    return Q(opens_on__lte=today) | Q(published_on__lte=today)


class CallQuerySet(models.QuerySet["Call"]):
    def visible_to(self, user: Any) -> Self:
        """The programme's people see its calls; others what stands open, and what they answered.

        Whoever may apply for a municipality must find a call before anything ties it to one.
        """
        seen = reach(user)
        answered = Application.objects.filter(
            Q(members__municipality__in=seen.municipalities)
            | Q(participations__in=seen.participations)
        )
        mine = Q(track__programme__in=seen.programmes) | Q(pk__in=answered.values("call"))
        return self.filter(mine | Q(pk__in=self.open_to(user).values("pk")))

    def open_to(self, user: Any) -> Self:
        """Announced and not over, for a person who may apply for some municipality."""
        return self.running() if reach(user, "apply").municipalities else self.none()

    def running(self) -> Self:
        """Announced and not over."""
        return self.filter(announced(), due_at__gt=timezone.now())

    def not_over(self) -> Self:
        """The same, and those whose deadline, or all of whose dates, nobody knows yet."""
        undated = Q(opens_on=None, published_on=None)
        return self.filter(
            Q(announced(), due_at__gt=timezone.now()) | Q(announced() | undated, due_at=None)
        )

    def with_names(self) -> Self:
        return self.select_related("track__programme", "procedure")

    def newest_first(self) -> Self:
        """By deadline, the latest first; those whose deadline nobody knows at the end."""
        return self.order_by(models.F("due_at").desc(nulls_last=True), "-pk")


class Call(models.Model):
    """A public call of a track: when it opens, until when, under which reference."""

    track = models.ForeignKey(Track, models.PROTECT, related_name="calls")
    reference = models.SlugField(unique=True)
    stated_reference = models.CharField(max_length=100, blank=True)  # as printed: "17/1"
    procedure = models.ForeignKey(Procedure, models.PROTECT, related_name="+")
    published_on = models.DateField(null=True, blank=True)
    opens_on = models.DateField(null=True, blank=True)
    # The present version of its deadline, repeated here for lists; empty: to be confirmed.
    due_at = models.DateTimeField(null=True, blank=True)
    deadline_version = models.PositiveIntegerField(default=0)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")

    def __str__(self) -> str:
        """Its reference as printed, in the reader's script; else the one given here."""
        return in_script(self.stated_reference) or self.reference

    def get_absolute_url(self) -> str:
        return reverse("workflow:call", args=[self.reference])

    def places(self) -> list[Place]:
        return [(Programme, self.track.programme_id)]

    @property
    def is_open(self) -> bool:
        """Published, opened, and not over. A call whose deadline nobody knows takes no more."""
        now = timezone.now()
        has_begun = self.opens_on is not None and self.opens_on <= timezone.localdate(now)
        return has_begun and self.due_at is not None and now < self.due_at

    @property
    def is_announced(self) -> bool:
        """Seen by those who may apply, though perhaps not open yet."""
        known = [day for day in (self.opens_on, self.published_on) if day]
        return bool(known) and min(known) <= timezone.localdate()

    def days_ahead(self, rule: str) -> date | None:
        """The day that the procedure sets by its distance to the deadline ("questions_until").

        Without such a rule the last day of the call; None while its deadline is unknown.
        """
        if self.due_at is None:
            return None
        told = self.procedure.rules.get("call", {}).get(rule) or {}
        return timezone.localdate(self.due_at - BLINK) - timedelta(told.get("days_before", 0))

    @property
    def takes_questions(self) -> bool:
        """Announced, and neither the last day for questions nor the deadline has passed."""
        until = self.days_ahead("questions_until")
        if until is None or self.due_at is None or not self.is_announced:
            return False
        return timezone.localdate() <= until and timezone.now() < self.due_at


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: Any) -> Self:
        """The programme's people see what was handed in; a municipality all it takes part in.

        Of the drafts the programme sees those that its own people began, from paper.
        """
        seen = reach(user)
        registered = Q(opened_by__in=managers_of(seen.programmes))
        handed_in = Q(call__track__programme__in=seen.programmes) & (
            Q(submitted_at__isnull=False) | registered
        )
        own = Q(
            pk__in=Member.objects.filter(municipality__in=seen.municipalities).values("application")
        )
        supported = Application.objects.filter(participations__in=seen.participations)
        return self.filter(handed_in | own | Q(pk__in=supported.values("pk")))

    def with_names(self) -> Self:
        return self.select_related("lead__parent", "call__track__programme", "call__procedure")


def managers_of(programmes: Collection[int]) -> models.QuerySet[Mandate, Any]:
    """Everybody who is, or was, programme manager of one of these: primary keys of people."""
    place_type = ContentType.objects.get_for_model(Programme)
    mandates = Mandate.objects.filter(
        role=Role.PROGRAMME_MANAGER, place_type=place_type, place_id__in=programmes
    )
    return mandates.values("user")


class Application(models.Model):
    """The answer of one municipality, or of several together, to a call."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("handed in")
        RETURNED = "returned", _("returned for correction")
        SELECTED = "selected", _("selected")
        REJECTED = "rejected", _("not selected")
        WITHDRAWN = "withdrawn", _("withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.SlugField(unique=True, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications")
    lead = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    summary = models.TextField(_("what you plan"), blank=True)
    situation = models.TextField(_("present situation"), blank=True)
    contact = models.TextField(_("contact"), blank=True)
    remarks = models.TextField(blank=True)  # of the last return
    version = models.PositiveIntegerField(default=0)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)  # when it arrived, not when it was typed in

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("workflow:application", args=[self.reference])

    def places(self) -> list[Place]:
        """Programme and lead; a member's own places are those of `Member`."""
        return [(Programme, self.call.track.programme_id), (Municipality, self.lead_id)]

    @property
    def is_editable(self) -> bool:
        return self.status in (self.Status.DRAFT, self.Status.RETURNED)

    @property
    def is_joint(self) -> bool:
        return len(self.members.all()) > 1


class Member(models.Model):
    """A municipality in an application, with its consent."""

    class Consent(models.TextChoices):
        AWAITED = "awaited", _("awaited")
        GIVEN = "given", _("given")
        REFUSED = "refused", _("refused")

    application = models.ForeignKey(Application, models.PROTECT, related_name="members")
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.AWAITED)
    consent_on = models.DateField(null=True)  # when it was decided
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    consent_at = models.DateTimeField(null=True)  # when it was recorded

    class Meta:
        verbose_name = _("member of an application")
        verbose_name_plural = _("members of applications")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "municipality"], name="once_in_an_application"
            )
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    def places(self) -> list[Place]:
        return [(Municipality, self.municipality_id)]
