"""The rail: the fixed stages of the route, where the participation stands, and when it came."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from workflow.pages.timeline import Move, moves
from workflow.stages import Stage

if TYPE_CHECKING:
    from workflow.models import Participation

DONE, PRESENT, COMING, LEFT = "done", "present", "coming", "left"


@dataclass(frozen=True)
class RailStage:
    """One stage of the rail; `place` is done, present, coming, or left (ended before it)."""

    label: str
    place: str
    since: date | None = None
    due_at: datetime | None = None  # of the present stage: what is due there next


def rail(participation: "Participation") -> list[RailStage]:
    """The stages of the route with the days on which they were entered. One query."""
    return rail_of(participation, moves(participation))


def rail_of(participation: "Participation", made: list[Move]) -> list[RailStage]:
    """The same from moves that were read before. No query."""
    days = {move.target: move.decided_on for move in made}
    reached = last_stage(participation, made)
    at = participation.route.index(reached) if reached in participation.route else 0
    return [
        RailStage(
            str(Stage(stage).label),
            place_of(participation, number, at),
            days.get(stage) if number <= at else None,
            participation.next_due_at if stage == participation.stage else None,
        )
        for number, stage in enumerate(participation.route)
    ]


def last_stage(participation: "Participation", made: list[Move]) -> str:
    """Where it stands, or where it stood when it ended."""
    return participation.stage if participation.is_open or not made else made[-1].source


def place_of(participation: "Participation", number: int, at: int) -> str:
    if participation.stage == Stage.COMPLETED:
        return DONE
    if number < at:
        return DONE
    if participation.is_open:
        return PRESENT if number == at else COMING
    return LEFT


def heading(participation: "Participation") -> str:
    """ "Kikinda: stage 4 of 6, Strategy adopted", or how it ended."""
    named = {
        "name": participation.municipality.full_name,
        "stage": participation.get_stage_display(),
    }
    if not participation.is_open:
        return _("%(name)s: %(stage)s") % named
    place = {"number": participation.route.index(participation.stage) + 1}
    place["of"] = len(participation.route)
    return _("%(name)s: stage %(number)d of %(of)d, %(stage)s") % (named | place)
