"""The shape of a review form: what reviewers are asked of a step, how many of them, and how."""

from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.problems import Findings, listed, one_of, shown
from workflow.rules.shapes import Field, Shape, bilingual, block, items, slug, whole, word, yes_no

# What can be reviewed: papers once they are handed in; a rating rests on reviews made before it.
REVIEWED = ("document", "rating", "signed_act")
MOST_POINTS, MOST_REVIEWERS, MOST_QUESTIONS = 100, 9, 40

KINDS = ("yes_no_partly", "points")
ASKED: dict[str, Field] = {
    "key": Field(slug), "text": Field(bilingual()), "kind": Field(word(KINDS)),
}  # fmt: skip
QUESTIONS: dict[str, Shape] = {
    "yes_no_partly": block(ASKED),
    "points": block(ASKED | {"max": Field(whole(1, MOST_POINTS))}),
}


def question(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """One question; its kind says which keys it has."""
    if not isinstance(value, dict):
        keys = {"keys": listed(("key", "text", "kind"))}
        findings.add(path, shown(value), _("a block with the keys %(keys)s") % keys)
        return {}
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in QUESTIONS:
        findings.add(f"{path}.kind", shown(kind), one_of(QUESTIONS, instead_of=kind))
        return {}
    checked: dict[str, Any] = QUESTIONS[kind](value, path, findings)
    return checked


REVIEW = block(
    {
        "reviewers": Field(whole(1, MOST_REVIEWERS)),
        "blind": Field(yes_no, True),
        "questions": Field(items(question, at_least=1, at_most=MOST_QUESTIONS)),
    }
)


def review(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """`{}` for none, otherwise the form."""
    if value == {}:
        return {}
    form: dict[str, Any] = REVIEW(value, path, findings)
    refuse_key_twice(form["questions"] or [], path, findings)
    return form


def refuse_key_twice(questions: list[dict[str, Any]], path: str, findings: Findings) -> None:
    keys = [one.get("key") for one in questions]
    for place, key in enumerate(keys):
        if key and key in keys[:place]:
            findings.add(f"{path}.questions[{place}].key", shown(key), _("each one only once"))


def judge_review(step: dict[str, Any], path: str, findings: Findings) -> None:
    """Whether this step can be reviewed at all: by its kind, and before somebody accepts it."""
    if not step["review"]:
        return
    kind = step["evidence"]
    if kind and kind not in REVIEWED:
        expected = _("a review only where the evidence is one of: %(kinds)s")
        findings.add(f"{path}.review", shown(kind), expected % {"kinds": listed(REVIEWED)})
    elif kind != "rating" and not step["accepted_by"]:
        findings.missing(
            f"{path}.accepted_by", _("the role that decides once the reviews are handed in")
        )
