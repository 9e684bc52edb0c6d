"""Words that the pages of participations and steps share; templates get them as filters."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.roles import Role
from web.script.dates import (
    BELGRADE,
    by_the_legal_clock,
    date_and_legal_time,
    due_in_words,
    long_date,
    month_year,
    short_date,
)
from web.script.fold import fold
from web.script.numbers import number
from workflow.conditions import Condition, Outcome
from workflow.models import Deadline
from workflow.models.application import BLINK
from workflow.rules import Due


def due_date(moment: datetime | None) -> str:
    """The day that a deadline names, with its hour where it is not the end of the day."""
    if moment is None:
        return ""
    return long_date(moment - BLINK) if ends_a_day(moment) else date_and_legal_time(moment)


def due_day(moment: datetime) -> str:
    """The same day in figures, where there is little room."""
    return short_date(moment - BLINK)


def due_words(moment: datetime | None) -> str:
    """in 9 days, today, 3 days late."""
    return due_in_words(moment - BLINK) if moment else ""


SOON = timedelta(days=7)


def due_tag(moment: datetime | None) -> str:
    """The colour of the words: bad when late, warn within a week."""
    if moment is None:
        return ""
    left = moment - timezone.now()
    if left < timedelta():
        return "bad"
    return "warn" if left < SOON else ""


def ends_a_day(moment: datetime) -> bool:
    local = moment.astimezone(BELGRADE)
    return (local.hour, local.minute) == (0, 0)


def told(deadline: Deadline | None) -> str:
    """One version of a deadline exactly as it was set: its day, its hour ("24:00"), its month."""
    if deadline is None:
        return ""
    return told_due({"on": deadline.on.isoformat(), "at": deadline.at,
                     "precision": deadline.precision})  # fmt: skip


def told_due(due: dict[str, Any] | None) -> str:
    """The same from the facts of an entry. An hour says whose it is where the reader's differs."""
    if not due:
        return ""
    if due["precision"] == "month":
        return _("end of the month, %s") % month_year(due["on"])
    if due["precision"] == "minute" and due["at"]:
        said = _("%(day)s at %(hour)s") % {"day": long_date(due["on"]), "hour": due["at"]}
        return by_the_legal_clock(said, moment_of(due))
    return long_date(due["on"])


def moment_of(due: dict[str, Any]) -> datetime:
    return Due(date.fromisoformat(due["on"]), due["at"], due["precision"]).moment


def role_name(role: str) -> str:
    return str(Role(role).label) if role in Role.values else role


def told_once(*parts: str) -> str:
    """ "Name, role, function" with each said once, whatever the script.

    A part whose words have all been said before is left out: role accounts bear their role as
    name and function.
    """
    told: list[str] = []
    words: set[str] = set()
    for part in parts:
        new = set(re.findall(r"[^\s,]+", fold(part))) - words
        if new:
            told.append(part)
            words |= new
    return ", ".join(told)


def days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": number(count)}


def met_count(tree: Condition) -> str:
    """ "3 of 4" of the lines that a person can act on."""
    leaves = list(tree.leaves())
    done = sum(bool(leaf) for leaf in leaves)
    return _("%(done)d of %(all)d") % {"done": done, "all": len(leaves)}


def not_needed(tree: Condition) -> int:
    """How many of those lines are met because nobody owes them any more."""
    return sum(leaf.outcome == Outcome.WAIVED for leaf in tree.leaves())


def leaf_parts(tree: Condition) -> list[Condition]:
    """The parts that have none themselves: what a person can act on."""
    return [part for part in tree.parts if not part.parts]


def branch_parts(tree: Condition) -> list[Condition]:
    return [part for part in tree.parts if part.parts]


OUTCOMES = {
    "met": ("✓", "ok-i", "ok"),
    "unmet": ("✗", "bad-i", "bad"),
    "waiting": ("…", "wait-i", "warn"),
    "waived": ("–", "wait-i", ""),
}


def mark(line: Condition) -> str:
    return OUTCOMES[line.verdict][0]


def mark_class(line: Condition) -> str:
    return OUTCOMES[line.verdict][1]


def tag_class(line: Condition) -> str:
    return OUTCOMES[line.verdict][2]


def outcome(line: Condition) -> str:
    """The status in a word, as an adjective."""
    return {
        "met": _("met"),
        "unmet": _("missing"),
        "waiting": _("waits for another"),
        "waived": _("not needed"),
    }[line.verdict]
