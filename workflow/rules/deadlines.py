"""The shapes of deadline rules: fixed, relative, recurring, month, manual.

What a rule means in days is `workflow.rules.due`; here is only what may be written.
"""

import re
from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.problems import Findings, listed, one_of, shown
from workflow.rules.shapes import (
    Field,
    Shape,
    block,
    clock,
    day,
    joined,
    matching,
    month,
    whole,
    word,
)
from workflow.rules.words import FURTHEST, PERIODS

ANCHOR = re.compile(r"stage|(step|act):[a-z][a-z0-9_]*")
UNITS = {
    "days": Field(whole(-FURTHEST, FURTHEST), None),
    "working_days": Field(whole(-1000, 1000), None),
    "months": Field(whole(-120, 120), None),
}
# Words of the files stand outside the sentences: translations keep the one, not the other.
ANCHOR_WORDS = {"stage": "stage", "step": "step:", "act": "act:"}
EXAMPLE = {"example": "{rule: fixed, on: 2018-08-03}"}
anchor = matching(
    ANCHOR,
    lambda: _("“%(stage)s”, “%(step)s” or “%(act)s” with the key of a step") % ANCHOR_WORDS,
    80,
)

RULES: dict[str, dict[str, Field]] = {
    "fixed": {"on": Field(day), "at": Field(clock, "")},
    "relative": {"to": Field(anchor), **UNITS},
    "recurring": {
        "every": Field(word(PERIODS)),
        "times": Field(whole(1, 60)),
        "periods": Field(word(("calendar", "from_entry")), "calendar"),
        "days": Field(whole(0, FURTHEST), None),
        "months": Field(whole(0, 120), None),
    },
    "month": {"month": Field(month)},
    "manual": {},
}


def deadline_shape(rules: tuple[str, ...] = tuple(RULES)) -> Shape:
    """A deadline by one of these rules, or `{}` for none."""

    def shape(value: Any, path: str, findings: Findings) -> dict[str, Any]:
        if value in ({}, None):
            return {}
        if not isinstance(value, dict):
            findings.add(path, shown(value), _("a block such as %(example)s") % EXAMPLE)
            return {}
        if value.get("rule") not in rules:
            found = shown(value.get("rule"))
            findings.add(joined(path, "rule"), found, one_of(rules, instead_of=value.get("rule")))
            return {}
        return by_rule(value, path, findings)

    return shape


def by_rule(value: dict[str, Any], path: str, findings: Findings) -> dict[str, Any]:
    """The keys that this rule has, with exactly one unit of time where it needs one."""
    fields = {"rule": Field(word(tuple(RULES))), **RULES[value["rule"]]}
    rule = block(fields)(value, path, findings)
    units = [name for name in UNITS if name in fields]
    given = [name for name in units if name in value]
    if units and len(given) != 1:
        found = _("%(number)d of them") % {"number": len(given)}
        expected = _("exactly one unit of time: %(units)s") % {"units": listed(units)}
        findings.add(path, found, expected)
    return {name: part for name, part in rule.items() if name not in units or name in given}
