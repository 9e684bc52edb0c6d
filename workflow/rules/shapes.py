"""What a value of a rule file must look like, piece by piece.

A shape is a function `(value, path, findings) -> value in normal form`. It records every mistake
in `findings` and then returns something harmless, so that one look finds all the mistakes at once.
"""

import copy
import re
import unicodedata
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workflow.rules.problems import Findings, listed, one_of, shown

Shape = Callable[[Any, str, Findings], Any]

SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
CODE = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
YEAR = re.compile(r"[0-9]{4}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
AMOUNT = re.compile(r"[0-9]{1,12}(\.[0-9]{1,2})?")
FIRST_YEAR, LAST_YEAR = 1990, 2100
WORD = re.compile(r"[^\W\d_]+")

REQUIRED = object()


@dataclass(frozen=True)
class Field:
    """A key of a block: the shape of its value, and its default when it may be left out."""

    shape: Shape
    default: Any = REQUIRED


def block(fields: Mapping[str, Field]) -> Shape:
    """A block with exactly these keys; unknown ones are told with the nearest known one."""

    def shape(value: Any, path: str, findings: Findings) -> dict[str, Any]:
        if not isinstance(value, dict):
            expected = _("a block with the keys %(keys)s") % {"keys": listed(fields)}
            findings.add(path, shown(value), expected)
            return {name: harmless(field) for name, field in fields.items()}
        refuse_unknown(value, fields, path, findings)
        return {name: pick(value, name, field, path, findings) for name, field in fields.items()}

    return shape


def harmless(field: Field) -> Any:
    return None if field.default is REQUIRED else copy.deepcopy(field.default)


def refuse_unknown(
    value: Mapping[str, Any], known: Collection[str], path: str, findings: Findings
) -> None:
    for name in value:
        if name not in known:
            found = _("the unknown key %(key)s") % {"key": shown(name)}
            findings.add(joined(path, name), found, one_of(known, instead_of=name))


def pick(value: Mapping[str, Any], name: str, field: Field, path: str, findings: Findings) -> Any:
    inside = joined(path, name)
    if name not in value:
        if field.default is REQUIRED:
            findings.missing(inside, _("this key with a value"))
        return harmless(field)
    if value[name] is None and field.default is not REQUIRED:
        return harmless(field)  # `places:` with nothing behind it is the same as no line
    return field.shape(value[name], inside, findings)


def joined(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def nothing_or(shape: Shape) -> Shape:
    """An empty block `{}` or the shape: the way a file says “not known” or “always”."""

    def either(value: Any, path: str, findings: Findings) -> Any:
        return {} if value in ({}, "") else shape(value, path, findings)

    return either


def text(longest: int = 2000, *, empty: bool = False) -> Shape:
    """Plain text without control characters; figures are taken as they were typed."""

    def shape(value: Any, path: str, findings: Findings) -> str:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not (value.strip() or empty):
            findings.add(path, shown(value), _("text"))
            return ""
        if len(value) > longest:
            found = _("a text of %(number)d characters") % {"number": len(value)}
            findings.add(path, found, _("at most %(number)d characters") % {"number": longest})
            return ""
        if any(unicodedata.category(letter) in ("Cc", "Cf") for letter in value if letter != "\n"):
            findings.add(path, shown(value), _("text without control characters"))
        return unicodedata.normalize("NFC", value).strip()

    return shape


def matching(pattern: re.Pattern[str], expected: Callable[[], str], longest: int = 60) -> Shape:
    def shape(value: Any, path: str, findings: Findings) -> str:
        if not isinstance(value, str) or len(value) > longest or not pattern.fullmatch(value):
            findings.add(path, shown(value), expected())
            return ""
        return value

    return shape


slug = matching(
    SLUG,
    lambda: _("small letters, digits and _ , such as “%(example)s”") % {"example": "body_founded"},
)
code = matching(CODE, lambda: _("capital letters, digits and - , such as “SWS-2007”"), longest=20)
clock = matching(CLOCK, lambda: _("a time between 00:00 and 24:00, such as “15:00”"))


def word(known: Collection[str]) -> Shape:
    """One word of a closed list."""

    def shape(value: Any, path: str, findings: Findings) -> str:
        if not isinstance(value, str) or value not in known:
            findings.add(path, shown(value), one_of(known, instead_of=value))
            return ""
        return value

    return shape


def whole(smallest: int, largest: int) -> Shape:
    def shape(value: Any, path: str, findings: Findings) -> int | None:
        if type(value) is not int or not smallest <= value <= largest:  # true is no number
            limits = {"smallest": smallest, "largest": largest}
            expected = _("a whole number from %(smallest)d to %(largest)d") % limits
            findings.add(path, shown(value), expected)
            return None
        return value

    return shape


def yes_no(value: Any, path: str, findings: Findings) -> bool:
    if not isinstance(value, bool):
        findings.add(path, shown(value), one_of(("true", "false")))
        return False
    return value


def day(value: Any, path: str, findings: Findings) -> str:
    """A real day between 1990 and 2100, written 2018-08-03."""
    if isinstance(value, str) and DAY.fullmatch(value):
        try:
            if FIRST_YEAR <= date.fromisoformat(value).year <= LAST_YEAR:
                return value
        except ValueError:  # 30 February
            pass
    findings.add(path, shown(value), _("a day that exists, such as “2018-08-03”"))
    return ""


def month(value: Any, path: str, findings: Findings) -> str:
    if not isinstance(value, str) or not MONTH.fullmatch(value) or not sane_year(value):
        findings.add(path, shown(value), _("a month, such as “2007-12”"))
        return ""
    return value


def day_month_or_year(value: Any, path: str, findings: Findings) -> str:
    """As much of a date as the source states: 2007-01-01, 2007-04 or 2007."""
    value = str(value) if isinstance(value, int) else value
    if isinstance(value, str) and DAY.fullmatch(value):
        return day(value, path, findings)
    known = isinstance(value, str) and (MONTH.fullmatch(value) or YEAR.fullmatch(value))
    if known and sane_year(value):
        return str(value)
    findings.add(path, shown(value), _("a day, month or year: “2007-04-01”, “2007-04”, “2007”"))
    return ""


def sane_year(value: str) -> bool:
    return FIRST_YEAR <= int(value[:4]) <= LAST_YEAR


def amount(value: Any, path: str, findings: Findings) -> str:
    """Money as plain figures; kept as text, so that nothing is ever rounded."""
    value = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(value, str) or not AMOUNT.fullmatch(value):
        findings.add(path, shown(value), _("an amount in figures, such as “3500000”"))
        return ""
    return value


def items(of: Shape, *, at_least: int = 0, at_most: int = 200, distinct: bool = True) -> Shape:
    """A list; `distinct` refuses the same word twice."""

    def shape(value: Any, path: str, findings: Findings) -> list[Any]:
        if not isinstance(value, list) or not at_least <= len(value) <= at_most:
            limits = {"fewest": at_least, "most": at_most}
            expected = _("a list of %(fewest)d to %(most)d, written [a, b]") % limits
            findings.add(path, shown(value), expected)
            return []
        checked = [of(item, f"{path}[{place}]", findings) for place, item in enumerate(value)]
        if distinct:
            refuse_repetition(checked, path, findings)
        return checked

    return shape


def refuse_repetition(values: list[Any], path: str, findings: Findings) -> None:
    for place, value in enumerate(values):
        if isinstance(value, str | int) and value != "" and value in values[:place]:
            findings.add(f"{path}[{place}]", shown(value), _("each one only once"))


def bilingual(longest: int = 1000, **also: Field) -> Shape:
    """A text in Serbian Cyrillic and in English: `{sr: …, en: …}`, with other keys `also`.

    Names of foreign programmes stay in Latin inside the Serbian text, so a Latin word is allowed
    there; a text without any Cyrillic, or a word with letters of both scripts, is not.
    """
    both = block({**also, "sr": Field(text(longest)), "en": Field(text(longest))})

    def shape(value: Any, path: str, findings: Findings) -> dict[str, str]:
        checked = both(value, path, findings)
        if not isinstance(value, dict):
            return checked
        if checked["sr"]:
            judge_serbian(checked["sr"], f"{path}.sr", findings)
        if checked["en"] and any(script_of(letter) == "CYRILLIC" for letter in checked["en"]):
            findings.add(f"{path}.en", shown(checked["en"]), _("English, without Cyrillic letters"))
        return checked

    return shape


def judge_serbian(sentence: str, path: str, findings: Findings) -> None:
    words = WORD.findall(sentence)
    scripts = [{script_of(letter) for letter in word} & {"CYRILLIC", "LATIN"} for word in words]
    for one, met in zip(words, scripts, strict=True):
        if len(met) == 2:
            findings.add(path, shown(one), _("a word in one script: all Cyrillic or all Latin"))
            return
    if {"CYRILLIC"} not in scripts:
        findings.add(path, shown(sentence), _("Serbian in Cyrillic letters"))


def script_of(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]
