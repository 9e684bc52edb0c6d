"""What a sender takes up: reserved and read for several messages at once, claimed one by one.

To read what a message says costs more than to send it. What was read ahead is used only while it
is a moment old and a narrow look finds nothing changed since; otherwise it is read anew.
"""

import os
import socket
import time
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Prefetch
from django.utils import timezone

from municipalities.models import Mandate
from notifications.models import Delivery, Notice
from notifications.services.telling import skips_locked
from workflow.permissions import held_by_each

AHEAD = 25  # messages
RESERVED = 0.1  # of the lease
OLDEST = 1.0  # seconds; a mandate's last day may pass, which no row tells
OWNER = f"{socket.gethostname()}:{os.getpid()}"[:80]
# Every act in a participation moves the head of its log; those on mandates change their rows.
LOOK = (
    "pk", "participation__head_seq", "user__is_active", "user__email", "user__language",
    "user__mandates__pk", "user__mandates__ends_on", "user__mandates__right",
)  # fmt: skip
Marks = set[tuple]


@dataclass
class Taken:
    """A message, what it says and the mandates of its person, as they were when it was read."""

    delivery: Delivery
    notices: list[Notice]
    held: list[Mandate]
    marks: Marks
    read_at: float

    def refresh(self) -> None:
        """Make it what it is now: nothing to do where nothing has changed, otherwise read anew."""
        if not self.is_fresh():
            [anew] = read([self.delivery.pk])
            self.delivery, self.notices, self.held = anew.delivery, anew.notices, anew.held

    def is_fresh(self) -> bool:
        """Of what hangs on no participation no log tells whether it changed: never."""
        if time.monotonic() - self.read_at > OLDEST:
            return False
        if not all(one.participation for one in self.notices):
            return False
        return look([self.delivery.pk])[self.delivery.pk] == self.marks


def look(deliveries: Collection[int]) -> dict[int, Marks]:
    """What tells whether what these messages say has changed. One narrow query."""
    marks: dict[int, Marks] = defaultdict(set)
    standing = Notice.objects.filter(delivery__in=deliveries, is_stale=False)
    for delivery, *mark in standing.values_list("delivery_id", *LOOK):
        marks[delivery].add(tuple(mark))
    return marks


def read(deliveries: Collection[int]) -> list[Taken]:
    """These messages, each with its notices that stand. Four queries.

    The look comes first, so that what changes while the rest is read shows as a change.
    """
    now, marks = time.monotonic(), look(deliveries)
    standing = Notice.objects.filter(is_stale=False).to_send().order_by("pk")
    rows = Delivery.objects.filter(pk__in=deliveries).order_by("due_at", "pk")
    rows = rows.select_related("user__notification_preferences")
    rows = rows.prefetch_related(Prefetch("notices", standing, to_attr="standing"))
    held = held_by_each({one.user_id for one in rows})
    return [Taken(one, joined(one.standing), held[one.user_id], marks[one.pk], now) for one in rows]


def joined(notices: list[Notice]) -> list[Notice]:
    for notice in notices:
        notice.join()
    return notices


def is_anything_due(channel: str) -> bool:
    """Asked each second, hence without a lock."""
    return Delivery.objects.due(timezone.now()).filter(channel=channel).exists()


def reserve(channel: str) -> list[int]:
    """Keep other senders away from the next messages, for so long as to come to them."""
    now = timezone.now()
    until = now + timedelta(seconds=settings.MAIL_LEASE_SECONDS * RESERVED)
    with transaction.atomic(durable=True):
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=skips_locked())
        rows = rows.due(now).filter(channel=channel)
        pks = list(rows.values_list("pk", flat=True)[:AHEAD])
        Delivery.objects.filter(pk__in=pks).update(owner=OWNER, lease_until=until)
    return pks


def claim(delivery: Delivery) -> bool:
    """Count the try, committed before it is made. False where it is no longer ours to send."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, owner=OWNER, status=delivery.status, due_at=delivery.due_at,
        lease_until=delivery.lease_until,
    )  # fmt: skip
    now = timezone.now()
    delivery.status, delivery.attempts = Delivery.Status.SENDING, delivery.attempts + 1
    delivery.claimed_at = now
    delivery.lease_until = now + timedelta(seconds=settings.MAIL_LEASE_SECONDS)
    claimed = ("status", "attempts", "claimed_at", "lease_until")
    return bool(ours.update(**{one: getattr(delivery, one) for one in claimed}))
