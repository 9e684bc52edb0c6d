"""The board of one programme: tiles, a column for each stage, and what is due soon.

It reads what the doors keep with each participation (workflow/glance.py) and counts in the
database, so that it asks the same few queries of a hundred participations and of a hundred
thousand.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from operator import itemgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef
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
from workflow.pages.cards import BY_DUE, BY_URGENCY, SOON, Card, last_day, most_urgent, name_mentors
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
READY_AT_MOST = 8
TRACKS_AT_MOST = 50  # that the filter offers
COUNTED = 1_000  # of one kind; beyond it the board says "1,000+"
Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Tile:
    """A number that leads to its list; `colour` is a class of the kit, the words say the same."""

    number: str
    label: str
    address: str
    colour: str = ""


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
    programme: Programme
    track: Track | None
    filters: Filters
    tiles: list[Tile]
    columns: list[Column]
    soon: list[Card]
    total: int
    has_more_tracks: bool  # than the filter offers
    chips: list[dict[str, str]]
    choices: Choices

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
    programmes = programmes_of(user)
    if not programmes:
        return None
    filters = Filters.of(asked)
    programme = next((one for one in programmes if one.key == filters.programme), programmes[0])
    filters.programme = programme.key
    tracks = tracks_of(programme, filters.track)
    choices = choices_of(programmes, programme, tracks)
    if programme.pk in reach(user, "view_people").programmes:
        choices["mentor"] = mentors(programme.pk)
    else:
        filters.mentor = ""  # whoever reads no names must not learn them by asking
    return drawn(user, filters, programme, tracks, choices)


def programmes_of(user: Any) -> list[Programme]:
    """Those with tracks that a mandate of this person is over; samples last, then empty ones."""
    seen = Programme.objects.filter(pk__in=reach(user).programmes)
    taking_part = Participation.objects.filter(programme=OuterRef("pk"))
    in_use = seen.filter(Exists(Track.objects.filter(programme=OuterRef("pk"))))
    in_use = in_use.annotate(is_empty=~Exists(taking_part))
    return list(in_use.order_by("is_empty", "is_sample", "pk"))


def tracks_of(programme: Programme, chosen: str) -> list[Track]:
    """The first of them, and the chosen one wherever it stands; the search finds the others."""
    own = programme.tracks.order_by("pk")
    offered = list(own[: TRACKS_AT_MOST + 1])
    if chosen and chosen not in [track.key for track in offered]:
        offered[:0] = own.filter(key=chosen)
    return offered


def choices_of(programmes: list[Programme], programme: Programme, tracks: list[Track]) -> Choices:
    """What each filter offers: value and words."""
    return {
        "programme": in_alphabet([(one.key, str(one)) for one in programmes], itemgetter(1)),
        "track": [(track.key, str(track)) for track in tracks[:TRACKS_AT_MOST]],
        "area": areas(programme.country),
        "stage": [(stage.value, str(stage.label)) for stage in OPEN],
        "due": deadlines_offered(),
    }


def drawn(
    user: Any, filters: Filters, programme: Programme, tracks: list[Track], choices: Choices
) -> Board:
    rows = Participation.objects.filter(programme=programme)
    rows = filtered(rows, replace(filters, programme=""), user)
    counted = counts(rows, programme.pk, only_due=bool(filters.due))
    names = {field: dict(rows).get(getattr(filters, field), "") for field, rows in choices.items()}
    names |= names_of(filters) if filters.municipality else {}
    stages = [stage for stage in OPEN if filters.stage in ("", stage)]
    order = BY_DUE if filters.due else BY_URGENCY
    found = most_urgent(rows, stages, order, ALONE if filters.stage else A_COLUMN)
    if "mentor" in choices:
        name_mentors([card for stage in stages for card in found[stage]])
    return Board(
        programme=programme,
        track=next((one for one in tracks if one.key == filters.track), None),
        has_more_tracks=len(tracks) > TRACKS_AT_MOST,
        filters=filters,
        tiles=tiles(counted, filters),
        columns=columns(stages, counted, found, filters),
        soon=found[SOON],
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


def counts(rows: ParticipationQuerySet, programme: int, *, only_due: bool) -> dict[str, int]:
    """How many stand in each open stage, are late, due soon, ready. One query.

    It counts as far as `COUNTED` and no further: so it takes no longer in a programme of a
    hundred thousand.
    """
    asked = {str(stage): rows.filter(stage=stage) for stage in OPEN}
    asked |= {"late": rows.filter(late()), "soon": rows.filter(soon())}
    ready = rows.filter(stage__in=OPEN, is_ready=True)
    asked |= {"ready": rows.none() if only_due else ready}  # once it is ready nothing is due
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


def columns(
    stages: list[Stage], counted: dict[str, int], cards: dict[str, list[Card]], filters: Filters
) -> list[Column]:
    """Every open stage, also an empty one, with its most urgent cards; one alone if asked for."""
    return [
        Column(
            OPEN.index(stage) + 1,
            stage,
            counted[stage],
            cards[stage],
            filters.address(stage=stage),
        )
        for stage in stages
    ]
