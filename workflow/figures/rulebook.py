"""What the figures ask of a version of a procedure, read once."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from workflow.figures.parties import party_of
from workflow.models import Procedure


@dataclass(frozen=True)
class Rule:
    """Whose turn a step is, and which steps it waits for."""

    owed_by: str  # a party
    judged_by: str
    is_judged: bool
    is_required: bool
    after: frozenset[str]


class Rulebook:
    """One version of a procedure: its limits in days, and its steps by stage and key."""

    def __init__(self, procedure: Procedure) -> None:
        self.route = procedure.route
        self.limits = {stage: procedure.limit_of(stage) for stage in procedure.route}
        self.steps = {stage: rules_of(procedure.steps_of(stage)) for stage in procedure.route}


def rules_of(steps: list[dict[str, Any]]) -> dict[str, Rule]:
    """The rules of one stage by key."""
    return {
        step["key"]: Rule(
            owed_by=party_of(step["role"]),
            judged_by=party_of(step["accepted_by"]),
            is_judged=bool(step["accepted_by"]),
            is_required=step["required"],
            after=frozenset(step["after"]),
        )
        for step in steps
    }


Rulebooks = dict[int, dict[str, Rulebook]]  # by track, then by name: "sws_2007_planning/2"


def rulebooks_of(tracks: Collection[int]) -> Rulebooks:
    """Every version of the procedures of these tracks, the newest first. One query."""
    books: Rulebooks = defaultdict(dict)
    procedures = Procedure.objects.filter(track__in=tracks).defer("text")
    for procedure in procedures.order_by("track", "-version"):
        books[procedure.track_id][str(procedure)] = Rulebook(procedure)
    return books
