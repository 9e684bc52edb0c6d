"""What managers do with messages: send again, pause, let go on, cancel. Each act is in the log.

None of them sends: they change what the sender finds. What is being sent just now is left alone.
"""

import logging
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notifications.models import Delivery, Notice
from notifications.services.locking import locked_messages, locked_participations
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import NotAllowed
from workflow.models import Participation, Programme
from workflow.permissions import MAY, can, named
from workflow.services.locks import demand, digest, earlier_answer, keep_answer
from workflow.services.saving import save_head

logger = logging.getLogger("koraci.refused")
AT_ONCE = 100
Status = Delivery.Status


@dataclass(frozen=True)
class Change:
    """From which statuses it leads to which; whether the tries are counted anew."""

    source: Collection[str]
    target: str
    counts_anew: bool = False


CHANGES: dict[str, Change] = {
    "send_again": Change([Status.FAILED, Status.DEAD], Status.NEW, counts_anew=True),
    "pause": Change([Status.NEW], Status.PAUSED),
    "go_on": Change([Status.PAUSED], Status.NEW),
    "cancel": Change([Status.NEW, Status.PAUSED, Status.FAILED, Status.DEAD], Status.CANCELLED),
}
OF_ALL = ["pause", "go_on"]  # what can be done to all messages of a programme


class MovedOn(Exception):
    """The message has moved on since the page was opened (409). Carries it as it is now."""

    def __init__(self, delivery: Delivery) -> None:
        super().__init__(f"{delivery} is {delivery.status} now")
        self.delivery = delivery


@transaction.atomic(durable=True)
def change_message(delivery: Delivery, change: str, *, by: Any, idempotency_key: UUID) -> Entry:
    """Do one of CHANGES to a message. The entry in the log of the first participation it is about.

    KeyError for an unknown change. Raises MovedOn, NotAllowed, KeyReused.
    """
    participations = locked_participations(about([delivery.pk]))
    [present] = locked_messages([delivery.pk])
    asked = digest("change_message", present.pk, change)
    if answer := earlier_answer(by, idempotency_key, asked):
        return answer
    actor = demand_for_one(by, participations)
    is_another = about([present.pk]) != {one.pk for one in participations}
    if present.status not in CHANGES[change].source or is_another:
        raise MovedOn(present)
    apply([present], CHANGES[change])
    entry = recorded([present], change, participations, by=actor)[0]
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def change_all(programme: Programme, change: str, *, by: Any) -> int:
    """Pause every waiting message about this programme, or let every paused one go on.

    How many were changed. Done twice it changes nothing twice. Raises NotAllowed.
    """
    changed = 0
    while done := change_some(programme, change, by=by):
        changed += done
    return changed


@transaction.atomic(durable=True)
def change_some(programme: Programme, change: str, *, by: Any) -> int:
    actor = demand(by, "resend", programme)
    source = CHANGES[change].source
    rows = Delivery.objects.filter(status__in=source, notices__participation__programme=programme)
    pks = list(rows.order_by("pk").values_list("pk", flat=True).distinct()[:AT_ONCE])
    participations = locked_participations(about(pks))
    present = [one for one in locked_messages(pks) if one.status in source]
    apply(present, CHANGES[change])
    recorded(present, change, participations, by=actor)
    return len(present)


def about(pks: Collection[int]) -> set[int]:
    """Which participations these messages tell of."""
    rows = Notice.objects.filter(delivery__in=pks, participation__isnull=False)
    return {pk for pk in rows.values_list("participation", flat=True) if pk}


def demand_for_one(by: Any, participations: list[Participation]) -> Actor:
    """A message is one thing, whatever it tells of: the right on one of that is enough."""
    for participation in participations:
        verdict = can(by, "resend", participation)
        if verdict:
            return verdict.actor
    logger.warning("refused resend to user %s", by.pk)
    raise NotAllowed(_("This needs the role: %s.") % named(MAY["resend"]))


def apply(deliveries: list[Delivery], change: Change) -> None:
    now = timezone.now()
    for delivery in deliveries:
        delivery.status, delivery.lease_until = change.target, None
        if change.counts_anew:
            delivery.attempts, delivery.due_at = 0, now
        elif change.target == Status.NEW:
            delivery.due_at = max(delivery.due_at, now)  # it is not late by having been paused
    Delivery.objects.bulk_update(deliveries, ["status", "lease_until", "attempts", "due_at"])


def recorded(
    deliveries: list[Delivery], change: str, participations: list[Participation], *, by: Actor
) -> list[Entry]:
    """One entry for each message in the log of each participation that it tells of."""
    told: dict[Any, dict[Any, list[Notice]]] = defaultdict(lambda: defaultdict(list))
    for notice in Notice.objects.filter(delivery__in=deliveries).order_by("pk"):
        told[notice.participation_id][notice.delivery_id].append(notice)
    entries: list[Entry] = []
    for participation in participations:
        here = told[participation.pk]
        lines = [line_of(one, change, here[one.pk]) for one in deliveries if one.pk in here]
        if lines:
            entries += log.append_all(participation, lines, by=by)
            save_head(participation)
    return entries


def line_of(delivery: Delivery, change: str, notices: list[Notice]) -> Line:
    """Whose message, and what was done; people by their number, no address."""
    return Line(
        "change_message",
        facts={
            "user": delivery.user_id,
            "change": change,
            "told": sorted({one.kind for one in notices}),
            "message_id": delivery.message_id,
        },
    )
