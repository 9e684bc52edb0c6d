"""The first public page: the programmes, and municipalities found by their name."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from municipalities.models import Municipality
from municipalities.models.register import Country
from workflow.audit.models import Verification
from workflow.models import Participation, Programme
from workflow.models.participation import ParticipationQuerySet
from workflow.pages.filters import plain
from workflow.pages.public.log import last_verification
from workflow.pages.public.programme import period_of

FOUND_AT_MOST = 50


@dataclass(frozen=True)
class Counted:
    """A programme, or a municipality, with how many participations are public.

    `note` tells it apart: country and period, or where it lies.
    """

    subject: Any  # Programme or Municipality
    number: int
    note: str


@dataclass(frozen=True)
class Home:
    """`found` is None as long as nobody searched."""

    programmes: list[Counted]
    municipalities: int  # that take part now, or did, in what is true
    verification: Verification | None
    q: str
    found: list[Counted] | None
    more: bool  # others were found, which are not listed

    @property
    def true_programmes(self) -> int:
        """How many are no samples."""
        return sum(not one.subject.is_sample for one in self.programmes)


def home(asked: str) -> Home:
    """The page, with what was found for the words that were asked."""
    words = plain(asked)
    found = units_named(words) if words else None
    listed = found[:FOUND_AT_MOST] if found is not None else None
    return Home(
        programmes=programmes(),
        municipalities=taking_part().values("municipality").distinct().count(),
        verification=last_verification(),
        q=words,
        found=with_numbers(listed, "municipality") if listed is not None else None,
        more=found is not None and len(found) > FOUND_AT_MOST,
    )


def programmes() -> list[Counted]:
    """All of them, the latest first, samples at the end."""
    latest_first = sorted(Programme.objects.all(), key=begins, reverse=True)
    return with_numbers(sorted(latest_first, key=lambda one: one.is_sample), "programme")


def taking_part() -> ParticipationQuerySet:
    """The public ones of true programmes: nobody takes part in what is invented."""
    return Participation.objects.public().filter(programme__is_sample=False)


def begins(programme: Programme) -> tuple[str, str]:
    return (str(programme.period.get("from") or ""), programme.key)


def units_named(words: str) -> list[Municipality]:
    """By the alphabet, blind to script and diacritics; one more than is listed."""
    rows = Municipality.objects.matching(words).select_related("parent").sorted()
    return list(rows[: FOUND_AT_MOST + 1])


def with_numbers(
    subjects: Collection[Programme] | Collection[Municipality], kind: str
) -> list[Counted]:
    """Each with the number of its public participations. One query."""
    public = taking_part() if kind == "municipality" else Participation.objects.public()
    rows = public.filter(**{f"{kind}__in": subjects}).order_by()
    numbers = dict(rows.values_list(kind).annotate(Count("pk")))
    return [Counted(one, numbers.get(one.pk, 0), note_on(one)) for one in subjects]


def note_on(subject: Programme | Municipality) -> str:
    country = str(Country(subject.country).label)
    detail = period_of(subject) if isinstance(subject, Programme) else subject.area
    return f"{country} · {detail}" if detail else country
