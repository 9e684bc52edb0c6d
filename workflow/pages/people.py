"""Who acted where until when, and which roles stand empty since when."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from municipalities.models import Mandate
from municipalities.roles import Role
from workflow.permissions import MAY, MAY_APPOINT, PLACES, named


@dataclass(frozen=True)
class Vacancy:
    """A role that somebody will wait for in vain, and who can appoint to it here."""

    role: str
    since: date | None  # None: nobody held it here before
    is_invited: bool  # somebody can take it up any moment
    appointed_by: str
    for_one_participation: str  # who else can, not here but over a participation


def is_over(mandate: Mandate) -> bool:
    expired = mandate.ends_on is not None and mandate.ends_on < timezone.localdate()
    return mandate.ended_at is not None or expired


def vacancies(
    needed: Iterable[Role],
    places: Iterable[Any],
    *,
    present: Iterable[Mandate],
    past: Iterable[Mandate],
    invited: Collection[str] = (),
) -> list[Vacancy]:
    """The needed roles that nobody holds today, from the mandates of all places that reach here."""
    today, kinds = timezone.localdate(), {place._meta.model_name for place in places}
    filled = {mandate.role for mandate in present if mandate.starts_on <= today}
    ends: dict[str, date] = {}
    for mandate in past:
        ends[mandate.role] = max(empty_from(mandate), ends.get(mandate.role, date.min))
    return [
        vacancy_of(role, kinds, since=ends.get(role), is_invited=role in invited)
        for role in needed
        if role not in filled
    ]


def empty_from(mandate: Mandate) -> date:
    """The first day without this mandate: that of its early end, or the one after its last."""
    days = [mandate.ends_on + timedelta(days=1)] if mandate.ends_on else []
    if mandate.ended_at:
        days.append(timezone.localdate(mandate.ended_at))
    return min(days)


def vacancy_of(role: Role, kinds: set[str], *, since: date | None, is_invited: bool) -> Vacancy:
    here = appointing(role, kinds)
    over_one = appointing(role, {"programme"}) if "participation" in PLACES[role] else []
    elsewhere = [one for one in over_one if one not in here]
    return Vacancy(str(role.label), since, is_invited, named(here), named(elsewhere))


def appointing(role: Role, kinds: Collection[str]) -> list[Role]:
    """Who may invite to this role, among those who hold theirs over one of these kinds of place."""
    inviting = [one for one, others in MAY_APPOINT.items() if role in others]
    return [
        one for one in inviting if one in MAY["invite"] and not set(kinds).isdisjoint(PLACES[one])
    ]
