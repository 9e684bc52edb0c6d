"""What people have read of their notices."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from notifications.models import Notice


def read_one(notice: Notice) -> None:
    """The first look counts; later ones change nothing."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


def read_all(user: Any, until: datetime) -> int:
    """All that stood there at that moment, not what has come since. How many there were."""
    unread = Notice.objects.unread().filter(user=user, made_at__lte=until)
    return unread.update(read_at=timezone.now())
