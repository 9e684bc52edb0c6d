"""Keeping what was counted, so that a page costs the same at 24 participations and at 100,000.

Counting grows with the log; reading does not. So the result is kept, one row for each programme
and each track. Where a scope is small, whoever asks counts anew what is out of date; for a large
one the clock does (`manage.py figures`), and until then the page says as of when it speaks.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from workflow.audit.snapshot import one_snapshot
from workflow.figures.cohort import Cohort, Spread, cohort
from workflow.figures.counting import count
from workflow.figures.tally import sum_of, tally_of
from workflow.models import Figures, Participation, Programme, Track

Scope = Programme | Track
LARGE = 500  # participations; so many are counted in about the time of a slow page
REPLACED = [
    "counted_at", "seconds", "participations", "entries", "counts", "quartiles", "days",
]  # fmt: skip
Numbers = tuple[int, int]  # participations, entries in their log
NONE: Numbers = (0, 0)


def cohort_of(scope: Scope) -> Cohort | None:
    """The figures of a programme or a track; None where it is large and never was counted."""
    return cohorts_of([scope])[0]


def cohort_seen_by(user: Any) -> Cohort | None:
    """The figures of all that the person may see, programmes and single participations together.

    As of the oldest of them; None where one of the programmes was never counted.
    """
    programmes = list(Programme.objects.visible_to(user).order_by("pk"))
    others = counted_now(Participation.objects.visible_to(user).exclude(programme__in=programmes))
    if len(programmes) == 1 and not others.participations:
        return cohort_of(programmes[0])
    return added_up([others, *cohorts_of(programmes, to_add_up=True)])


def added_up(cohorts: Sequence[Cohort | None]) -> Cohort | None:
    there = [one for one in cohorts if one]
    if len(there) < len(cohorts):
        return None
    return cohort(sum_of(one.tally for one in there), min(one.counted_at for one in there))


def counted_now(participations: Any) -> Cohort:
    """Counted and not kept: the few that a municipality or a mentor has outside programmes."""
    at = timezone.now()
    tracks = set(participations.values_list("track", flat=True))
    tallies = count(participations, tracks, at) if tracks else {}
    return cohort(sum_of(tallies.values()), at)


def cohorts_of(scopes: Sequence[Scope], *, to_add_up: bool = False) -> list[Cohort | None]:
    """For each programme, or each track, what is kept, or counted anew where it is small."""
    kept = kept_of(scopes, with_days=to_add_up)
    small = [one for one in scopes if one.pk not in kept or kept[one.pk].participations <= LARGE]
    present = numbers_of(small)
    return [
        renew(one)
        if one in small and must_count(kept.get(one.pk), present.get(one.pk, NONE))
        else read(kept.get(one.pk), with_days=to_add_up)
        for one in scopes
    ]


def must_count(kept: Figures | None, present: Numbers) -> bool:
    return present[0] <= LARGE and not is_current(kept, present)


def is_current(kept: Figures | None, present: Numbers) -> bool:
    """No entry was added since, and it is the same day: days run on without any entry."""
    if kept is None or (kept.participations, kept.entries) != present:
        return False
    return timezone.localdate(kept.counted_at) == timezone.localdate()


def out_of_date(programmes: Sequence[Programme]) -> list[Programme]:
    """Those of them, small or large, whose kept figures are not what a count would give."""
    kept, present = kept_of(programmes), numbers_of(programmes)
    return [
        one for one in programmes if not is_current(kept.get(one.pk), present.get(one.pk, NONE))
    ]


def kept_of(scopes: Sequence[Scope], *, with_days: bool = False) -> dict[int, Figures]:
    """What is kept, by programme or by track. One query."""
    if not scopes:
        return {}
    kind = kind_of(scopes[0])
    rows = Figures.objects.filter(**{f"{kind}__in": scopes})
    rows = rows if with_days else rows.defer("days")
    return {getattr(row, f"{kind}_id"): row for row in rows}


def numbers_of(scopes: Sequence[Scope]) -> dict[int, Numbers]:
    """Participations and entries as they are now. An entry is never deleted, so heads tell all."""
    if not scopes:
        return {}
    kind = kind_of(scopes[0])
    rows = Participation.objects.filter(**{f"{kind}__in": scopes}).order_by().values_list(kind)
    counted = rows.annotate(Count("pk"), Sum("head_seq"))
    return {pk: (participations, entries) for pk, participations, entries in counted}


def kind_of(scope: Scope) -> str:
    return "programme" if isinstance(scope, Programme) else "track"


def read(kept: Figures | None, *, with_days: bool) -> Cohort | None:
    if kept is None:
        return None
    spreads = {
        name: {stage: Spread(*numbers) for stage, numbers in row.items()}
        for name, row in kept.quartiles.items()
    }
    return Cohort(tally_of(kept.counts, kept.days if with_days else {}), spreads, kept.counted_at)


def renew(scope: Scope) -> Cohort:
    """Count a programme, with each of its tracks, or one track, and keep the result."""
    began, at = time.monotonic(), timezone.now()
    with one_snapshot():
        tracks = [scope] if isinstance(scope, Track) else list(scope.tracks.order_by("pk"))
        entries = {pk: number for pk, (_there, number) in numbers_of(tracks).items()}
        tallies = count(scope.participations.all(), [track.pk for track in tracks], at)
    seconds = time.monotonic() - began
    apart = {track: cohort(tallies[track.pk], at) for track in tracks}
    rows = [row(one, entries.get(on.pk, 0), seconds, track=on) for on, one in apart.items()]
    keep("track", rows)
    if isinstance(scope, Track):
        return apart[scope]
    whole = cohort(sum_of(tallies.values()), at)
    keep("programme", [row(whole, sum(entries.values()), seconds, programme=scope)])
    return whole


def row(counted: Cohort, entries: int, seconds: float, **scope: Any) -> Figures:
    return Figures(
        counted_at=counted.counted_at,
        seconds=seconds,
        participations=counted.participations,
        entries=entries,
        counts=counted.tally.counts(),
        quartiles={
            name: {stage: astuple(spread) for stage, spread in spreads.items()}
            for name, spreads in counted.spreads.items()
        },
        days=counted.tally.days(),
        **scope,
    )


def keep(kind: str, rows: Iterable[Figures]) -> None:
    """Put these in the place of earlier ones; two that count at once do not disturb each other."""
    Figures.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=[kind], update_fields=REPLACED
    )
