"""Which participations a list or a board is asked for: read from the address, shown as chips."""

from dataclasses import dataclass, fields
from typing import Any, Self
from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Mandate, Municipality
from municipalities.roles import Role
from workflow.models import Findable, Participation, Track
from workflow.models.findable import key_of
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.turns import Desk
from workflow.pages.wording import SOON
from workflow.permissions import reach
from workflow.stages import Stage

LONGEST = 200


@dataclass
class Filters:
    """What the reader asked for, as words of the address; whatever makes no sense is left out."""

    q: str = ""
    programme: str = ""  # its key
    track: str = ""  # its key
    municipality: str = ""  # its code
    area: str = ""  # the district or canton, in Latin script as the register has it
    mentor: str = ""  # primary key of the person
    stage: str = ""
    due: str = ""  # "late" or "soon"
    ready: str = ""
    mine: str = ""

    @classmethod
    def of(cls, asked: QueryDict) -> Self:
        said = {one.name: plain(asked.get(one.name, "")) for one in fields(cls)}
        makes_sense = {
            "stage": said["stage"] in Stage.values,
            "due": said["due"] in ("late", "soon"),
            "mentor": said["mentor"].isdecimal(),
        }
        return cls(**{name: word for name, word in said.items() if makes_sense.get(name, True)})

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) for one in fields(self))

    def beside(self, *shown: str) -> list[tuple[str, str]]:
        """What a form with the fields `shown` must carry on hidden."""
        told = [(one.name, getattr(self, one.name)) for one in fields(self)]
        return [(name, value) for name, value in told if value and name not in shown]

    def address(self, **changed: Any) -> str:
        """The query of the address with these filters, some changed."""
        told = {one.name: getattr(self, one.name) for one in fields(self)} | changed
        return "?" + urlencode({key: value for key, value in told.items() if value})


def plain(text: str) -> str:
    return text.strip()[:LONGEST].replace("\x00", "")


def filtered(rows: ParticipationQuerySet, filters: Filters, user: Any) -> ParticipationQuerySet:
    """Those that fit every filter."""
    asked = {
        "programme__key": filters.programme,
        "track__key": filters.track,
        "municipality__code": filters.municipality,
        "municipality__area_latin": filters.area,
        "stage": filters.stage,
        "is_ready": bool(filters.ready),
    }
    rows = rows.filter(**{field: value for field, value in asked.items() if value})
    if filters.q:
        rows = rows.filter(named(filters.q, user))
    if filters.due:
        rows = rows.filter(late() if filters.due == "late" else soon())
    if filters.mentor:
        # Whoever reads no names of people must not learn them by asking.
        mentored = mentored_by(int(filters.mentor[:18]))
        rows = rows.filter(reach(user, "view_people").over(), pk__in=mentored)
    if filters.mine:
        rows = rows.filter(Desk.of(user).waiting_participations())
    return rows


def named(words: str, user: Any) -> Q:
    """A reference has digits, and is found by its beginning; a municipality has none.

    The few municipalities are looked up first: joined, PostgreSQL reads all participations.
    """
    if not any(sign.isdecimal() for sign in words):
        units = Municipality.objects.matching(words).values_list("pk", flat=True)
        return Q(municipality__in=list(units))
    keys = Findable.objects.within(reach(user)).filter(evidence=None)
    return Q(pk__in=keys.filter(key__startswith=key_of(words)).values("participation"))


def late() -> Q:
    """Its next deadline is past. On hold, once it is ready or has ended, none is kept."""
    return Q(next_due_at__lt=timezone.now())


def soon() -> Q:
    now = timezone.now()
    return Q(next_due_at__gte=now, next_due_at__lt=now + SOON)


def deadlines_offered() -> list[tuple[str, str]]:
    return [("late", _("Overdue")), ("soon", _("Due in 7 days"))]


def mentorships() -> Any:
    """The running mandates of mentors; held over participations alone."""
    place = ContentType.objects.get_for_model(Participation)
    return Mandate.objects.current().enforced().filter(role=Role.MENTOR, place_type=place)


def mentored_by(person: int) -> Any:
    return mentorships().filter(user=person).values("place_id")


def names_of(filters: Filters) -> dict[str, str]:
    """The words for a track and a municipality that were chosen. A query for each of them."""
    track = Track.objects.filter(key=filters.track).first() if filters.track else None
    code = filters.municipality
    unit = Municipality.objects.select_related("parent").filter(code=code).first() if code else None
    return {
        "track": str(track or ""),
        "municipality": unit.full_name if unit else "",
        "mentor": _("Mentor"),
    }


def chips(filters: Filters, names: dict[str, str]) -> list[dict[str, str]]:
    """The chosen filters, each with the address without it; `names` words those with a row."""
    due = dict(deadlines_offered())
    told = names | {
        "q": _("Search: %s") % filters.q,
        "stage": str(Stage(filters.stage).label) if filters.stage else "",
        "due": str(due.get(filters.due, "")),
        "ready": _("Ready to advance"),
        "mine": _("Waiting for me"),
    }
    return [
        {
            "name": one.name,
            "label": told.get(one.name) or chosen,
            "without": filters.address(**{one.name: ""}),
        }
        for one in fields(filters)
        if (chosen := getattr(filters, one.name))
    ]
