"""The secret address under which a calendar program fetches a person's deadlines."""

import hashlib
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.models import Participation


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def live(self) -> Self:
        return self.filter(revoked_at=None, user__is_active=True)

    def with_token(self, token: str) -> Self:
        return self.live().filter(digest=digest_of(token))


class CalendarFeed(models.Model):
    """One such address: of all deadlines of a person, or of those of one participation.

    The token itself is shown once and kept nowhere; whoever loses it makes another.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="feeds")
    participation = models.ForeignKey(
        Participation, models.CASCADE, null=True, related_name="feeds"
    )
    digest = models.CharField(max_length=64, unique=True)  # of the token: SHA-256
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)
    last_read_at = models.DateTimeField(null=True)  # to the hour

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(participation=None, revoked_at=None),
                name="one_feed_of_a_person",
            ),
            models.UniqueConstraint(
                fields=["user", "participation"],
                condition=Q(participation__isnull=False, revoked_at=None),
                name="one_feed_of_each_participation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.participation_id or 'all'}"


def digest_of(token: str) -> str:
    """A token is as long as a key, so that a plain hash hides it."""
    return hashlib.sha256(token.encode()).hexdigest()
