"""Counting: one pass over the entries of many participations, in the memory of one.

What the columns of an entry say is enough, with two exceptions that are read from the canonical
text of few entries: the version of the procedure (the first entry, and where it changes), and
what became of a step where the verb alone does not say it.
"""

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db.models import Case, Q, QuerySet, TextField, Value, When

from workflow.audit.models import Entry
from workflow.figures.life import Life, Told
from workflow.figures.rulebook import Rulebooks, rulebooks_of
from workflow.figures.tally import Tally
from workflow.figures.turns import BECOMES
from workflow.models import Participation

CHUNK = 2000  # rows fetched at a time
STEP_VERBS = ["open_step", "hand_in", "propose", "decline", *BECOMES]
HEARD = (
    Q(version__isnull=False)
    | Q(step__isnull=False, verb__in=STEP_VERBS)
    | Q(verb__in=["change_procedure", "return_application", "submit_application"])
)
# A step may open as one that does not apply; nothing but the text of its entry says so.
NEEDS_ITS_TEXT = Q(verb__in=["open", "change_procedure", "propose", "decline"]) | Q(
    verb="open_step", canonical__contains='"status":"not_applicable"'
)


def count(
    participations: QuerySet[Participation], tracks: Collection[int], at: datetime
) -> dict[int, Tally]:
    """What the log says up to `at` of these participations, for each of their tracks."""
    books = rulebooks_of(tracks)
    tallies = {track: blank(books, track) for track in tracks}
    for life, track in lives(participations, books):
        life.end(at)
        life.add_to(tallies[track])
    return tallies


def blank(books: Rulebooks, track: int) -> Tally:
    """Nobody yet, at every stage of the route and under the limits that the track has now."""
    tally = Tally()
    for book in list(books[track].values())[:1]:
        for stage in book.route:
            tally.funnel[stage]["participations"] = 0
            if book.limits[stage]:
                tally.limits[stage][str(book.limits[stage])] = 0
    return tally


def lives(participations: QuerySet[Participation], books: Rulebooks) -> Iterator[tuple[Life, int]]:
    """Each participation that has entries, told to the end, and its track."""
    for _pk, lines in groupby(told_of(participations), key=attrgetter("participation")):
        yield told_to_the_end(lines, books)


def told_to_the_end(lines: Iterable[Told], books: Rulebooks) -> tuple[Life, int]:
    first = next(iter(lines))
    life = Life(books[first.track], first.municipality)
    life.hear(first)
    for told in lines:
        life.hear(told)
    return life, first.track


def told_of(participations: QuerySet[Participation]) -> Iterator[Told]:
    """The entries that figures are made of, in order; one statement, streamed."""
    text = Case(When(NEEDS_ITS_TEXT, then="canonical"), default=Value("", output_field=TextField()))
    rows = Entry.objects.filter(HEARD, participation__in=participations.order_by().values("pk"))
    columns = rows.in_order().values_list(
        "participation", "participation__track", "participation__municipality", "version", "verb",
        "target", "decided_on", "recorded_us", "step", "step__key", text,
    )  # fmt: skip
    return map(Told._make, columns.iterator(chunk_size=CHUNK))
