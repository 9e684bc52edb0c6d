"""The page of the search, and what stands under the field as one types: the same groups."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflow.pages.search import groups
from workflow.pages.search.calls import applications, calls
from workflow.pages.search.groups import AT_MOST, Hit
from workflow.pages.search.people import people
from workflow.pages.search.words import Asked, asked_for, text_of
from workflow.permissions import reach

SHOWN = 5  # of each group; its own page shows fifty


@dataclass(frozen=True)
class Group:
    """What was found of one kind."""

    name: str  # as the address says it
    label: str
    found: list[Hit]
    all_address: str = ""  # of the page that shows more of them; "" where all are shown

    @property
    def hits(self) -> list[Hit]:
        return self.found[: SHOWN if self.all_address else AT_MOST]

    @property
    def has_more(self) -> bool:
        """Whether there are so many that nobody counted them."""
        return len(self.found) > AT_MOST

    @property
    def count(self) -> str:
        return f"{AT_MOST}+" if self.has_more else str(len(self.found))


@dataclass(frozen=True)
class Search:
    """What was asked and what was found."""

    asked: Asked
    groups: list[Group]
    only: str = ""

    @property
    def told(self) -> str:
        """The outcome in a sentence, for those who do not see the list grow."""
        found = sum(min(len(group.found), AT_MOST) for group in self.groups)
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
    return Search(told, [group(told, name, *rows, only) for name, rows in chosen.items()], only)


def everything(told: Asked, user: Any) -> dict[str, tuple[str, list[Hit]]]:
    """By name, with its label: every group in which something was found."""
    seen = reach(user)
    references, acts = groups.numbers(told, seen)
    found = {
        "municipalities": (_("Municipalities"), groups.municipalities(told, seen)),
        "participations": (
            _("Participations"), distinct(references + groups.participations(told, seen))
        ),
        "steps": (_("Steps"), groups.steps(told, seen)),
        "applications": (_("Applications"), applications(told, user)),
        "calls": (_("Calls"), calls(told, user)),
        "acts": (_("Acts"), acts + groups.appointments(told, seen)),
        "people": (_("People"), people(told, reach(user, "view_people"))),
        "tracks": (_("Programmes and tracks"), groups.tracks(told)),
    }  # fmt: skip
    return {name: (label, hits) for name, (label, hits) in found.items() if hits}


def distinct(hits: list[Hit]) -> list[Hit]:
    return list(dict.fromkeys(hits))


def group(told: Asked, name: str, label: str, hits: list[Hit], only: str) -> Group:
    is_cut = len(hits) > SHOWN and not only
    return Group(name, label, hits, address_of(told.text, name) if is_cut else "")


def address_of(text: str, name: str = "") -> str:
    asked = {"q": text} | ({"in": name} if name else {})
    return f"{reverse('workflow:search')}?{urlencode(asked)}"
