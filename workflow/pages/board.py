"""The board of one programme: tiles, a column for each stage, and what is due soon.

It reads what the doors keep with each participation (workflow/glance.py) and counts in the
database, so that it asks the same few queries of a hundred participations and of a hundred
thousand.
"""

from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from web.script.content import localized
from web.script.fold import in_alphabet
from workflow.models import Member, Participation, Programme, Track
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.filters import Filters, chips, filtered, late, mentorships, soon
from workflow.permissions import reach
from workflow.stages import OPEN, Stage

A_COLUMN = 12  # cards; the list shows the others
SOON_AT_MOST = 8
Counted = dict[str, dict[str, Any]]  # by stage: all, late, soon, ready
Choices = dict[str, list[tuple[str, str]]]


@dataclass(frozen=True)
class Tile:
    """A number that leads to its list; `colour` is a class of the kit, the words say the same."""

    number: int
    label: str
    address: str
    colour: str = ""


@dataclass(frozen=True)
class Card:
    """One participation on the board."""

    participation: Participation
    days: int
    colour: str
    joint_with: str


@dataclass(frozen=True)
class Column:
    """A stage: how many stand there, the most urgent of them, and where the others are listed."""

    number: int
    stage: Stage
    count: int
    cards: list[Card]
    rest: int
    address: str


@dataclass(frozen=True)
class Board:
    tracks: list[Track]
    track: Track | None
    filters: Filters
    tiles: list[Tile]
    columns: list[Column]
    soon: list[Card]
    chips: list[dict[str, str]]
    choices: Choices

    @property
    def programme(self) -> Programme:
        return self.tracks[0].programme

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
    """Of the programmes that a mandate of this person is over; samples last."""
    seen = Track.objects.filter(programme__in=reach(user).programmes).select_related("programme")
    return list(seen.with_places_taken().order_by("programme__is_sample", "programme", "pk"))


def choices_of(tracks: list[Track], own: list[Track]) -> Choices:
    """What each filter offers: value and words."""
    programmes = {track.programme.key: str(track.programme) for track in tracks}
    return {
        "programme": in_alphabet(programmes.items(), itemgetter(1)),
        "track": [(track.key, str(track)) for track in own],
        "area": areas(own[0].programme.country),
    }


def drawn(user: Any, filters: Filters, own: list[Track], choices: Choices) -> Board:
    rows = Participation.objects.filter(programme=own[0].programme_id)
    rows = filtered(rows, filters, user)
    counted = counts(rows)
    due = with_facts(rows.filter(soon()).order_by("next_due_at", "pk"))[:SOON_AT_MOST]
    names = {field: dict(rows).get(getattr(filters, field), "") for field, rows in choices.items()}
    return Board(
        tracks=own,
        track=next((one for one in own if one.key == filters.track), None),
        filters=filters,
        tiles=tiles(counted, filters),
        columns=columns(rows, counted, filters),
        soon=[card(one) for one in due],
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
    own = Participation.objects.filter(programme=programme).values("pk")
    rows = get_user_model().objects.filter(
        pk__in=mentorships().filter(place_id__in=own).values("user")
    )
    return [(str(one.pk), str(one)) for one in in_alphabet(rows.order_by("pk"))]


def counts(rows: ParticipationQuerySet) -> Counted:
    """For each open stage: how many, how many late, due soon, ready. One query."""
    told = rows.filter(stage__in=OPEN).order_by().values("stage")
    counted = told.annotate(
        all=Count("pk"),
        late=Count("pk", filter=late()),
        soon=Count("pk", filter=soon()),
        ready=Count("pk", filter=Q(is_ready=True)),
    )
    return {row["stage"]: dict(row) for row in counted}


def tiles(counted: Counted, filters: Filters) -> list[Tile]:
    def total(what: str) -> int:
        return sum(row[what] for row in counted.values())

    return [
        Tile(total("all"), _("taking part"), filters.address(due="", ready="", stage="")),
        Tile(total("soon"), _("due in 7 days"), filters.address(due="soon"), "warn"),
        Tile(total("late"), _("overdue"), filters.address(due="late"), "bad"),
        Tile(total("ready"), _("ready to advance"), filters.address(ready="1"), "ok"),
    ]


def columns(rows: ParticipationQuerySet, counted: Counted, filters: Filters) -> list[Column]:
    """Every open stage, also an empty one, with its most urgent cards."""
    drawn = []
    for number, stage in enumerate(OPEN, 1):
        count = counted[stage]["all"] if stage in counted else 0
        here = rows.filter(stage=stage).order_by("-is_ready", F("next_due_at").asc(nulls_last=True))
        cards = [card(one) for one in with_facts(here)[:A_COLUMN]] if count else []
        drawn.append(
            Column(number, stage, count, cards, count - len(cards), filters.address(stage=stage))
        )
    return drawn


def with_facts(rows: ParticipationQuerySet) -> ParticipationQuerySet:
    """What a card says, in the same query."""
    others = Member.objects.filter(application=OuterRef("application")).exclude(
        municipality=OuterRef("municipality")
    )
    told = rows.select_related("municipality__parent", "track", "application__lead__parent")
    return told.annotate(has_partners=Exists(others))


def card(participation: Participation) -> Card:
    joint: Any = participation.application if participation.has_partners else None  # type: ignore[attr-defined]
    return Card(
        participation,
        days=(timezone.localdate() - participation.entered_on).days,
        colour=colour(participation),
        joint_with=joint.lead.full_name if joint else "",
    )


def colour(participation: Participation) -> str:
    """The bar at the left: late or soon. The words say the same."""
    due, now = participation.next_due_at, timezone.now()
    if due is None or participation.is_ready:
        return ""
    return "late" if due < now else "soon" if (due - now).days < 7 else ""
