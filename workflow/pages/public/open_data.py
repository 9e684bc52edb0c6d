"""Open data: programmes and participations as rows, for programs of other people.

A row is the same whoever reads it and in whatever language: stages are keys, names stand in every
script and language there is. Rows are streamed, with two statements for any number of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Count, Prefetch
from django.utils.translation import gettext_lazy as _

from web.script.content import localized
from workflow.audit.models import Entry
from workflow.models import Participation, Partner, Programme
from workflow.stages import OPEN, Stage

LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/"
CHUNK = 2000  # rows fetched at a time
DATED = [stage for stage in Stage if stage != Stage.REJECTED]

Row = dict[str, Any]
Days = dict[str, date]  # by stage


@dataclass(frozen=True)
class Column:
    """A column: its name in the file, and a sentence on what it holds."""

    name: str
    sentence: Any


@dataclass(frozen=True)
class Table:
    """What can be fetched under one name, as CSV and as JSON."""

    name: str
    label: Any
    columns: list[Column]
    rows: Callable[[], Iterator[Row]]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


NAMES = [
    ("sr_cyrl", "sr", _("Name in Serbian, Cyrillic script.")),
    ("sr_latn", "sr-latn", _("Name in Serbian, Latin script.")),
    ("en", "en", _("Name in English.")),
]


def names_of(what: str) -> list[Column]:
    return [Column(f"{what}_{tag}", sentence) for tag, _code, sentence in NAMES]


def named(what: str, content: Any) -> Row:
    return {f"{what}_{tag}": localized(content, code) for tag, code, _sentence in NAMES}


# Programmes


def programme_rows() -> Iterator[Row]:
    """One row for each programme. Three queries."""
    donors = Prefetch("partners", Partner.objects.filter(role=Partner.Role.DONOR))
    public = Participation.objects.public().order_by().values_list("programme")
    numbers = dict(public.annotate(Count("pk")))
    for programme in Programme.objects.order_by("key").prefetch_related(donors):
        period, giving = programme.period, programme.partners.all()
        yield {
            "programme": programme.key,
            **named("name", programme.name),
            "country": programme.country,
            "period_from": str(period.get("from") or ""),
            "period_until": str(period.get("until") or ""),
            "period_stated": localized(period.get("stated"), "sr-latn"),
            "amount_stated": localized(programme.amount_stated, "en"),
            "donors": "; ".join(localized(one.name, "en") for one in giving),
            "participations": numbers.get(programme.pk, 0),
            "is_sample": programme.is_sample,
        }


PROGRAMMES = Table(
    "programmes",
    _("Programmes"),
    [
        Column("programme", _("The key of the programme; it never changes.")),
        *names_of("name"),
        Column("country", _("The country in two letters, by the international standard.")),
        Column("period_from", _("First year or day, where it is known.")),
        Column("period_until", _("Last year or day, where it is known.")),
        Column("period_stated", _("The period in the words of the source.")),
        Column("amount_stated", _("The amount in the words of the source, never corrected.")),
        Column("donors", _("Donors by their English names, with semicolons between them.")),
        Column("participations", _("How many public participations the programme has.")),
        Column("is_sample", _("Whether the programme is invented, to show how Koraci works.")),
    ],
    programme_rows,
)


# Participations

FROM_THE_ROW = [
    "pk", "reference", "stage", "reached", "programme__key", "track__key", "track__name",
    "municipality__code", "municipality__name_latin", "municipality__name_cyrillic",
    "municipality__country", "programme__is_sample",
]  # fmt: skip


def participation_rows() -> Iterator[Row]:
    """One row for each public participation, in the order in which they were opened."""
    cases = Participation.objects.public().order_by("pk").values(*FROM_THE_ROW)
    moves = Entry.objects.transitions().filter(
        participation__in=Participation.objects.public().order_by().values("pk")
    )
    told = moves.order_by("participation_id", "version").values_list(
        "participation_id", "source", "target", "decided_on"
    )
    pairs = joined(cases.iterator(chunk_size=CHUNK), told.iterator(chunk_size=CHUNK))
    for case, lines in pairs:
        yield participation_row(case, days_of(case["reached"], lines))


def joined(cases: Iterable[Row], moves: Iterable[tuple]) -> Iterator[tuple[Row, list[tuple]]]:
    """Each case with its own moves, of two streams that are both in the order of its key.

    A participation that was opened between the two statements has moves and no case.
    """
    groups = groupby(moves, key=itemgetter(0))
    pk, group = next(groups, (None, iter(())))
    for case in cases:
        while pk is not None and pk < case["pk"]:
            pk, group = next(groups, (None, iter(())))
        yield case, list(group) if pk == case["pk"] else []


def days_of(reached: str, moves: Iterable[tuple]) -> Days:
    """When entering each stage was decided: the last time, and no stage from which it went back."""
    days = {target: day for _pk, source, target, day in moves if source != target}
    if reached not in OPEN:
        return days
    ahead = OPEN[OPEN.index(Stage(reached)) + 1 :]
    return {stage: day for stage, day in days.items() if stage not in ahead}


def participation_row(case: Row, days: Days) -> Row:
    return {
        "participation": case["reference"],
        "programme": case["programme__key"],
        "track": case["track__key"],
        **named("track", case["track__name"]),
        "municipality": case["municipality__code"],
        "municipality_sr_latn": case["municipality__name_latin"],
        "municipality_sr_cyrl": case["municipality__name_cyrillic"],
        "country": case["municipality__country"],
        "stage": case["stage"],
        **{f"{stage}_on": iso(days.get(stage)) for stage in DATED},
        "is_sample": case["programme__is_sample"],
    }


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


PARTICIPATIONS = Table(
    "participations",
    _("Participations"),
    [
        Column("participation", _("The reference of the participation; it never changes.")),
        Column("programme", _("The key of the programme, as in the table of programmes.")),
        Column("track", _("The key of the track: a component with its own rules and places.")),
        *names_of("track"),
        Column("municipality", _("The code of the municipality in the register.")),
        Column("municipality_sr_latn", _("Name in Serbian, Latin script.")),
        Column("municipality_sr_cyrl", _("Name in Serbian, Cyrillic script.")),
        Column("country", _("The country in two letters, by the international standard.")),
        Column("stage", _("Where it stands now, as a key; the keys are listed below.")),
        *[
            Column(f"{stage}_on", _("The day on which this stage was decided, or nothing."))
            for stage in DATED
        ],
        Column("is_sample", _("Whether the programme is invented, to show how Koraci works.")),
    ],
    participation_rows,
)

TABLES = [PROGRAMMES, PARTICIPATIONS]
