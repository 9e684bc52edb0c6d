"""The page of the search, and what stands under the field as one types: the same groups."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.models import Participation
from workflow.pages.search import groups
from workflow.pages.search.calls import applications, calls
from workflow.pages.search.groups import AT_MOST, BROUGHT, Hit, Line, plain
from workflow.pages.search.people import people
from workflow.pages.search.words import Asked, asked_for, text_of
from workflow.permissions import reach

SHOWN = 5  # of each group; its own page shows fifty


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    name: str  # as the address says it
    label: str
    hits: list[Hit]
    found: int  # at most one more than AT_MOST
    all_address: str = ""  # of the page that shows more of them; "" where all are shown

    @property
    def has_more(self) -> bool:
        """Whether there are so many that nobody counted them."""
        return self.found > AT_MOST

    @property
    def count(self) -> str:
        return f"{AT_MOST}+" if self.has_more else str(self.found)


@dataclass(frozen=True)
class Search:
    """What was asked and what was found."""

    asked: Asked
    groups: list[Group]
    only: str = ""

    @property
    def told(self) -> str:
        """The outcome in a sentence, for those who do not see the list grow."""
        found = sum(min(group.found, AT_MOST) for group in self.groups)
        if any(group.has_more for group in self.groups):
            return _("More than %(n)d results.") % {"n": found}
        return ngettext("%(n)d result.", "%(n)d results.", found) % {"n": found}

    @property
    def everything(self) -> str:
        """The address of the page with all groups."""
        return address_of(self.asked.text)


def search(user: Any, asked: QueryDict) -> Search:
    """Everything that the words lead to and this person may see; at most fifteen queries."""
    seen = reach(user)
    told = asked_for(text_of(asked.get("q", "")), seen)
    only = asked.get("in", "")
    if not told.words:
        return Search(told, [])
    found = everything(told, user)
    only = only if only in found else ""
    chosen = {only: found[only]} if only else found
    shown = {name: lines[: AT_MOST if only else SHOWN] for name, (_label, lines) in chosen.items()}
    cases = cases_of(line for lines in shown.values() for line in lines)
    hits = {name: [line.hit(cases) for line in lines] for name, lines in shown.items()}
    drawn = [
        Group(
            name, label, hits[name], len(lines),
            address_of(told.text, name) if len(lines) > SHOWN and not only else "",
        )
        for name, (label, lines) in chosen.items()
    ]  # fmt: skip
    return Search(told, drawn, only)


def everything(told: Asked, user: Any) -> dict[str, tuple[str, list[Line]]]:
    """By name, with its label: every group in which something was found."""
    seen = reach(user)
    references, acts = groups.numbers(told, seen)
    keys = dict.fromkeys(references + groups.participations(told, seen))
    found = {
        "municipalities": (_("Municipalities"), plain(groups.municipalities(told, seen))),
        "participations": (_("Participations"), [Line(groups.hit_of, pk) for pk in keys]),
        "steps": (_("Steps"), groups.steps(told, seen)),
        "applications": (_("Applications"), plain(applications(told, user))),
        "calls": (_("Calls"), plain(calls(told, user))),
        "acts": (_("Acts"), acts + plain(groups.appointments(told, seen))),
        "people": (_("People"), people(told, reach(user, "view_people"))),
        "tracks": (_("Programmes and tracks"), plain(groups.tracks(told))),
    }
    found |= {name: (str(label), find(told, user)) for name, (label, find) in BROUGHT.items()}
    return {name: (label, lines) for name, (label, lines) in found.items() if lines}


def cases_of(lines: Iterable[Line]) -> dict[int, Participation]:
    """The participations that these lines name. One query."""
    return Participation.objects.in_short().in_bulk({line.case for line in lines} - {None})


def address_of(text: str, name: str = "") -> str:
    asked = {"q": text} | ({"in": name} if name else {})
    return f"{reverse('workflow:search')}?{urlencode(asked)}"
