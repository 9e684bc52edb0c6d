"""For somebody who holds no role now: which ones ended, and which begin later."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from municipalities.models import Mandate

SOME = 5


@dataclass(frozen=True)
class OtherRole:
    """A role that does not count now: it begins on `day`, or ended then.

    Its place is not told: the person may not see it.
    """

    label: str
    day: date
    begins: bool


def other_roles(user: Any) -> list[OtherRole]:
    """The last few. One query."""
    today = timezone.localdate()
    over = Q(ends_on__lt=today) | Q(ended_at__isnull=False, ends_on__isnull=False)
    rows = Mandate.objects.filter(over | Q(starts_on__gt=today), user=user)
    return [told(one, today) for one in rows.order_by("-starts_on", "-pk")[:SOME]]


def told(mandate: Mandate, today: date) -> OtherRole:
    ended = mandate.ends_on if mandate.ended_at or mandate.starts_on <= today else None
    return OtherRole(mandate.get_role_display(), ended or mandate.starts_on, begins=ended is None)
