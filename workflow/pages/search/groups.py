"""The groups of the search: what was found of each kind, as lines with a link.

Each asks one query for at most fifty rows, and none where no word can lead to it. The cases that
are named in those lines that are shown are read at the end, one query for all groups: a `Line`
says which case it needs. Whatever is found is reached by a mandate of the reader; names of people
need the right to read them.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import ngettext

from municipalities.models import Body
from web.script.content import in_script, localized
from web.script.numbers import number
from workflow.glance import urgency
from workflow.models import Findable, Participation, Step
from workflow.models.findable import number_in
from workflow.pages.filters import Filters
from workflow.pages.search.titles import Titles, titles_within
from workflow.pages.search.words import Asked, has_digit
from workflow.pages.wording import due_words
from workflow.permissions import Reach

AT_MOST = 50

# What other apps bring: a label, and the lines that the words lead this person to.
Finder = Callable[[Asked, Any], list["Line"]]
BROUGHT: dict[str, tuple[Any, Finder]] = {}


def register_group(name: str, label: Any, find: Finder) -> None:
    """Called from `apps.py`. `find` asks few queries, for at most `AT_MOST` lines and one more."""
    BROUGHT[name] = label, find


@dataclass(frozen=True)
class Hit:
    """One line: a link and what tells it from its neighbours."""

    words: str
    address: str
    hint: str = ""


@dataclass(frozen=True)
class Line:
    """What was found, before its words are made; `make` takes the case of that key, if any."""

    make: Callable[..., Hit]
    case: int | None = None

    def hit(self, cases: dict[int, Participation]) -> Hit:
        return self.make() if self.case is None else self.make(cases[self.case])


def plain(hits: Iterable[Hit]) -> list[Line]:
    """Lines that need no case."""
    return [Line(partial(lambda hit: hit, one)) for one in hits]


def the_list(**filters: Any) -> str:
    return reverse("workflow:participations") + Filters(**filters).address()


def some(rows: Any) -> list[Any]:
    """One more than is shown, so that "more than 50" can be said without counting them."""
    return list(rows[: AT_MOST + 1])


def municipalities(asked: Asked, seen: Reach) -> list[Hit]:
    """Those that take part, each leading to its participations."""
    named = {one.pk: one for one in asked.everywhere()}
    if not named:
        return []
    rows = Participation.objects.within(seen).filter(municipality__in=named)
    counted = rows.order_by().values_list("municipality").annotate(Count("pk"))
    taking_part = dict(counted)
    return [
        Hit(one.full_name, the_list(municipality=one.code), times(taking_part[pk]))
        for pk, one in named.items()
        if pk in taking_part
    ]


def times(count: int) -> str:
    return ngettext("%(n)s participation", "%(n)s participations", count) % {"n": number(count)}


def participations(asked: Asked, seen: Reach) -> list[int]:
    """Keys of those of a municipality; the other words may name the track or the programme."""
    driver = next((word for word in asked.words if asked.municipalities[word]), None)
    if driver is None:
        return []
    here = [one.pk for one in asked.municipalities[driver]]
    rows = Participation.objects.within(seen).filter(municipality__in=here)
    for word in asked.words:
        if word != driver:
            rows = rows.filter(asked.place_of(word))
    return some(rows.order_by("sort_key", "pk").values_list("pk", flat=True))


def hit_of(one: Participation) -> Hit:
    stood = f"{one.reference} · {one.track} · {one.get_stage_display()}"
    return Hit(one.municipality.full_name, one.get_absolute_url(), stood)


def numbers(asked: Asked, seen: Reach) -> tuple[list[int], list[Line]]:
    """Keys of participations by reference, and acts that were handed in by their number."""
    if not asked.key:
        return [], []
    rows = Findable.objects.within(seen).filter(key__startswith=asked.key)
    for word in asked.beside_the_key:
        here = [one.pk for one in asked.municipalities[word]]
        rows = rows.filter(
            Q(municipality__in=here) | Q(participation__track__in=asked.tracks[word])
        )
    found = sorted(some(rows.select_related("evidence__step")), key=lambda row: (row.key, row.pk))
    references = [row.participation_id for row in found if row.evidence is None]
    acts = [row for row in found if row.evidence]
    return references, [Line(partial(act_hit, row.evidence), row.participation_id) for row in acts]


def act_hit(evidence: Any, case: Participation) -> Hit:
    step, told = evidence.step, evidence.told
    step.participation = case
    hint = [in_script(told.get("body")), step.title, case.municipality.full_name, case.reference]
    return Hit(number_in(told), step.get_absolute_url(), " · ".join(filter(None, hint)))


def appointments(asked: Asked, seen: Reach) -> list[Hit]:
    """Planning bodies by the number of the act that appointed them: there are digits in it."""
    if not has_digit(asked.key) or asked.beside_the_key:
        return []
    taking_part = Participation.objects.within(seen).filter(municipality=OuterRef("municipality"))
    here = Q(municipality__in=seen.municipalities) | Exists(taking_part)
    rows = Body.objects.filter(here, act_number__icontains=asked.text)
    return [
        Hit(
            one.act_number,
            reverse("workflow:body", args=[one.pk]),
            f"{in_script(one.name)} · {one.municipality.full_name}",
        )
        for one in some(rows.select_related("municipality__parent").order_by("pk"))
    ]


def tracks(asked: Asked) -> list[Hit]:
    """Those that every word could mean, each leading to its participations. No query."""
    common = set.intersection(*asked.tracks.values()) if asked.tracks else set()
    rows = [one for pk, one in asked.rows_of_tracks.items() if pk in common]
    return [
        Hit(
            localized(json.loads(one.name)),
            the_list(programme=one.programme_key, track=one.key),
            localized(json.loads(one.programme_name)),
        )
        for one in some(rows)
    ]


def steps(asked: Asked, seen: Reach) -> list[Line]:
    """Steps with at least one of the words in their title; the others name the municipality."""
    found, titles = Q(), titles_within(seen)
    everywhere = set().union(*(tracks for _titles, tracks in titles))
    for (key, others), track_ids in titles_found(asked, titles).items():
        here = Q(key=key)
        if track_ids != everywhere:
            here &= Q(participation__track__in=track_ids)
        if others:
            named = asked.common(others)
            here &= Q(participation__municipality__in=[one.pk for one in named])
        found |= here
    if not found:
        return []
    steps = Step.objects.filter(found, seen.over("participation__")).order_by()
    rows = some(steps)  # sorting a hundred thousand to show five would take too long
    urgent = sorted(rows, key=open_and_urgent_first)
    return [Line(partial(step_hit, one), one.participation_id) for one in urgent]


def open_and_urgent_first(step: Step) -> tuple[Any, ...]:
    return (step.is_settled, urgency(step), step.pk)


def titles_found(
    asked: Asked, versions: list[tuple[Titles, set[int]]]
) -> dict[tuple[str, frozenset[str]], set[int]]:
    """Tracks by key of a step, and by the words that its title lacks but a municipality has."""
    found: dict[tuple[str, frozenset[str]], set[int]] = defaultdict(set)
    for titles, tracks in versions:
        for key, title in titles.items():
            others = frozenset(word for word in asked.words if f" {word}" not in title)
            if len(others) < len(asked.words) and all(map(asked.municipalities.get, others)):
                found[key, others] |= tracks
    return found


def step_hit(step: Step, case: Participation) -> Hit:
    step.participation = case
    due = due_words(step.due_at) if step.is_in_present_stage and not step.is_settled else ""
    told = [case.municipality.full_name, case.reference, step.get_status_display(), due]
    return Hit(step.title, step.get_absolute_url(), " · ".join(filter(None, told)))
