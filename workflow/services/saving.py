"""Saving a participation behind a door: the head is sealed last, history is told who."""

from dataclasses import asdict
from typing import Any

from workflow.audit import log
from workflow.audit.log import Actor
from workflow.glance import glance_at
from workflow.models import Participation

HEAD = ["head_seq", "head_hash", "head_key_id", "head_mac"]
GLANCE = ["next_due_at", "turn", "is_ready", "turns"]
MOVED = ["stage", "version", "entered_on", "decided_on", "on_hold_since", "procedure"]


def save_moved(participation: Participation, by: Actor) -> None:
    """Seal the head and save all; the only place that tells the history who did it."""
    finish(participation)
    row: Any = participation
    row._history_user = by.user
    row.save(update_fields=[*MOVED, *HEAD, *GLANCE])


def save_head(participation: Participation) -> None:
    """Save what `log.append` changed; no history row, since no field that people know changed."""
    finish(participation)
    values = {name: getattr(participation, name) for name in [*HEAD, *GLANCE]}
    Participation.objects.filter(pk=participation.pk).update(**values)


def finish(participation: Participation) -> None:
    """What every door does last: look at the steps as the act has left them, seal the head."""
    for kept in ("present_steps", "proposed_steps"):
        participation.__dict__.pop(kept, None)
    for name, value in asdict(glance_at(participation)).items():
        setattr(participation, name, value)
    log.seal_head(participation)
