"""What boards and lists say of a participation without reading its steps: due, turn, ready.

It is kept with the participation by the doors, in the transaction that changed it, and compared
with the steps by `find_gaps`. The clock is not in it: what is overdue is asked of the date.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from municipalities.roles import Role
from workflow.stages import CLOSED

if TYPE_CHECKING:
    from workflow.models import Participation, Step

MANAGER = Role.PROGRAMME_MANAGER.value


@dataclass(frozen=True)
class Glance:
    """Due first of what is required; the role whose move it is; whether all is settled."""

    next_due_at: datetime | None = None
    turn: str = ""
    is_ready: bool = False


def glance_at(participation: "Participation") -> Glance:
    """As its steps stand now. On hold nothing is due, and the manager lets the clock run again."""
    if participation.stage in CLOSED:
        return Glance()
    if participation.on_hold_since:
        return Glance(turn=MANAGER)
    step = next_owed(participation)
    if step is None:
        return Glance(turn=MANAGER, is_ready=True)
    dates = [owed.due_at for owed in owed_by(participation) if owed.due_at]
    return Glance(min(dates, default=None), step.turn)


def owed_by(participation: "Participation") -> "list[Step]":
    """The required steps of the present stage that nobody has settled."""
    return [
        step for step in participation.present_steps if step.is_required and not step.is_settled
    ]


def next_owed(participation: "Participation") -> "Step | None":
    """The required step of the present stage that is due first and can start."""
    owed = owed_by(participation)
    can_start = [step for step in owed if not step.waits_for] or owed
    return min(can_start, key=urgency, default=None)


def urgency(step: "Step") -> tuple[bool, Any, int]:
    """Sort key: what is due first stands first, what has no date last."""
    return (step.due_at is None, step.due_at or 0, step.position)
