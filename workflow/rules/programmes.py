"""The shape of a programme file: who pays, who runs it, when, in which languages.

Amounts and totals stay as the source states them: parts of 3.5 and 1.6 million beside a total of
“about 5 million” are three statements, and none corrects another.
"""

from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.problems import Findings, shown
from workflow.rules.shapes import (
    Field,
    amount,
    bilingual,
    block,
    day_month_or_year,
    items,
    nothing_or,
    slug,
    text,
    word,
    yes_no,
)
from workflow.rules.words import COUNTRIES, CURRENCIES, OF_PROGRAMMES, PARTNER_ROLES

words = nothing_or(bilingual(2000))

partner = block(
    {
        "name": Field(bilingual(300)),
        "role": Field(word(PARTNER_ROLES)),
        "amount": Field(nothing_or(amount), ""),
        "currency": Field(nothing_or(word(CURRENCIES)), ""),
        "about": Field(yes_no, False),
    }
)
period = block(
    {
        "stated": Field(text(120, empty=True), ""),
        "from": Field(nothing_or(day_month_or_year), ""),
        "until": Field(nothing_or(day_month_or_year), ""),
    }
)
programme = block(
    {
        "key": Field(slug),
        "name": Field(bilingual(300)),
        "country": Field(word(COUNTRIES)),
        "languages": Field(items(word(OF_PROGRAMMES), at_least=1)),
        "period": Field(period),
        "amount_stated": Field(words, {}),
        "partners": Field(items(partner, at_most=60), []),
        "objective": Field(words, {}),
        "source": Field(text(300)),
        "to_be_confirmed": Field(items(bilingual()), []),
        "sample": Field(yes_no, False),
    }
)


def programme_shape(value: Any, path: str, findings: Findings) -> dict[str, Any]:
    """A programme; amount and currency go together, the period does not end before it begins."""
    checked = programme(value, path, findings)
    for place, one in enumerate(checked["partners"] or []):
        tidy(one)
        judge_money(one, f"partners[{place}]", findings)
    judge_period(checked["period"] or {}, findings)
    return checked


def tidy(one: dict[str, Any]) -> None:
    """`{}` and `""` both say “not known”; the normal form says it one way."""
    for name in ("amount", "currency"):
        one[name] = one[name] or ""


def judge_money(one: dict[str, Any], path: str, findings: Findings) -> None:
    if findings.spoilt(path):
        return
    if one["amount"] and not one["currency"]:
        findings.missing(f"{path}.currency", _("the currency of the amount"))
    if one["currency"] and not one["amount"]:
        findings.missing(f"{path}.amount", _("the amount in this currency"))


def judge_period(stated: dict[str, Any], findings: Findings) -> None:
    for name in ("from", "until"):
        if stated:
            stated[name] = stated[name] or ""
    begins, ends = stated.get("from") or "", stated.get("until") or ""
    shared = min(len(begins), len(ends))  # 2007-04 and 2007 are compared by the year
    if ends[:shared] < begins[:shared]:
        expected = _("an end not before %(day)s") % {"day": begins}
        findings.add("period.until", shown(ends), expected)
