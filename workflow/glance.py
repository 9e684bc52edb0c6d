"""What boards and lists say of a participation without reading its steps: due, turns, ready.

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
# Each role that acts as a bit, so that one number says for which of them something waits. The
# numbers stand in the database and never change.
BITS = {
    MANAGER: 1,
    Role.MENTOR.value: 2,
    Role.EVALUATOR.value: 4,
    Role.COORDINATOR.value: 8,
    Role.SIGNATORY.value: 16,
}


@dataclass(frozen=True)
class Glance:
    """Due first of what is required; the role whose move that is; whether all is settled.

    `turns` are all the roles for whom something waits there, as a sum of `BITS`.
    """

    next_due_at: datetime | None = None
    turn: str = ""
    is_ready: bool = False
    turns: int = 0


def glance_at(participation: "Participation") -> Glance:
    """As its steps stand now. On hold nothing is due, and the manager lets the clock run again."""
    if participation.stage in CLOSED:
        return Glance()
    if participation.on_hold_since:
        return Glance(turn=MANAGER)
    step, turns = next_owed(participation), turns_at(participation)
    if step is None:
        return Glance(turn=MANAGER, is_ready=True, turns=turns | BITS[MANAGER])
    dates = [owed.due_at for owed in owed_by(participation) if owed.due_at]
    return Glance(min(dates, default=None), step.turn, turns=turns)


def turns_at(participation: "Participation") -> int:
    """For whom a step waits, required or not; what a second person must agree to waits for none."""
    waiting = [
        step
        for step in participation.present_steps
        if not step.is_settled and step.pk not in participation.proposed_steps
    ]
    return sum(bit for role, bit in BITS.items() if any(step.turn == role for step in waiting))


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
