"""What people choose about being told."""

from django.db import transaction

from notifications.models import Preferences
from notifications.services.posting import INBOX_ONLY


@transaction.atomic
def end_mail_of(user: int, group: str) -> None:
    """No more mail of this group; the inbox still tells it."""
    kept, _made = Preferences.objects.select_for_update().get_or_create(user_id=user)
    kept.rhythms[group] = INBOX_ONLY
    kept.save(update_fields=["rhythms"])
