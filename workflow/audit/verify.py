"""Verifying the log: everything is computed anew from what stands there, nothing is believed.

Entry, chain, seals, head and the sealed count of each track. Reads and reports; repairs nothing.
What it cannot find: a database put back whole to an earlier day, seals included (checkpoints
outside the database answer that), and what somebody writes who also holds the key.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

from django.db.models import CharField, Count, Exists, Max, Min, OuterRef, QuerySet
from django.db.models.functions import Cast
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from workflow.audit.chain import Chain, Why, dashed, sealed
from workflow.audit.log import COLUMNS
from workflow.audit.models import Entry
from workflow.audit.snapshot import one_snapshot

CHUNK = 2000  # rows fetched at a time
IDENTITY = [
    "id", "uuid", "reference", "number", "municipality_id", "track_id", "programme_id",
    "stage", "version", "head_seq", "head_hash", "head_key_id", "head_mac",
]  # fmt: skip
# Fetched as text: a date or an id that somebody spoilt is to be reported, not to stop the reading.
SPOILABLE = {"id", "decided_on"}
WIDTH = len(IDENTITY)  # where the columns of the entry begin in a row
FURTHEST = 1000  # how far from the stated count the sealed count of a track is looked for


@dataclass(frozen=True)
class Damage:
    """The first bad entry of one participation. `seq` 0: not one entry, but all of it."""

    reference: str
    seq: int
    why: Why | str

    def __str__(self) -> str:
        place = gettext("%(reference)s, entry %(seq)d") if self.seq else "%(reference)s"
        return place % {"reference": self.reference, "seq": self.seq} + f": {self.why}"


@dataclass(frozen=True)
class Report:
    """What was verified: how many entries and participations, in how many seconds; damages."""

    entries: int = 0
    participations: int = 0
    seconds: float = 0.0
    damages: list[Damage] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        return not self.damages


def verify(participations: Iterable[Any] | None = None) -> Report:
    """Verify these participations and the counts of their tracks, or without any the whole log.

    One pass over one snapshot, in constant memory; what is written meanwhile is not seen.
    """
    began = time.monotonic()
    damages: list[Damage] = []
    entries = number_of_chains = 0
    with one_snapshot():
        for _pk, rows in groupby(_rows(participations), key=itemgetter(0)):
            number, damage = _walk(rows)
            number_of_chains, entries = number_of_chains + 1, entries + number
            damages += [damage] if damage else []
        damages += _damaged_tracks(participations)
        damages += _orphans() if participations is None else []
    return Report(entries, number_of_chains, time.monotonic() - began, damages)


def _model(name: str) -> Any:
    """A model above this package, reached through the entry's own relations."""
    participation: Any = Entry._meta.get_field("participation").related_model
    return participation if name == "participation" else participation.track.field.related_model


def _rows(participations: Iterable[Any] | None) -> Iterator[tuple[Any, ...]]:
    """Every participation with each of its entries, in order; one statement, streamed."""
    own = [Cast(name, CharField()) if name == "uuid" else name for name in IDENTITY]
    columns = [
        Cast(f"entries__{name}", CharField()) if name in SPOILABLE else f"entries__{name}"
        for name in COLUMNS
    ]
    hashed = [f"entries__{name}" for name in ("canonical", "prev_hash", "entry_hash", "mac")]
    kept = ["entries__reason_kept__salt", "entries__reason_kept__value"]
    chosen = _chosen(participations).order_by("pk", "entries__seq")
    rows = chosen.values_list(*own, *columns, *hashed, *kept)
    return rows.iterator(chunk_size=CHUNK)


def _chosen(participations: Iterable[Any] | None) -> QuerySet[Any]:
    everything = _model("participation").objects.all()
    if participations is None:
        return everything
    if isinstance(participations, QuerySet):
        return everything.filter(pk__in=participations.order_by().values("pk"))
    return everything.filter(pk__in=[one.pk for one in participations])


def _walk(rows: Iterator[tuple[Any, ...]]) -> tuple[int, Damage | None]:
    """How many entries a participation has, and its first damage."""
    first = next(rows)
    walked = Chain(_participation(first[:WIDTH]))
    number, seq, why = 0, 0, None
    for row in chain((first,), rows):
        if row[WIDTH] is None:
            continue  # the line of a participation without any entry
        number += 1
        if not why:
            seq, why = walked.judge(row[WIDTH:])
    if not why:
        seq, why = walked.judge_head()
    return number, Damage(walked.participation.reference, seq, why) if why else None


def _participation(row: tuple[Any, ...]) -> Any:
    values = dict(zip(IDENTITY, row, strict=True))
    return _model("participation")(**values | {"uuid": dashed(values["uuid"])})


def _damaged_tracks(participations: Iterable[Any] | None) -> Iterator[Damage]:
    """Every participation that a track once opened and that is gone, or was never opened by it."""
    tracks = _model("track").objects.order_by("pk")
    if participations is not None:
        programmes = _chosen(participations).order_by().values("programme")
        tracks = tracks.filter(programme__in=programmes)
    there = Count("participations")
    for track in tracks.annotate(there=there, last=Max("participations__number")):
        yield from _damages_of(track)


def _damages_of(track: Any) -> Iterator[Damage]:
    count = sealed_count(track)
    if count is None:
        said = _("The seal on its number of participations does not fit.")
        yield Damage(track.code, 0, Why(said))
    if count == track.opened == track.there == (track.last or 0):
        return
    if count is not None and count != track.opened:
        yield Damage(track.code, 0, Why(_("Its number of participations was changed.")))
    numbers = set(track.participations.values_list("number", flat=True))
    last = track.opened if count is None else count
    for number in sorted(set(range(1, min(last, FURTHEST + len(numbers)) + 1)) - numbers):
        yield Damage(reference_of(track, number), 0, Why(_("It was opened once, and it is gone.")))
    for number in sorted(numbers - set(range(1, last + 1))):
        yield Damage(reference_of(track, number), 0, Why(_("Its track never opened it.")))


def sealed_count(track: Any) -> int | None:
    """The number that the seal was made for: the stated one, else one near it, else None."""
    stated, last = track.opened, track.last or 0
    near = range(max(0, last - FURTHEST), last + FURTHEST) if isinstance(last, int) else []
    for number in (stated, *near):
        track.opened = number
        fits = not sealed(track.opened_mac, *track.opened_facts(), key_id=track.opened_key_id)
        track.opened = stated
        if fits:
            return number
    return None


def reference_of(track: Any, number: int) -> str:
    """How a participation of this number is called, also when its row is gone."""
    return f"{track.code}-{number:03d}"


def _orphans() -> Iterator[Damage]:
    """Entries whose participation is gone; which one it was, its track tells."""
    participation = _model("participation").objects.filter(pk=OuterRef("participation_id"))
    alone = Entry.objects.filter(~Exists(participation)).order_by()
    for pk, seq in alone.values_list("participation_id").annotate(Min("seq")):
        said = _("Its participation is gone, only its entries are left.")
        yield Damage(f"id {pk}", seq, Why(said))
