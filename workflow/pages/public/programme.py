"""The public page of a programme: what it is, how far it has come, who takes part, which calls.

Counted in the database, so that it asks the same few queries of ten municipalities and of
thousands. The kept figures of the board are not asked: they know applications too, and counting
them anew would write.
"""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from municipalities.maps.country import CountryMap, MapMark, country_map
from municipalities.models.register import Country
from web.charts.funnel import Funnel, FunnelStage
from web.script.content import in_script
from workflow.models import Call, Participation, Partner, Procedure, Programme, Track
from workflow.pages.on_map import mark, standing
from workflow.pages.public.open_points import OpenPoint, open_points_of
from workflow.panels import public_panels_of
from workflow.stages import OPEN, Stage

A_PAGE = 100
SHOWN = OPEN[1:]  # applications are not public


@dataclass(frozen=True)
class Group:
    """How many of one procedure stand at a stage, and how far they came."""

    procedure: int
    stage: str
    reached: str
    number: int


@dataclass(frozen=True)
class PublicTrack:
    """A track with its places, and what its procedure leaves to be confirmed."""

    track: Track
    open_points: list[OpenPoint]


@dataclass(frozen=True)
class Publishing:
    """A participation of which another app shows something, such as its papers."""

    participation: Participation
    panels: list[dict[str, Any]]


@dataclass(frozen=True)
class ProgrammePage:
    programme: Programme
    partners: list[Partner]
    tracks: list[PublicTrack]
    calls: list[Call]
    taking_part: int
    ended: list[tuple[str, int]]  # how they ended, and how many did
    funnel: Funnel
    map: CountryMap
    page: Page
    publishing: list[Publishing]  # of those on this page of the list

    @property
    def is_open(self) -> bool:
        """Whether a municipality can apply: some call has a deadline, and it lies ahead."""
        return any(call.due_at for call in self.calls)

    @property
    def donors(self) -> list[Partner]:
        return [one for one in self.partners if one.role == Partner.Role.DONOR]

    @property
    def others(self) -> list[Partner]:
        return [one for one in self.partners if one.role != Partner.Role.DONOR]

    @property
    def period(self) -> str:
        return period_of(self.programme)

    @property
    def country(self) -> str:
        return str(Country(self.programme.country).label)


def period_of(programme: Programme) -> str:
    """As it was stated; from–until where a reader of English would find Serbian words."""
    told = programme.period
    ends = [str(told[end])[:4] for end in ("from", "until") if told.get(end)]
    years = "–".join(dict.fromkeys(ends))
    if get_language() == "en" and years:
        return years
    return in_script(told.get("stated") or years)


def programme_page(programme: Programme, number: str | None) -> ProgrammePage:
    """`number` is that of the page of the list of municipalities."""
    groups = groups_of(programme)
    running = sum(group.number for group in groups if group.stage in OPEN)
    calls = Call.objects.not_over().filter(track__programme=programme).with_names()
    page = Paginator(listed(programme), A_PAGE).get_page(number)
    return ProgrammePage(
        programme=programme,
        partners=list(programme.partners.all()),
        tracks=tracks_of(programme),
        calls=list(calls.order_by(F("due_at").asc(nulls_last=True), "pk")),
        taking_part=running,
        ended=ended(groups),
        funnel=funnel(programme, groups),
        map=country_map(Country(programme.country), marks(programme)),
        page=page,
        publishing=publishing(list(page.object_list)),
    )


def publishing(participations: list[Participation]) -> list[Publishing]:
    """Those that have something to show, in the order of the list."""
    panels = public_panels_of(participations)
    return [Publishing(one, panels[one.pk]) for one in participations if panels[one.pk]]


def tracks_of(programme: Programme) -> list[PublicTrack]:
    points = open_points_of(programme)
    rows = programme.tracks.with_places_taken().order_by("pk")
    return [PublicTrack(track, points.get(track.pk, [])) for track in rows]


def listed(programme: Programme) -> Any:
    """The participations by the alphabet of their municipalities."""
    rows = Participation.objects.public().filter(programme=programme)
    named = rows.select_related("municipality__parent", "track")
    return named.order_by("municipality__sort_key", "municipality__code", "pk")


def groups_of(programme: Programme) -> list[Group]:
    """One query, as many rows as there are procedures and stages."""
    rows: Any = Participation.objects.public().filter(programme=programme).order_by()
    told = rows.values_list("procedure", "stage", "reached")
    return [Group(*row) for row in told.annotate(Count("pk"))]


def ended(groups: list[Group]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for group in groups:
        counted[group.stage] += group.number
    closed = [stage for stage in Stage if stage not in OPEN and counted[stage]]
    return [(str(stage.label), counted[stage]) for stage in closed]


def funnel(programme: Programme, groups: list[Group]) -> Funnel:
    """How many reached each stage: whoever stands at a stage has been at those before it."""
    versions = Procedure.objects.filter(track__programme=programme).order_by()
    routes = dict(versions.values_list("pk", "rules__route"))
    asked = {stage for route in routes.values() for stage in route}
    rows = [
        FunnelStage(
            str(stage.label),
            reached=sum(one.number for one in groups if has_reached(one, stage, routes)),
            standing=sum(one.number for one in groups if one.stage == stage),
        )
        for stage in SHOWN
        if stage in asked
    ]
    return Funnel(_("How many reached each stage"), _("Stage"), rows)


def has_reached(group: Group, stage: Stage, routes: dict[int, list[str]]) -> bool:
    if stage not in routes[group.procedure]:
        return False
    return group.reached == Stage.COMPLETED or OPEN.index(stage) <= OPEN.index(Stage(group.reached))


def marks(programme: Programme) -> dict[str, MapMark]:
    """By code, each municipality that takes part; its public page lists every participation."""
    running = Participation.objects.filter(programme=programme, stage__in=SHOWN)
    language = get_language()
    return {
        code: mark(numbers, reverse("public:municipality", args=[language, code]))
        for code, numbers in standing(running).items()
    }
