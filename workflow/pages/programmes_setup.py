"""Set-up of a programme: the versions of its procedures, and what a new file would do."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from web.charts.route import Route
from web.script.content import localized
from workflow.models import Participation, Procedure, Programme, Track
from workflow.pages.procedure import Rules, changes_in_words
from workflow.pages.programmes_stages import Anybody, route_of, way_on
from workflow.rules import Problem
from workflow.rules.open_points import OpenPoint, open_points
from workflow.rules.words import STAGES
from workflow.services.procedures import Change
from workflow.stages import OPEN, Stage

SHOWN_AT_MOST = 50


@dataclass(frozen=True)
class VersionLine:
    """One version of a procedure, and how many running participations follow it."""

    procedure: Procedure
    followers: int


@dataclass(frozen=True)
class TrackVersions:
    """The versions of one track, the newest first; `behind` follow an older one."""

    track: Track
    versions: list[VersionLine]
    behind: int


def versions_of(programme: Programme) -> list[TrackVersions]:
    """Every track with its versions. Three queries."""
    rows = Procedure.objects.filter(track__programme=programme).select_related("loaded_by")
    by_track: dict[int, list[Procedure]] = {}
    for one in rows.defer("text", "rules").order_by("-version"):
        by_track.setdefault(one.track_id, []).append(one)
    followers = followers_of(programme)
    tracks = programme.tracks.order_by("pk")
    return [one_track(track, by_track.get(track.pk, []), followers) for track in tracks]


def followers_of(programme: Programme) -> dict[int, int]:
    running = Participation.objects.filter(programme=programme, stage__in=OPEN).order_by()
    return dict(running.values_list("procedure").annotate(Count("pk")))


def one_track(track: Track, those: list[Procedure], followers: dict[int, int]) -> TrackVersions:
    lines = [VersionLine(one, followers.get(one.pk, 0)) for one in those]
    return TrackVersions(track, lines, sum(line.followers for line in lines[1:]))


@dataclass(frozen=True)
class Behind:
    """Running participations that follow an older version than the newest of their track."""

    participation: Participation
    newest: int


def behind(tracks: Iterable[TrackVersions]) -> list[Behind]:
    """The first of them, for links to the page that moves one. One query."""
    newest = {one.track.pk: one.versions[0].procedure for one in tracks if one.behind}
    rows = Participation.objects.filter(track__in=newest, stage__in=OPEN)
    rows = rows.exclude(procedure__in=newest.values())
    rows = rows.select_related("municipality__parent", "track")
    ordered = rows.order_by("track", "municipality__sort_key", "pk")[:SHOWN_AT_MOST]
    return [Behind(one, newest[one.track_id].version) for one in ordered]


# A file that is broken


@dataclass(frozen=True)
class Branch:
    """A part of the file with the problems in it: a stage, the track, its head."""

    label: str
    problems: list[Problem]
    branches: list["Branch"]

    @property
    def count(self) -> int:
        return len(self.problems) + sum(one.count for one in self.branches)


def tree_of(problems: Iterable[Problem]) -> list[Branch]:
    """The problems by part of the file; those of a stage by its steps."""
    parts: dict[str, dict[str, list[Problem]]] = {}
    for problem in problems:
        part, step = place_of(problem.key)
        parts.setdefault(part, {}).setdefault(step, []).append(problem)
    return [
        Branch(
            part,
            steps.get("", []),
            [Branch(step, those, []) for step, those in steps.items() if step],
        )
        for part, steps in parts.items()
    ]


def place_of(key: str) -> tuple[str, str]:
    """ "stages.memorandum.steps[0].role": “Stage: Memorandum”, “Step 1”."""
    first, *rest = key.split(".")
    if first != "stages" or not rest:
        return (_("Part “%s”") % first if first else _("The whole file")), ""
    stage = Stage(rest[0]).label if rest[0] in STAGES else rest[0]
    number = rest[1].removeprefix("steps[").rstrip("]") if len(rest) > 1 else ""
    step = _("Step %d") % (int(number) + 1) if number.isdecimal() else ""
    return _("Stage “%s”") % stage, step


# A file that is sound


@dataclass(frozen=True)
class ChangeGroup:
    """Running participations for which a version would change the same."""

    stage: str
    words: list[str]
    stranded: bool
    participations: list[Participation]

    @property
    def shown(self) -> list[Participation]:
        return self.participations[:SHOWN_AT_MOST]

    @property
    def more(self) -> int:
        return len(self.participations) - len(self.shown)


@dataclass(frozen=True)
class Rehearsal:
    """What a sound file would do: `newest` is the version in force, None for a new track."""

    rules: Rules
    newest: Procedure | None
    groups: list[ChangeGroup]
    unchanged: int
    open_points: list[OpenPoint]
    dead_ends: list[str]
    route: Route

    @property
    def track_name(self) -> str:
        return localized(self.rules["track"]["name"])

    @property
    def next_version(self) -> int:
        return self.newest.version + 1 if self.newest else 1

    @property
    def is_nothing(self) -> bool:
        """It says the same as the version in force."""
        return self.newest is not None and self.newest.rules == self.rules

    @property
    def running(self) -> int:
        return self.unchanged + sum(len(group.participations) for group in self.groups)


def rehearsal(
    text: bytes, rules: Rules, newest: Procedure | None, changes: list[Change]
) -> Rehearsal:
    """In words what `rehearse` found; writes nothing."""
    procedure = Procedure(rules=rules)
    return Rehearsal(
        rules,
        newest,
        groups_of([one for one in changes if one], procedure),
        sum(not one for one in changes),
        open_points(text, rules),
        dead_ends(procedure),
        route_of(procedure, None, ""),
    )


def dead_ends(procedure: Procedure) -> list[str]:
    """Stages of the route from which the lifecycle knows no way to the next one."""
    track = Track()
    track.places_taken = 0  # type: ignore[attr-defined]
    return [
        str(Stage(stage).label)
        for stage in procedure.route
        if way_on(Anybody(procedure, track, stage)) is None
    ]


def groups_of(changes: Iterable[Change], procedure: Procedure) -> list[ChangeGroup]:
    """Those for which the same changes stand together, in the order of the stages."""
    alike: dict[tuple[Any, ...], list[Change]] = {}
    for change in changes:
        stage = change.participation.stage
        told = (*change.new, "/", *change.gone, "/", *change.changed)
        alike.setdefault((OPEN.index(stage), change.stranded, told), []).append(change)
    return [group_of(those, procedure) for _key, those in sorted(alike.items())]


def group_of(those: list[Change], procedure: Procedure) -> ChangeGroup:
    first = those[0]
    stage = first.participation.stage
    titles = {step.key: step.title for step in first.participation.present_steps}
    titles |= {rule["key"]: localized(rule["title"]) for rule in procedure.steps_of(stage)}
    named = [[titles[key] for key in keys] for keys in (first.new, first.gone, first.changed)]
    return ChangeGroup(
        str(Stage(stage).label),
        changes_in_words(*named),
        first.stranded,
        [change.participation for change in those],
    )
