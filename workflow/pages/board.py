"""The board of one programme: tiles, a column for each stage, and what is due soon.

It reads what the doors keep with each participation (workflow/glance.py) and counts in the
database, so that it asks the same few queries of a hundred participations and of a hundred
thousand.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import itemgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef
from django.db.models.lookups import IsNull
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.models import Municipality
from web.script.content import localized
from web.script.fold import in_alphabet
from web.script.numbers import number
from workflow.models import Participation, Programme, Track
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.counting import counted
from workflow.pages.filters import (
    Filters,
    chips,
    deadlines_offered,
    filtered,
    late,
    mentorships,
    names_of,
    soon,
)
from workflow.pages.first import First, first_ready
from workflow.permissions import reach
from workflow.stages import OPEN, Stage

A_COLUMN, ALONE = 12, 60  # cards of a column, and of one that stands alone; the list has the others
READY_AT_MOST, SOON_AT_MOST = 8, 12
AHEAD = timedelta(days=14)
COUNTED = 1_000  # of one kind; beyond it the board says "1,000+"
# What is ready first, what has no date last; the index of the participation is in this order.
BY_URGENCY: list[Any] = ["-is_ready", IsNull(F("next_due_at"), True), "next_due_at"]
Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Tile:
    """A number that leads to its list; `colour` is a class of the kit, the words say the same."""

    number: str
    label: str
    address: str
    colour: str = ""


@dataclass(frozen=True)
class Card:
    """One participation on the board."""

    participation: Participation
    days: int
    colour: str
    mentors: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A stage: how many stand there, the most urgent of them, and where the others are listed."""

    number: int
    stage: Stage
    count: int
    cards: list[Card]
    address: str

    @property
    def told(self) -> str:
        return number_in_words(self.count)

    @property
    def is_cut(self) -> bool:
        return self.count > len(self.cards)


@dataclass(frozen=True)
class Board:
    tracks: list[Track]
    track: Track | None
    filters: Filters
    tiles: list[Tile]
    columns: list[Column]
    soon: list[Card]
    total: int
    chips: list[dict[str, str]]
    choices: Choices

    @property
    def programme(self) -> Programme:
        return self.tracks[0].programme

    @property
    def told(self) -> str:
        """How many are on it; said when a filter has changed the board."""
        told = ngettext("%(n)s participation", "%(n)s participations", self.total)
        return told % {"n": number_in_words(self.total)}

    @property
    def is_narrowed(self) -> bool:
        """Whether there is a filter that can be taken away."""
        return bool(self.chips)

    @property
    def is_long(self) -> bool:
        """Whether a phone should fold its stages."""
        return sum(len(column.cards) for column in self.columns) > A_COLUMN

    @property
    def as_list(self) -> str:
        return self.filters.address()

    @property
    def ready(self) -> list[Card]:
        """The first of those that can move today; they stand first in their columns."""
        cards = [card for column in self.columns for card in column.cards]
        return [card for card in cards if card.participation.is_ready][:READY_AT_MOST]

    @property
    def first(self) -> First | None:
        """One that can move today. On the bare board alone: a filter asks for something else."""
        return first_ready(self.ready[0].participation) if self.ready and not self.chips else None

    @property
    def soon_by_week(self) -> list[tuple[str, list[Card]]]:
        """What is due soon, by when: today, later this week, next."""
        today = timezone.localdate()
        monday = today + timedelta(days=7 - today.weekday())
        parts: dict[str, list[Card]] = {
            _("Today"): [],
            _("This week"): [],
            _("After this week"): [],
        }
        now, week, later = parts.values()
        for card in self.soon:
            day = last_day(card.participation)
            (now if day <= today else week if day < monday else later).append(card)
        return [(label, cards) for label, cards in parts.items() if cards]

    @property
    def taken(self) -> str:
        """ "6 of 8 places taken" in the track that was chosen; "" where none is or none counts."""
        left = self.track.places_left() if self.track else None
        places = self.track.places_number if self.track else None
        if left is None or places is None:
            return ""
        told = {"taken": places - left, "all": places}
        return _("Places taken: %(taken)d of %(all)d.") % told


def board(user: Any, asked: QueryDict) -> Board | None:
    """The board of the programme that was asked for, else of the person's first; None without."""
    tracks = tracks_of(user)
    if not tracks:
        return None
    filters = Filters.of(asked)
    keys = [track.programme.key for track in tracks]
    filters.programme = filters.programme if filters.programme in keys else keys[0]
    own = [track for track in tracks if track.programme.key == filters.programme]
    choices = choices_of(tracks, own)
    if own[0].programme_id in reach(user, "view_people").programmes:
        choices["mentor"] = mentors(own[0].programme_id)
    else:
        filters.mentor = ""  # whoever reads no names must not learn them by asking
    return drawn(user, filters, own, choices)


