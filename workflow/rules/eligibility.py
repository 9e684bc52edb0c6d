"""The shapes of a procedure's eligibility rules and of its call."""

from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.deadlines import deadline_shape
from workflow.rules.problems import Findings, one_of, shown
from workflow.rules.shapes import (
    Field,
    Shape,
    bilingual,
    block,
    day,
    items,
    joined,
    nothing_or,
    slug,
    text,
    whole,
    word,
)
from workflow.rules.words import (
    COUNTRIES,
    DEVELOPMENT_GROUPS,
    KINDS_OF_UNIT,
    LANGUAGES,
)

words = nothing_or(bilingual())


def values(of: Shape, *, at_least: int = 1) -> Field:
    if at_least:
        return Field(items(of, at_least=at_least))
    return Field(items(of), [])


ALWAYS = {"sentence": Field(bilingual()), "legal_basis": Field(words, {})}
# `confirmed_by_applicant` is what no register of ours can answer: the applicant says so.
RULES: dict[str, dict[str, Field]] = {
    "kind": {"values": values(word(KINDS_OF_UNIT))},
    "development_group": {"values": values(word(DEVELOPMENT_GROUPS))},
    "country": {"values": values(word(COUNTRIES))},
    "not_in_track": {"values": values(slug)},
    "not_supported_before": {"values": values(text(60)), "codes": values(text(20), at_least=0)},
    "took_part_to_end": {"values": values(slug)},
    "confirmed_by_applicant": {"values": values(text(60), at_least=0)},
}


def eligibility_rule(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """One rule with the sentence that tells an applicant why the answer is no."""
    if not isinstance(value, dict):
        findings.add(path, shown(value), _("a block that begins with “%(key)s”") % {"key": "rule:"})
        return {}
    name = value.get("rule")
    if not isinstance(name, str) or name not in RULES:
        findings.add(joined(path, "rule"), shown(name), one_of(RULES, instead_of=name))
        return {}
    fields = {"rule": Field(word(tuple(RULES))), **RULES[name], **ALWAYS}
    return block(fields)(value, path, findings)


days_before = block({"days_before": Field(whole(0, 365))})
of_call = block(
    {
        "reference": Field(text(60, empty=True), ""),
        "published_on": Field(nothing_or(day), ""),
        "opens_on": Field(nothing_or(day), ""),
        "deadline": Field(deadline_shape(("fixed", "month")), {}),
        "questions_until": Field(nothing_or(days_before), {}),
        "answers_until": Field(nothing_or(days_before), {}),
        "languages": Field(items(word(LANGUAGES)), []),
        "to_be_confirmed": Field(words, {}),
    }
)


def call(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """The public call: its dates follow one another, questions end before the answers do."""
    if value == {}:
        return {}
    checked = of_call(value, path, findings)
    for name in ("published_on", "opens_on"):
        checked[name] = checked[name] or ""
    if isinstance(value, dict) and not findings.spoilt(path):
        judge_order(checked, path, findings)
    return checked


def judge_order(checked: dict[str, Any], path: str, findings: Findings) -> None:
    days = [(name, checked[name]) for name in ("published_on", "opens_on") if checked[name]]
    ends = checked["deadline"].get("on") or checked["deadline"].get("month", "")
    days += [("deadline", ends)] if ends else []
    for (__, before), (name, after) in zip(days, days[1:], strict=False):
        if after < before[: len(after)]:
            expected = _("a day not before %(day)s") % {"day": before}
            findings.add(f"{path}.{name}", shown(after), expected)
    asked, answered = checked["questions_until"], checked["answers_until"]
    if asked and answered and answered["days_before"] > asked["days_before"]:
        expected = _("at most %(days)d, for answers come after questions")
        findings.add(
            f"{path}.answers_until.days_before",
            shown(answered["days_before"]),
            expected % {"days": asked["days_before"]},
        )
