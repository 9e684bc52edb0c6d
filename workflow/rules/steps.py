"""The shape of a step: who owes it, what closes it, by when."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.deadlines import deadline_shape
from workflow.rules.problems import Findings, listed, one_of, shown
from workflow.rules.reviews import judge_review, review
from workflow.rules.shapes import (
    Field,
    Shape,
    bilingual,
    block,
    items,
    nothing_or,
    slug,
    whole,
    word,
    yes_no,
)
from workflow.rules.words import (
    ACTING_ROLES,
    DEFAULT_OVERDUE,
    DEFAULT_REMINDERS,
    ENTITIES,
    KINDS_OF_UNIT,
    REMINDERS_COUNT,
    VISIBILITIES,
)

words = nothing_or(bilingual())

# A paper that is uploaded: the word by which it is filed, and what people call it.
PAPER: dict[str, Field] = {
    "paper": Field(bilingual(200, key=Field(slug))),
    "visibility": Field(word(VISIBILITIES), "participants"),
}
ACT: dict[str, Field] = {"body": Field(bilingual()), "gazette": Field(yes_no, False)}

# Per evidence kind: the demands it knows. Kinds of other rooms bring their own; theirs pass as is.
DEMANDS: dict[str, dict[str, Field]] = {
    "record": {"paper": Field(words, {}), "minimum_days": Field(whole(1, 365), None)},
    "act": ACT,
    "rating": {"scale": Field(nothing_or(items(bilingual(), at_least=2, at_most=20)), {})},
    "meeting": {},
    "document": PAPER,
    "signed_act": ACT | PAPER,
}
CONDITIONS: dict[str, Field] = {
    "joint": Field(yes_no),
    "kind": Field(items(word(KINDS_OF_UNIT), at_least=1)),
    "entity": Field(items(word(ENTITIES), at_least=1)),
}

# Words that came later: where they say what is usual, a step reads as it did before them.
LATER_WORDS: dict[str, Any] = {
    "review": {},
    "reminders_overdue": list(DEFAULT_OVERDUE),
    "reminders_count": "days",
}


def step_shape(kinds: Collection[str]) -> Shape:
    """One step; `kinds` are the evidence kinds that this installation knows."""
    fields = {
        "key": Field(slug),
        "title": Field(bilingual(200)),
        "hint": Field(words, {}),
        "role": Field(word(ACTING_ROLES)),
        "evidence": Field(word(sorted(kinds))),
        "demands": Field(as_it_is, {}),
        "after": Field(items(slug, at_most=50), []),
        "required": Field(yes_no, True),
        "when": Field(when, {}),
        "accepted_by": Field(nothing_or(word(ACTING_ROLES)), ""),
        "second_person": Field(yes_no, False),
        "review": Field(review, {}),
        "deadline": Field(deadline_shape(), {}),
        "reminders": Field(items(whole(0, 365), at_most=10), list(DEFAULT_REMINDERS)),
        "reminders_overdue": Field(items(whole(1, 365), at_most=10), list(DEFAULT_OVERDUE)),
        "reminders_count": Field(word(REMINDERS_COUNT), "days"),
        "legal_basis": Field(words, {}),
        "to_be_confirmed": Field(words, {}),
    }
    of_fields = block(fields)

    def shape(value: Any, path: str, findings: Findings) -> dict[str, Any]:
        step = of_fields(value, path, findings)
        step["accepted_by"] = step["accepted_by"] or ""
        given = value.get("demands") if isinstance(value, dict) else {}
        step["demands"] = demands(step["evidence"], given, f"{path}.demands", findings)
        judge_review(step, path, findings)
        for name, usual in LATER_WORDS.items():
            if step[name] == usual:
                del step[name]
        return step

    return shape


def as_it_is(value: Any, path: str, findings: Findings) -> Any:
    """Judged later, when the evidence kind is known."""
    return value


def demands(kind: str, given: Any, path: str, findings: Findings) -> dict[str, Any]:
    """What the evidence must contain. An act always names the body that passes it."""
    if not isinstance(given, dict | None):
        example = {"example": "{paper: {sr: …, en: …}}"}
        findings.add(path, shown(given), _("a block, such as %(example)s") % example)
        return {}
    if kind not in DEMANDS:
        return given or {}
    checked = block(DEMANDS[kind])(given or {}, path, findings)
    return {name: value for name, value in checked.items() if value is not None}


def when(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """Under what condition the step is owed at all: `{}` is always, otherwise one condition."""
    if value == {}:
        return {}
    if not isinstance(value, dict) or len(value) != 1:
        expected = _("one condition: %(names)s") % {"names": listed(CONDITIONS)}
        findings.add(path, shown(value), expected)
        return {}
    [name] = value
    if name not in CONDITIONS:
        findings.add(f"{path}.{name}", shown(name), one_of(CONDITIONS, instead_of=name))
        return {}
    return {name: CONDITIONS[name].shape(value[name], f"{path}.{name}", findings)}