def tracks_of(user: Any) -> list[Track]:
    """Of the programmes that a mandate of this person is over; samples last, then empty ones."""
    seen = Track.objects.filter(programme__in=reach(user).programmes).select_related("programme")
    taking_part = Participation.objects.filter(programme=OuterRef("programme"))
    in_use = seen.annotate(is_empty=~Exists(taking_part))
    return list(in_use.order_by("is_empty", "programme__is_sample", "programme", "pk"))


def choices_of(tracks: list[Track], own: list[Track]) -> Choices:
    """What each filter offers: value and words."""
    programmes = {track.programme.key: str(track.programme) for track in tracks}
    return {
        "programme": in_alphabet(programmes.items(), itemgetter(1)),
        "track": [(track.key, str(track)) for track in own],
        "area": areas(own[0].programme.country),
        "stage": [(stage.value, str(stage.label)) for stage in OPEN],
        "due": deadlines_offered(),
    }


def drawn(user: Any, filters: Filters, own: list[Track], choices: Choices) -> Board:
    rows = Participation.objects.filter(programme=own[0].programme_id)
    rows = filtered(rows, filters, user)
    counted = counts(rows, own[0].programme_id)
    ahead = rows.filter(next_due_at__gte=timezone.now(), next_due_at__lt=timezone.now() + AHEAD)
    due = with_facts(ahead.order_by("next_due_at", "pk"))[:SOON_AT_MOST]
    names = {field: dict(rows).get(getattr(filters, field), "") for field, rows in choices.items()}
    names |= names_of(filters) if filters.municipality else {}
    found = columns(rows, counted, filters)
    if "mentor" in choices:
        name_mentors([card for column in found for card in column.cards])
    return Board(
        tracks=own,
        track=next((one for one in own if one.key == filters.track), None),
        filters=filters,
        tiles=tiles(counted, filters),
        columns=found,
        soon=[card(one) for one in due],
        total=sum(counted[stage] for stage in OPEN),
        chips=[chip for chip in chips(filters, names) if chip["name"] != "programme"],
        choices=choices,
    )


def areas(country: str) -> list[tuple[str, str]]:
    """The districts or cantons of a country, by the alphabet."""
    rows = Municipality.objects.filter(country=country).exclude(area_latin="")
    named = in_alphabet(rows.values_list("area_latin", "area_cyrillic").distinct(), itemgetter(0))
    return [(latin, localized({"sr": cyrillic or latin, "en": latin})) for latin, cyrillic in named]


def mentors(programme: int) -> list[tuple[str, str]]:
    """Who is mentor of some participation of the programme."""
    own = Participation.objects.filter(pk=OuterRef("place_id"), programme=programme)
    rows = get_user_model().objects.filter(pk__in=mentorships().filter(Exists(own)).values("user"))
    return [(str(one.pk), str(one)) for one in in_alphabet(rows.order_by("pk"))]


def counts(rows: ParticipationQuerySet, programme: int) -> dict[str, int]:
    """How many stand in each open stage, are late, due soon, ready. One query.

    It counts as far as `COUNTED` and no further: so it takes no longer in a programme of a
    hundred thousand.
    """
    here = rows.filter(stage__in=OPEN)
    asked = {str(stage): rows.filter(stage=stage) for stage in OPEN}
    asked |= {"late": here.filter(late()), "soon": here.filter(soon())}
    asked |= {"ready": here.filter(is_ready=True)}
    told = {f"{name}_": counted(found.order_by(), COUNTED + 1) for name, found in asked.items()}
    row: Any = Programme.objects.filter(pk=programme).values(**told).get()
    return {name.removesuffix("_"): number for name, number in row.items()}


def number_in_words(count: int) -> str:
    """ "51"; "1,000+" where nobody counted further."""
    return f"{number(COUNTED)}+" if count > COUNTED else number(count)


def tiles(counted: dict[str, int], filters: Filters) -> list[Tile]:
    standing = sum(counted[stage] for stage in OPEN)
    told = [
        (standing, _("taking part"), filters.address(due="", ready="", stage=""), ""),
        (counted["soon"], _("due in 7 days"), filters.address(due="soon"), "warn"),
        (counted["late"], _("overdue"), filters.address(due="late"), "bad"),
        (counted["ready"], _("ready to advance"), filters.address(ready="1"), "ok"),
    ]
    return [
        Tile(number_in_words(count), label, address, colour)
        for count, label, address, colour in told
    ]


def columns(rows: ParticipationQuerySet, counted: dict[str, int], filters: Filters) -> list[Column]:
    """Every open stage, also an empty one, with its most urgent cards; one alone if asked for."""
    drawn = []
    at_most = ALONE if filters.stage else A_COLUMN
    for place, stage in enumerate(OPEN, 1):
        if filters.stage and filters.stage != stage:
            continue
        count = counted[stage]
        here = rows.filter(stage=stage).order_by(*BY_URGENCY)
        cards = [card(one) for one in with_facts(here)[:at_most]] if count else []
        drawn.append(Column(place, stage, count, cards, filters.address(stage=stage)))
    return drawn


def with_facts(rows: ParticipationQuerySet) -> ParticipationQuerySet:
    """What a card says, in the same query."""
    return rows.select_related("municipality__parent", "track").with_lead()


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
