"""Where a programme jams: its figures from the log as charts, and where it works, on the map."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.maps.country import CountryMap, MapMark, country_map
from municipalities.models.register import Country
from web.charts.bars import Bar, Bars
from web.charts.drawing import Chart
from web.charts.flow import Band, Flow
from web.charts.funnel import Funnel, FunnelStage
from web.charts.shares import Part, Share, Shares
from workflow.figures import Cohort, Party, cohort_of
from workflow.models import Participation, Programme
from workflow.pages.board import programmes_of
from workflow.pages.filters import Filters
from workflow.pages.on_map import COLOURS, codes_of, mark, standing_of
from workflow.stages import OPEN

MONTHS_AT_MOST = 36


@dataclass(frozen=True)
class Insight:
    """`cohort` is None for a large programme that nobody has counted yet."""

    programme: Programme
    programmes: list[tuple[str, str]]
    cohort: Cohort | None
    charts: list[tuple[str, str, Chart]]  # heading, a sentence on how to read it, the chart
    map: CountryMap


def insight(user: Any, asked: QueryDict) -> Insight | None:
    """The figures of the programme that was asked for, else of the person's first."""
    programmes = {one.key: one for one in programmes_of(user)}
    if not programmes:
        return None
    wanted = Filters.of(asked).programme
    programme = programmes.get(wanted) or next(iter(programmes.values()))
    cohort = cohort_of(programme)
    return Insight(
        programme,
        [(key, str(one)) for key, one in programmes.items()],
        cohort,
        charts_of(cohort) if cohort else [],
        country_map(Country(programme.country), marks(programme, cohort)),
    )


def charts_of(cohort: Cohort) -> list[tuple[str, str, Chart]]:
    passed = _("Of those who went on; days on hold do not count.")
    reached = _("All who ever reached a stage, and who stands there now.")
    lay = _("Days between the opening of a step and its settling.")
    stood = _("Where everybody stood at the end of each month.")
    return [
        (_("Days in each stage"), passed, bars(cohort)),
        (_("How far they came"), reached, funnel(cohort)),
        (_("Whose turn it was"), lay, shares(cohort)),
        (_("Month by month"), stood, flow(cohort)),
    ]


def bars(cohort: Cohort) -> Bars:
    rows = [
        Bar(
            str(one.stage.label),
            one.passed.median,
            limit=max(one.limits, default=None),
            quartiles=(one.passed.lower or 0, one.passed.upper or 0),
        )
        for one in cohort.stages
        if one.passed.median is not None
    ]
    return Bars(_("Median of the days in each stage"), _("Stage"), _("Median, days"), rows)


def funnel(cohort: Cohort) -> Funnel:
    rows = [
        FunnelStage(str(one.stage.label), one.participations, one.standing) for one in cohort.stages
    ]
    return Funnel(_("How many reached each stage"), _("Stage"), rows)


def shares(cohort: Cohort) -> Shares:
    parts = [Part(str(party.label), f"p{number}") for number, party in enumerate(Party, 1)]
    rows = [
        Share(str(one.stage.label), [round(one.ball[party], 1) for party in Party])
        for one in cohort.stages
    ]
    return Shares(_("Days with each side"), _("Stage"), _("Days"), parts, rows)


def flow(cohort: Cohort) -> Flow:
    months = cohort.months[-MONTHS_AT_MOST:]
    bands = [
        Band(str(stage.label), COLOURS[stage], [one.numbers.get(stage, 0) for one in months])
        for stage in OPEN
        if any(stage in one.numbers for one in months)
    ]
    names = [f"{one.until:%m/%Y}" for one in months]
    return Flow(_("Where everybody stood, month by month"), _("Month"), names, bands)


def marks(programme: Programme, cohort: Cohort | None) -> dict[str, MapMark]:
    """By code, each municipality that takes part; only single ones name their participation.

    As counted with the other figures, of the same moment; where nobody counted yet, as it is now.
    """
    running = Participation.objects.filter(programme=programme, stage__in=OPEN)
    numbers = cohort.places if cohort else standing_of(running)
    once = [unit for unit, here in numbers.items() if sum(here.values()) == 1]
    single = running.filter(municipality__in=once).order_by()
    references: dict[int, list[str]] = defaultdict(list)
    for unit, reference in single.values_list("municipality", "reference"):
        references[unit].append(reference)
    return {
        code: mark(numbers[unit], link(programme, code, references[unit]))
        for unit, code in codes_of(numbers)
    }


def link(programme: Programme, code: str, references: list[str]) -> str:
    """To the one participation, or to the list of several."""
    if len(references) == 1:
        return reverse("workflow:participation", args=references)
    chosen = Filters(programme=programme.key, municipality=code)
    return reverse("workflow:participations") + chosen.address()
