"""The public page of a municipality: where it takes part, how far it came, and on which days."""

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from municipalities.models import Municipality
from workflow.audit.models import Entry
from workflow.models import Participation
from workflow.pages.public.open_points import OpenPoint, open_points
from workflow.pages.rail import RailStage, rail_of
from workflow.pages.timeline import Move
from workflow.panels import public_panels_of


@dataclass(frozen=True)
class Case:
    """One participation with its rail and what other apps show of it.

    `number` is that of its stage on the route.
    """

    participation: Participation
    rail: list[RailStage]
    panels: list[dict[str, Any]]

    @property
    def number(self) -> int:
        route = self.participation.route
        return route.index(self.participation.stage) + 1 if self.participation.is_open else 0

    @property
    def open_points(self) -> list[OpenPoint]:
        """Of the version of the procedure that it follows."""
        return open_points(self.participation.procedure.rules)


@dataclass(frozen=True)
class MunicipalityPage:
    municipality: Municipality
    running: list[Case]
    ended: list[Case]
    samples: list[Case]  # of programmes that are invented


def municipality_page(municipality: Municipality) -> MunicipalityPage:
    """The same few queries, however many participations there are."""
    rows = Participation.objects.public().filter(municipality=municipality)
    found = list(rows.select_related("track", "programme", "procedure").order_by("-entered_on"))
    moves, panels = moves_of(found), public_panels_of(found)
    cases = [Case(one, rail_of(one, moves.get(one.pk, [])), panels[one.pk]) for one in found]
    true = [case for case in cases if not case.participation.programme.is_sample]
    return MunicipalityPage(
        municipality,
        running=[case for case in true if case.participation.is_open],
        ended=[case for case in true if not case.participation.is_open],
        samples=[case for case in cases if case not in true],
    )


def moves_of(participations: list[Participation]) -> dict[int, list[Move]]:
    """Every change of stage in order, by participation."""
    rows = Entry.objects.transitions().filter(participation__in=participations).in_order()
    told = rows.values_list("participation", "source", "target", "decided_on")
    return {
        pk: [Move(source, target, day) for _pk, source, target, day in lines if source != target]
        for pk, lines in groupby(told, key=itemgetter(0))
    }
