"""Saving a participation behind a door: the head is sealed last, history is told who."""

from typing import Any

from workflow.audit import log
from workflow.audit.log import Actor
from workflow.models import Participation

HEAD = ["head_seq", "head_hash", "head_key_id", "head_mac"]
MOVED = ["stage", "version", "entered_on", "decided_on", "on_hold_since", "procedure", *HEAD]


def save_moved(participation: Participation, by: Actor) -> None:
    """Seal the head and save all; the only place that tells the history who did it."""
    log.seal_head(participation)
    row: Any = participation
    row._history_user = by.user
    row.save(update_fields=MOVED)


def save_head(participation: Participation) -> None:
    """Save what `log.append` changed; no history row, since no field that people know changed."""
    log.seal_head(participation)
    values = {name: getattr(participation, name) for name in HEAD}
    Participation.objects.filter(pk=participation.pk).update(**values)
