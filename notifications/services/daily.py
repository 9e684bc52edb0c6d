"""Once a day, whoever asks: several clocks do it once, and one that was killed is made good."""

from collections.abc import Callable
from datetime import time, timedelta

from django.db import transaction
from django.utils import timezone

from notifications.models import Chore
from workflow.rules.due import BELGRADE

FROM = time(3)  # of Belgrade; the hour before it is skipped or repeated once a year
GIVEN_UP_AFTER = timedelta(hours=2)


def once_a_day(name: str, chore: Callable[[], str]) -> bool:
    """Do it if it is time and nobody has today. Whether it was done now."""
    local = timezone.localtime(timezone.now(), BELGRADE)
    if local.time() < FROM:
        return False
    today = Chore.objects.filter(name=name, day=local.date())
    if today.filter(ended_at__isnull=False).exists() or not begin(name):
        return False
    outcome = chore()
    today.update(ended_at=timezone.now(), outcome=outcome[:200])
    return True


@transaction.atomic(durable=True)
def begin(name: str) -> bool:
    """Take today's for ourselves; one that was begun long ago and never ended was killed."""
    now = timezone.now()
    day = timezone.localdate(now, BELGRADE)
    _chore, is_new = Chore.objects.get_or_create(name=name, day=day, defaults={"begun_at": now})
    if is_new:
        return True
    left = Chore.objects.filter(
        name=name, day=day, ended_at=None, begun_at__lt=now - GIVEN_UP_AFTER
    )
    return bool(left.update(begun_at=now))
