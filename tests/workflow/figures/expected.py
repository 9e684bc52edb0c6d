"""The figures worked out from notes: day by day and moment by moment, without any log."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import quantiles

from tests.workflow.figures.lives import Notes
from workflow.figures.cohort import Spread

OPEN = ["memorandum", "assessment", "strategy_adopted"]
A_DAY = timedelta(days=1)


def days_at(notes: Notes, stage: str, today: date) -> int:
    """The days in whose night it stood there with its clock running."""
    first, day, days = notes.moves[0][0], notes.moves[0][0], 0
    while day < today:
        _on, verb, where = [move for move in notes.moves if move[0] <= day][-1]
        days += where == stage and not is_held(notes, day)
        day += A_DAY
    assert first <= today
    return days


def is_held(notes: Notes, day: date) -> bool:
    verbs = [verb for on, verb, _stage in notes.moves if on <= day]
    return verbs[-1] == "hold"


def stages_of(notes: Notes) -> set[str]:
    return {stage for _on, _verb, stage in notes.moves if stage in OPEN}


def has_passed(notes: Notes, stage: str) -> bool:
    """It left the stage at last, and not by going back or out."""
    if notes.moves[-1][2] == stage or stage not in stages_of(notes):
        return False
    left = [
        verb
        for (_on, _verb, before), (_on2, verb, after) in pairwise(notes.moves)
        if before == stage and after != stage
    ]
    return left[-1] not in ("step_back", "withdraw", "discontinue")


def end_of(notes: Notes) -> tuple[str, str] | None:
    """The stage where it ended, and how."""
    stage = notes.moves[-1][2]
    return None if stage in OPEN else (notes.moves[-2][2], stage)


def is_late(notes: Notes, stage: str, today: date) -> bool:
    limit = notes.limits[stage]
    return limit is not None and days_at(notes, stage, today) > limit


def spread_of(days: list[int]) -> Spread:
    if len(days) < 2:
        return Spread(len(days), *(days * 3))
    return Spread(len(days), *quantiles(days, n=4, method="inclusive"))


def standing_on(all_notes: list[Notes], day: date) -> dict[str, int]:
    """How many stood where at the end of the day."""
    places = [
        [stage for on, _verb, stage in notes.moves if on <= day][-1]
        for notes in all_notes
        if notes.moves[0][0] <= day
    ]
    return dict(Counter(places))


def ball(all_notes: list[Notes], stage: str, now: datetime) -> dict[str, float]:
    """Days with each party; where two had something to do, each gets its part."""
    days = dict.fromkeys(["municipality", "programme", "ministry"], 0.0)
    for notes in all_notes:
        for (since, where, whose), (until, _where, _whose) in pairwise(
            [*notes.turns, (now, "", frozenset())]
        ):
            for party in whose if where == stage else ():
                days[party] += (until - since) / A_DAY / len(whose)
    return days
