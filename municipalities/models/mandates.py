"""Mandates: the record of who acts in which role, for which place, from–to."""

import hashlib
import secrets
from datetime import timedelta
from typing import Self

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import UserObjectPermission

from municipalities.roles import Role


class MandateQuerySet(models.QuerySet["Mandate"]):
    def current(self) -> Self:
        """Begun and not ended, by the calendar of Belgrade."""
        today = timezone.localdate()
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today, ended_at=None
        )

    def enforced(self) -> Self:
        """With the guardian right that stands for them: without it a mandate counts nothing."""
        return self.filter(right__isnull=False)

    def acting(self) -> Self:
        """What counts now, of people who may sign in; with the person, in the order given."""
        rows = self.current().enforced().filter(user__is_active=True)
        return rows.select_related("user").order_by("pk")

    def over(self, place: models.Model) -> Self:
        return self.filter(place_type=ContentType.objects.get_for_model(place), place_id=place.pk)


class Mandate(models.Model):
    """Who acts in which role for which programme, municipality or participation, from–to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    role = models.CharField(_("role"), max_length=30, choices=Role)
    function = models.CharField(_("function held"), max_length=200, blank=True)
    place_type = models.ForeignKey(ContentType, models.PROTECT)
    place_id = models.PositiveBigIntegerField()
    place = GenericForeignKey("place_type", "place_id")
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    # The guardian right that enforces it; gone when somebody takes the right away.
    right = models.OneToOneField(
        UserObjectPermission, models.SET_NULL, null=True, editable=False, related_name="mandate"
    )

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        indexes = [
            models.Index(fields=["user", "place_type", "place_id"], name="mandate_by_person"),
            models.Index(fields=["place_type", "place_id", "role"], name="mandate_by_place"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "place_type", "place_id"],
                condition=Q(ended_at=None),
                name="one_running_mandate",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="mandate_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


INVITATION_LASTS = timedelta(days=14)


class Invitation(models.Model):
    """A link by which a person takes up a mandate. Only its digest is kept."""

    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=30, choices=Role)
    function = models.CharField(_("function held"), max_length=200, blank=True)
    place_type = models.ForeignKey(ContentType, models.PROTECT)
    place_id = models.PositiveBigIntegerField()
    place = GenericForeignKey("place_type", "place_id")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Set when the mandate is to be taken over from somebody: the handover happens on acceptance.
    takes_over_from = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}"

    @property
    def is_open(self) -> bool:
        waits = self.accepted_at is None and self.revoked_at is None
        return waits and timezone.now() < self.expires_at


def new_token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
