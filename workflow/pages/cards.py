"""The cards of a board: which of them stand in each column, and what they say.

The index of the participation is in the order of the columns, so that the most urgent of a
hundred thousand are found like those of a hundred.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import CharField, F, Value
from django.db.models.lookups import IsNull
from django.utils import timezone

from workflow.models import Participation
from workflow.models.named import in_order_of, named
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.filters import mentorships
from workflow.stages import Stage

SOON = "soon"
SOON_AT_MOST = 12
AHEAD = timedelta(days=14)
# What is ready first, what has no date last; the index of the participation is in this order.
BY_URGENCY: list[Any] = ["-is_ready", IsNull(F("next_due_at"), True), "next_due_at"]
BY_DUE: list[Any] = ["next_due_at"]  # the same among those that are due


@dataclass(frozen=True)
class Card:
    """One participation on the board."""

    participation: Participation
    days: int
    colour: str
    mentors: list[str] = field(default_factory=list)


def most_urgent(
    rows: ParticipationQuerySet, stages: list[Stage], order: list[Any], at_most: int
) -> dict[str, list[Card]]:
    """By stage its most urgent cards, and under SOON those due next, wherever they stand.

    An index answers each of these; all of them are one statement, the rows another.
    """
    now = timezone.now()
    ahead = rows.filter(next_due_at__gte=now, next_due_at__lt=now + AHEAD)
    parts = {str(stage): rows.filter(stage=stage).order_by(*order) for stage in stages}
    firsts = [first_of(part, name, at_most) for name, part in parts.items()]
    firsts.append(first_of(ahead.order_by("next_due_at", "pk"), SOON, SOON_AT_MOST))
    keys = list(firsts[0].union(*firsts[1:], all=True))
    cards = {one.pk: card(one) for one in named(in_order_of([pk for pk, _name in keys]))}
    found: dict[str, list[Card]] = {name: [] for name in [*parts, SOON]}
    for pk, name in keys:
        found[name].append(cards[pk])
    return {name: sorted(here, key=urgency_of) for name, here in found.items()}


def first_of(rows: ParticipationQuerySet, name: str, at_most: int) -> Any:
    """The keys of the first of these, each with `name`, as a part of a longer statement."""
    first = Participation.objects.filter(pk__in=rows.values("pk")[:at_most])
    return first.values_list("pk", Value(name, CharField()))


def urgency_of(card: Card) -> tuple[bool, bool, Any, int]:
    """Sort key: as `BY_URGENCY`."""
    one = card.participation
    return (not one.is_ready, one.next_due_at is None, one.next_due_at or 0, one.pk)


def card(participation: Participation) -> Card:
    days = (timezone.localdate() - participation.entered_on).days
    return Card(participation, days, colour(participation))


def name_mentors(cards: list[Card]) -> None:
    """The names of the mentors of these, for those who may read them. One query."""
    by_pk = {card.participation.pk: card for card in cards}
    for mandate in mentorships().filter(place_id__in=by_pk).select_related("user").order_by("pk"):
        by_pk[mandate.place_id].mentors.append(str(mandate.user))


def last_day(participation: Participation) -> date:
    """The day that its next deadline names: it is over when that day ends."""
    moment = participation.next_due_at or timezone.now()
    return timezone.localdate(moment - timedelta(microseconds=1))


def colour(participation: Participation) -> str:
    """The bar at the left: late or soon. The words say the same."""
    due, now = participation.next_due_at, timezone.now()
    if due is None or participation.is_ready:
        return ""
    return "late" if due < now else "soon" if (due - now).days < 7 else ""
