"""What changed between two texts: line by line, and word by word inside a changed line.

Lines are aligned first, words only inside lines that resemble each other, both within a budget:
beyond it something counts as replaced whole, which is never wrong, only coarse. The same two
texts always give the same answer, and comparing them the other way round marks the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from documents.reading.alignment import Budget, Run, runs

SAME, FOLDED, CHANGED, REMOVED, ADDED = "same", "folded", "changed", "removed", "added"
CONTEXT = 3  # unchanged lines shown around a change
FOLDS_FROM = 4  # fewer hidden lines are not worth a click
ALIKE = 0.4  # share of common words from which on two lines are one line that changed
STEPS_FOR_LINES = 1_000_000
STEPS_FOR_WORDS = 1_000_000
STEPS_FOR_PAIRS = 300_000
LONGEST_LINE = 100_000
STEPS_OF_A_LINE = 20  # what comparing two lines costs before the first word

_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_OPPOSITE = {REMOVED: ADDED, ADDED: REMOVED}


@dataclass(frozen=True)
class Piece:
    """A part of a changed line: same, removed or added."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """Neighbouring lines of one kind, or one changed line with its pieces.

    `folded` lines are unchanged and far from any change: a page says how many there are.
    """

    kind: str
    lines: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()

    @property
    def count(self) -> int:
        return len(self.lines) or 1

    @property
    def before(self) -> tuple[str, ...]:
        """The lines as they stand in the earlier text."""
        return self._without(ADDED)

    @property
    def after(self) -> tuple[str, ...]:
        """The lines as they stand in the later text."""
        return self._without(REMOVED)

    def _without(self, kind: str) -> tuple[str, ...]:
        if self.kind == CHANGED:
            return ("".join(piece.text for piece in self.pieces if piece.kind != kind),)
        return () if self.kind == kind else self.lines


Part = TypeVar("Part", Piece, Difference)


class _Budgets(NamedTuple):
    """What one comparison may cost, apart for lines, for pairing them, and for words."""

    lines: Budget
    pairs: Budget
    words: Budget


def differences(before: str, after: str) -> list[Difference]:
    """Everything from the first line to the last; nothing when the texts are equal."""
    if before == after:
        return []
    if before > after:  # one fixed order, so that both directions mark the same
        return _mirrored(differences(after, before))
    budgets = _Budgets(Budget(STEPS_FOR_LINES), Budget(STEPS_FOR_PAIRS), Budget(STEPS_FOR_WORDS))
    old, new = _lines(before), _lines(after)
    found: list[Difference] = []
    place, across = 0, 0
    for run in [*runs(old, new, budgets.lines), Run(len(old), len(new), 0)]:
        found += _replaced(old[place : run.before], new[across : run.after], budgets)
        place, across = run.before + run.length, run.after + run.length
        found += _unchanged(old[run.before : place], is_first=not found, is_last=place == len(old))
    return found


def before_of(found: Iterable[Difference]) -> str:
    """The earlier text again."""
    return "\n".join(line for difference in found for line in difference.before)


def after_of(found: Iterable[Difference]) -> str:
    """The later text again."""
    return "\n".join(line for difference in found for line in difference.after)


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _unchanged(lines: list[str], *, is_first: bool, is_last: bool) -> list[Difference]:
    """Lines beside a change, with those further away folded."""
    start = 0 if is_first else CONTEXT
    end = len(lines) if is_last else len(lines) - CONTEXT
    if end - start < FOLDS_FROM:
        start = end = len(lines)
    parts = [(SAME, lines[:start]), (FOLDED, lines[start:end]), (SAME, lines[end:])]
    return [Difference(kind, tuple(part)) for kind, part in parts if part]


# Changed lines


def _replaced(old: list[str], new: list[str], budgets: _Budgets) -> list[Difference]:
    """Lines that resemble each other as changed ones; around them the removed and the added."""
    found: list[Difference] = []
    place, across = 0, 0
    for one, other in [*_resembling(old, new, budgets.pairs), (len(old), len(new))]:
        parts = [(REMOVED, old[place:one]), (ADDED, new[across:other])]
        found += [Difference(kind, tuple(lines)) for kind, lines in parts if lines]
        if one < len(old):
            pieces = _pieces(old[one], new[other], budgets.words)
            found.append(Difference(CHANGED, pieces=tuple(pieces)))
        place, across = one + 1, other + 1
    return found


def _resembling(old: list[str], new: list[str], budget: Budget) -> list[tuple[int, int]]:
    """Pairs of places in rising order, chosen so that they resemble each other most."""
    if _are_few(old, new, budget):
        return _best_pairs([_words(line) for line in old], [_words(line) for line in new])
    if len(old) != len(new) or not budget.spend(STEPS_OF_A_LINE * len(old)):
        return []
    pairs = zip(map(_words, old), map(_words, new), strict=True)
    return [(place, place) for place, pair in enumerate(pairs) if _likeness(*pair) >= ALIKE]


def _are_few(old: list[str], new: list[str], budget: Budget) -> bool:
    """Whether each line can be held against each other one, by the letters of the shorter ones."""
    if not old or not new or len(old) * len(new) > budget.steps:
        return False
    letters = min(max(map(len, old)), max(map(len, new)))
    return budget.spend(len(old) * len(new) * (1 + letters // 8))


def _words(line: str) -> Counter[str]:
    """How often each word stands in a line; of a line without words, each sign.

    A line of a hundred thousand letters was not written by people: it resembles none.
    """
    if len(line) > LONGEST_LINE:
        return Counter()
    tokens = [token for token in _TOKEN.findall(line) if not token.isspace()]
    return Counter([token for token in tokens if token[0].isalnum()] or tokens)


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """From 0, no word in common, to 1, all of them."""
    few, many = sorted((one, other), key=len)
    common = sum(min(times, many[word]) for word, times in few.items())
    return 2 * common / ((one.total() + other.total()) or 1)


def _best_pairs(old: list[Counter[str]], new: list[Counter[str]]) -> list[tuple[int, int]]:
    """The greatest sum of likeness, each line in at most one pair, no two pairs crossing."""
    likeness = [[_worth(one, other) for other in new] for one in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for row in range(len(old) - 1, -1, -1):
        for column in range(len(new) - 1, -1, -1):
            paired = likeness[row][column] + best[row + 1][column + 1]
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    pairs = []
    row = column = 0
    while row < len(old) and column < len(new):
        if best[row][column] == best[row + 1][column]:
            row += 1
        elif best[row][column] == best[row][column + 1]:
            column += 1
        else:
            pairs.append((row, column))
            row, column = row + 1, column + 1
    return pairs


def _worth(one: Counter[str], other: Counter[str]) -> float:
    likeness = _likeness(one, other)
    return likeness if likeness >= ALIKE else 0.0


# Changed words


def _pieces(old: str, new: str, budget: Budget) -> list[Piece]:
    """The words of two lines, side by side; when the budget is spent, one line and the other."""
    if not budget.spend(STEPS_OF_A_LINE):
        return [Piece(REMOVED, old), Piece(ADDED, new)]
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    pieces: list[Piece] = []
    place, across = 0, 0
    for run in [*_runs_of_words(before, after, budget), Run(len(before), len(after), 0)]:
        removed, added = before[place : run.before], after[across : run.after]
        place, across = run.before + run.length, run.after + run.length
        parts = [(REMOVED, removed), (ADDED, added), (SAME, before[run.before : place])]
        pieces += [Piece(kind, "".join(tokens)) for kind, tokens in parts if tokens]
    return pieces


def _runs_of_words(before: Sequence[str], after: Sequence[str], budget: Budget) -> list[Run]:
    """Equal runs; a blank or a comma alone between two changes does not interrupt them."""
    found = runs(before, after, budget)
    return [run for run in found if _counts(run, before, after)]


def _counts(run: Run, before: Sequence[str], after: Sequence[str]) -> bool:
    end = run.before + run.length
    if any(token[0].isalnum() for token in before[run.before : end]):
        return True
    begins = run.before == 0 and run.after == 0
    return begins or (end == len(before) and run.after + run.length == len(after))


# The other way round


def _mirrored(found: list[Difference]) -> list[Difference]:
    turned = [
        replace(
            difference,
            kind=_OPPOSITE.get(difference.kind, difference.kind),
            pieces=tuple(_removed_first([_turned(piece) for piece in difference.pieces])),
        )
        for difference in found
    ]
    return _removed_first(turned)


def _turned(piece: Piece) -> Piece:
    return replace(piece, kind=_OPPOSITE.get(piece.kind, piece.kind))


def _removed_first(parts: list[Part]) -> list[Part]:
    """What was removed stands before what was added in its place."""
    parts = list(parts)
    for place in range(len(parts) - 1):
        if (parts[place].kind, parts[place + 1].kind) == (ADDED, REMOVED):
            parts[place], parts[place + 1] = parts[place + 1], parts[place]
    return parts
