"""Why a participation may or may not move: one tree for page, board, API and guard."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from workflow.conditions import Condition, Outcome
from workflow.guards import decided_in_bounds, reason_is_given
from workflow.stages import CLOSED, Stage

if TYPE_CHECKING:
    from workflow.models import Participation

# The transition that leads to each stage of a route.
LEADS_TO = {
    Stage.MEMORANDUM: "select",
    Stage.ASSESSMENT: "start_assessment",
    Stage.STRATEGY_ADOPTED: "adopt_strategy",
    Stage.COFINANCING: "award_cofinancing",
    Stage.SUSTAINABILITY: "move_to_sustainability",
}


def readiness(
    participation: "Participation",
    name: str,
    *,
    decided_on: date | None = None,
    reason: str | None = None,
) -> Condition:
    """Everything that must be true before the transition `name`, each with its answer.

    With `decided_on` and `reason` also whether these can stand; a page that asks for them first
    leaves them out. An unknown or impossible transition is one unmet condition.
    """
    move = find_transition(participation, name)
    if move is None:
        stage = Stage(participation.stage).label
        return Condition(
            _("This is not possible at the stage “%s”.") % stage, outcome=Outcome.UNMET
        )
    parts = [guard(participation) for guard in move.conditions]
    if decided_on is not None:
        parts.append(decided_in_bounds(participation, decided_on))
    if reason is not None and move.custom["reason"]:
        parts.append(reason_is_given(reason))
    return Condition(move.custom["sentence"], parts=tuple(parts))


def readiness_together(group: "Sequence[Participation]", name: str, **facts: Any) -> Condition:
    """The tree of the first one; with a branch for each that moves with it, all or none."""
    asked, *others = group
    tree = readiness(asked, name, **facts)
    for other in others:
        branch = readiness(other, name, **facts)
        named = Condition(other.municipality.name, parts=branch.parts or (branch,))
        tree = Condition(tree.sentence, tree.outcome, parts=(*tree.parts, named))
    return tree


def find_transition(participation: "Participation", name: str) -> Any:
    """The transition called `name` that leaves the present stage, or None."""
    for move in leaving(participation):
        if move.name == name:
            return move
    return None


def leaving(participation: "Participation") -> Iterator[Any]:
    """Every transition that leaves the present stage, in the order of the lifecycle."""
    moves: Any = participation  # django-fsm adds the method to the class
    for move in moves.get_all_stage_transitions():
        if move.source == participation.stage:
            yield move


def next_transition(participation: "Participation") -> str | None:
    """The forward transition on the route from here: `adopt_strategy`; None when closed."""
    if participation.stage in CLOSED:
        return None
    target = participation.next_on_route
    return LEADS_TO[Stage(target)] if target else "complete"
