"""What people choose about being told."""

from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Notice, Preferences
from notifications.services.posting import INBOX_ONLY, post
from workflow.errors import Refused

TEST_EVERY = timedelta(minutes=1)


@transaction.atomic
def end_mail_of(user: Any, group: str) -> None:
    """No more mail of this group; the inbox still tells it."""
    kept = locked_preferences(user)
    kept.rhythms[group] = INBOX_ONLY
    kept.save(update_fields=["rhythms"])


@transaction.atomic
def choose(
    user: Any,
    *,
    rhythms: dict[str, str],
    quiet_from: time | None,
    quiet_until: time | None,
    quiet_weekends: bool,
) -> Preferences:
    """All that a person chooses at once. What they are told from now on goes by it."""
    kept = locked_preferences(user)
    kept.rhythms |= rhythms
    kept.quiet_from, kept.quiet_until = quiet_from, quiet_until
    kept.quiet_weekends = quiet_weekends
    kept.save(update_fields=["rhythms", "quiet_from", "quiet_until", "quiet_weekends"])
    return kept


def locked_preferences(user: Any) -> Preferences:
    kept, _made = Preferences.objects.select_for_update().get_or_create(user=user)
    return kept


@transaction.atomic
def send_test(user: Any) -> Notice:
    """A message to oneself, by the way that all others take. Refused within a minute of the last.

    The lock on their preferences makes two clicks at once one message.
    """
    locked_preferences(user)
    since = timezone.now() - TEST_EVERY
    if Notice.objects.filter(user=user, kind="test", made_at__gt=since).exists():
        raise Refused(_("A test message was sent within the last minute. Wait for it first."))
    told = Notice(user=user, kind="test")
    post([told])
    return told
