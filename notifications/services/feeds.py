"""Secret addresses of calendars: made, renewed, revoked, read."""

import secrets
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from notifications.models import CalendarFeed
from notifications.models.calendar_feed import digest_of
from workflow.models import Participation

NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def make_feed(user: Any, participation: Participation | None = None) -> str:
    """The token of a new address; the one before it is closed from now on.

    The person is locked, so that two clicks at once leave one address.
    """
    get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
    revoke_feed(user, participation)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user=user, participation=participation, digest=digest_of(token))
    return token


def revoke_feed(user: Any, participation: Participation | None = None) -> None:
    """Whoever has the address gets nothing any more."""
    mine = CalendarFeed.objects.filter(user=user, participation=participation, revoked_at=None)
    mine.update(revoked_at=timezone.now())


def note_read(feed: CalendarFeed) -> None:
    """That a calendar program still fetches it; once an hour is enough."""
    now = timezone.now()
    stale = Q(last_read_at=None) | Q(last_read_at__lte=now - NOTED_EVERY)
    CalendarFeed.objects.filter(stale, pk=feed.pk).update(last_read_at=now)
