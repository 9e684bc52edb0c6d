"""What is wrong with a rule file: one `Problem` per mistake, with its line. Nothing here raises."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LONGEST_SHOWN = 60
MOST_PROBLEMS = 500


@dataclass(frozen=True)
class Problem:
    """One mistake in a rule file: where it stands, what is there, what should be there.

    `line` counts from 1; `key` is the dotted path (`stages.memorandum.steps[0].role`), empty
    when the whole file is meant; `found` and `expected` are words for the author of the file.
    """

    line: int
    key: str
    found: str
    expected: str

    def __str__(self) -> str:
        place = _("line %(line)d") % {"line": self.line}
        if self.key:
            place = f"{place}, {self.key}"
        return _("%(place)s: found %(found)s, expected %(expected)s") % {
            "place": place,
            "found": self.found,
            "expected": self.expected,
        }


class Lined(Protocol):
    """Something that knows on which line of the file a path begins."""

    def line_of(self, path: str) -> int: ...


class Findings:
    """Collects the problems of one file; `line_of` of the document finds each one's line."""

    def __init__(self, document: Lined):
        self.document = document
        self.problems: list[Problem] = []
        self._places: set[str] = set()

    def add(self, path: str, found: str, expected: str) -> None:
        self._places.add(path)
        self.problems.append(Problem(self.document.line_of(path), path, found, expected))

    def missing(self, path: str, expected: str) -> None:
        """A key that is not there: the line is that of the block which lacks it."""
        self.add(path, _("nothing"), expected)

    def spoilt(self, path: str) -> bool:
        """True when this place, or one inside it, already has a problem of its own."""
        return any(
            place == path or place.startswith((f"{path}.", f"{path}[")) for place in self._places
        )


def quoted(value: str) -> str:
    """The author's own words in quotes, cut to a length that fits a line.

    Invisible characters are written out (U+202E), else they would twist this sentence as well.
    """
    seen = [
        letter if letter.isprintable() or letter.isspace() else code_of(letter)
        for letter in value[: 4 * LONGEST_SHOWN]
    ]
    flat = " ".join("".join(seen).split())
    short = flat if len(flat) <= LONGEST_SHOWN else f"{flat[: LONGEST_SHOWN - 1]}…"
    return f"“{short}”"


def code_of(letter: str) -> str:
    return f"U+{ord(letter):04X}"


def shown(value: Any) -> str:
    """Any value of a file in words: text in quotes, blocks and lists by what they are."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return _("a block with the keys %(keys)s") % {"keys": listed(list(value)[:6]) or "–"}
    if isinstance(value, list):
        number = len(value)
        return ngettext("a list of %d item", "a list of %d items", number) % number
    return quoted(str(value))


def listed(words: Iterable[str]) -> str:
    """Words one after the other, as an author would type them."""
    return ", ".join(str(word) for word in words)


def one_of(words: Iterable[str], instead_of: Any = None) -> str:
    """“one of a, b, c”, and the nearest of them when the author's word resembles one."""
    known = [str(word) for word in words]
    sentence = _("one of %(words)s") % {"words": listed(known)}
    near = get_close_matches(str(instead_of)[:80], known, n=1, cutoff=0.6)
    if not near:
        return sentence
    return _("%(sentence)s; did you mean “%(near)s”?") % {"sentence": sentence, "near": near[0]}


def in_order(problems: list[Problem]) -> list[Problem]:
    """By line, without repetitions; beyond 500 the rest is counted, not told one by one."""
    ordered = sorted(dict.fromkeys(problems), key=lambda problem: (problem.line, problem.key))
    if len(ordered) <= MOST_PROBLEMS:
        return ordered
    more = len(ordered) - MOST_PROBLEMS
    last = Problem(
        ordered[MOST_PROBLEMS].line,
        "",
        ngettext("%d more problem", "%d more problems", more) % more,
        _("these first ones corrected, then the file checked again"),
    )
    return [*ordered[:MOST_PROBLEMS], last]
