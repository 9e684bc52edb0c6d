"""Which items of two sequences stand on both sides, in the same order: lines, or words of a line.

First what begins and ends alike, then anchors: items that occur once on either side. What is
left between anchors gets the shortest edit as long as the budget lasts, and counts as wholly
replaced afterwards. The budget is counted in steps and not in seconds, so that the same two
texts always give the same answer.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

DEEPEST = 12  # how often anchors are looked for again between anchors
STEPS_OF_ONE_GAP = 200_000


class Run(NamedTuple):
    """`length` equal items, from these places on."""

    before: int
    after: int
    length: int


class Gap(NamedTuple):
    """What lies between two places of either side, and how many anchors enclose it."""

    before: int
    before_end: int
    after: int
    after_end: int
    depth: int = 0


@dataclass
class Budget:
    """How many steps may still be spent on looking."""

    steps: int

    def spend(self, steps: int) -> bool:
        """Whether there was as much left; what was not spent stays."""
        if steps > self.steps:
            return False
        self.steps -= steps
        return True


def runs(before: Sequence[str], after: Sequence[str], budget: Budget) -> list[Run]:
    """The equal runs in their order; what lies between two of them was replaced."""
    numbers: dict[str, int] = {}
    old = [numbers.setdefault(item, len(numbers)) for item in before]
    new = [numbers.setdefault(item, len(numbers)) for item in after]
    found: list[Run] = []
    gaps = [Gap(0, len(old), 0, len(new))]
    while gaps:
        gap = _trimmed(old, new, gaps.pop(), found)
        if gap.before == gap.before_end or gap.after == gap.after_end:
            continue
        anchors = _anchors(old, new, gap) if gap.depth < DEEPEST else []
        if anchors:
            gaps += _between(anchors, gap, found)
        else:
            found += shortest_edit(old, new, gap, budget)
    return _joined(found)


def _trimmed(old: list[int], new: list[int], gap: Gap, found: list[Run]) -> Gap:
    """The gap without what begins and ends alike, which is found."""
    before, before_end, after, after_end, depth = gap
    start = before
    while before < before_end and after < after_end and old[before] == new[after]:
        before, after = before + 1, after + 1
    if before > start:
        found.append(Run(start, after - (before - start), before - start))
    end = before_end
    while before < before_end and after < after_end and old[before_end - 1] == new[after_end - 1]:
        before_end, after_end = before_end - 1, after_end - 1
    if end > before_end:
        found.append(Run(before_end, after_end, end - before_end))
    return Gap(before, before_end, after, after_end, depth)


def _anchors(old: list[int], new: list[int], gap: Gap) -> list[tuple[int, int]]:
    """Places of items that occur once on either side, as many as keep their order."""
    here = _places_of_single(old, gap.before, gap.before_end)
    there = _places_of_single(new, gap.after, gap.after_end)
    both = [(place, there[item]) for item, place in here.items() if item in there]
    return _longest_rising(both)


def _places_of_single(items: list[int], start: int, end: int) -> dict[int, int]:
    counted = Counter(items[start:end])
    return {
        items[place]: place for place in range(start, end) if counted[items[place]] == 1
    }  # in the order of the places


def _longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs whose second places rise as their first ones do."""
    ends: list[int] = []  # the smallest last place of a rising choice of each length
    holders: list[int] = []
    earlier: list[int] = []
    for index, (_before, after) in enumerate(pairs):
        length = bisect_left(ends, after)
        earlier.append(holders[length - 1] if length else -1)
        ends[length : length + 1] = [after]
        holders[length : length + 1] = [index]
    chosen = []
    index = holders[-1] if holders else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = earlier[index]
    return chosen[::-1]


def _between(anchors: list[tuple[int, int]], gap: Gap, found: list[Run]) -> list[Gap]:
    """The gaps around the anchors; the anchors themselves are found."""
    found += [Run(before, after, 1) for before, after in anchors]
    starts = [(gap.before, gap.after), *((before + 1, after + 1) for before, after in anchors)]
    ends = [*anchors, (gap.before_end, gap.after_end)]
    return [
        Gap(before, before_end, after, after_end, gap.depth + 1)
        for (before, after), (before_end, after_end) in zip(starts, ends, strict=True)
    ]


def shortest_edit(old: Sequence[int], new: Sequence[int], gap: Gap, budget: Budget) -> list[Run]:
    """Myers' greedy search; nothing when the budget does not reach.

    `reach[k]` is how far one gets on diagonal k (place before minus place after) with so many
    single removals and additions; the rows of all rounds are kept to walk back.
    """
    one, other = old[gap.before : gap.before_end], new[gap.after : gap.after_end]
    reach = {1: 0}
    rounds: list[dict[int, int]] = []
    left = Budget(STEPS_OF_ONE_GAP)
    for edits in range(len(one) + len(other) + 1):
        rounds.append(dict(reach))
        for diagonal in range(-edits, edits + 1, 2):
            start = place = _furthest(reach, diagonal, edits)
            while _same_at(one, other, place, place - diagonal):
                place += 1
            reach[diagonal] = place
            if place >= len(one) and place - diagonal >= len(other):
                return _walked_back(rounds, len(one), len(other), gap)
            steps = 2 + place - start
            if not left.spend(steps) or not budget.spend(steps):
                return []
    return []  # not reached: as many edits as items always suffice


def _furthest(reach: dict[int, int], diagonal: int, edits: int) -> int:
    """Where one comes to on this diagonal by one more removal or addition."""
    is_added = diagonal == -edits or (
        diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]
    )
    return reach[diagonal + 1] if is_added else reach[diagonal - 1] + 1


def _same_at(one: Sequence[int], other: Sequence[int], place: int, across: int) -> bool:
    return place < len(one) and across < len(other) and one[place] == other[across]


def _walked_back(rounds: list[dict[int, int]], place: int, across: int, gap: Gap) -> list[Run]:
    found = []
    for edits in range(len(rounds) - 1, -1, -1):
        start = _furthest(rounds[edits], place - across, edits)
        if place > start:
            across -= place - start
            found.append(Run(gap.before + start, gap.after + across, place - start))
        place, across = _step_before(rounds[edits], start, across, edits)
    return found


def _step_before(reach: dict[int, int], place: int, across: int, edits: int) -> tuple[int, int]:
    """The place before the removal or addition that led here; the first round had none."""
    diagonal = place - across
    is_added = diagonal == -edits or (
        diagonal != edits and reach[diagonal - 1] < reach[diagonal + 1]
    )
    return (place, across - 1) if is_added else (place - 1, across)


def _joined(found: list[Run]) -> list[Run]:
    """In order, with neighbours made one."""
    joined: list[Run] = []
    for run in sorted(found):
        last = joined[-1] if joined else Run(-1, -1, 0)
        if (last.before + last.length, last.after + last.length) == (run.before, run.after):
            joined[-1] = Run(last.before, last.after, last.length + run.length)
        else:
            joined.append(run)
    return joined
