"""What was sent is told in the log of each participation that it was about.

Apart from sending, so that a mail never waits for a participation that somebody works on; a
delivery that is not recorded yet is found by its mark, so that none is missed.
"""

from collections import defaultdict
from typing import Any

from django.db import transaction

from notifications.models import Delivery, Notice
from workflow.audit import log
from workflow.audit.log import SYSTEM, Line
from workflow.services.locks import locked
from workflow.services.saving import save_head

AT_ONCE = 50


def record_sent() -> int:
    """Tell the log of messages that were sent since. How many were recorded."""
    recorded = 0
    unrecorded = Delivery.objects.filter(status=Delivery.Status.SENT, is_recorded=False)
    while pks := list(unrecorded.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        record_these(pks)
        recorded += len(pks)
    return recorded


@transaction.atomic(durable=True)
def record_these(pks: list[int]) -> None:
    """One entry for each message and participation, in the order of the participations' keys."""
    rows = Notice.objects.filter(
        delivery__in=pks, told_in=None, is_stale=False, participation__isnull=False
    )
    about = sorted(set(rows.values_list("participation", flat=True)))
    participations = locked(about)
    told: dict[Any, dict[Delivery, list[Notice]]] = defaultdict(lambda: defaultdict(list))
    for notice in rows.select_related("delivery").order_by("pk"):  # read under the lock
        if notice.delivery:
            told[notice.participation_id][notice.delivery].append(notice)
    for participation in participations:
        messages = told[participation.pk]
        if not messages:
            continue
        lines = [line_of(delivery, notices) for delivery, notices in messages.items()]
        entries = log.append_all(participation, lines, by=SYSTEM)
        save_head(participation)
        for notices, entry in zip(messages.values(), entries, strict=True):
            Notice.objects.filter(pk__in=[one.pk for one in notices]).update(told_in=entry)
    Delivery.objects.filter(pk__in=pks).update(is_recorded=True)


def line_of(delivery: Delivery, notices: list[Notice]) -> Line:
    """Who was told what, when, with the proof; people by their number, no address."""
    return Line(
        "tell",
        step=notices[0].step if len({one.step_id for one in notices}) == 1 else None,
        facts={
            "user": delivery.user_id,
            "roles": sorted({one.role for one in notices}),
            "told": sorted({one.kind for one in notices}),
            "message_id": delivery.message_id,
            "sent_at": delivery.sent_at.isoformat() if delivery.sent_at else None,
            "reply": delivery.last_reply,
        },
    )
