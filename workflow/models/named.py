"""Participations with what they name, asked for after their keys.

An index gives the keys in order; then the few rows are read by key, and what they name once for
all of them. Joined into one statement, the database would plan longer than it reads, sort wide
rows, and repeat the same programme in each of them.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Prefetch, prefetch_related_objects

from municipalities.models import Municipality
from workflow.models.application import Application
from workflow.models.participation import Participation

LONG_TEXTS = ["summary", "situation", "contact", "remarks"]


def in_order_of(pks: Sequence[int]) -> list[Participation]:
    """The participations with these primary keys, in their order. One query."""
    found = Participation.objects.in_bulk(pks)
    return [found[pk] for pk in pks if pk in found]


def named(participations: Iterable[Participation], *more: str) -> list[Participation]:
    """The same rows with municipality, track and the lead of the application at hand.

    `more` names what else is to be there. One query for each kind, however many rows.
    """
    rows = list(participations)
    units = Municipality.objects.select_related("parent")
    applications = Application.objects.defer(*LONG_TEXTS).select_related("lead__parent")
    prefetch_related_objects(
        rows,
        Prefetch("municipality", units),
        "track",
        Prefetch("application", applications.annotate(taking_part=Count("members"))),
        *more,
    )
    return rows
