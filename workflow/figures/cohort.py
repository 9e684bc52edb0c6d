"""Reading what was counted: quartiles, months, days with each party. Nothing here asks the log."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import accumulate

from django.utils import timezone

from workflow.figures.parties import Party
from workflow.figures.tally import Tally
from workflow.stages import CLOSED, OPEN, Stage

A_DAY = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Spread:
    """How many days it took how many: a quarter at most `lower`, half at most `median` …"""

    count: int
    lower: float | None = None
    median: float | None = None
    upper: float | None = None


NONE = Spread(0)


def spread(days: Mapping[str, int]) -> Spread:
    """Quartiles of days and how often each occurs; between two days they are interpolated."""
    rows = sorted((int(day), number) for day, number in days.items() if number)
    if not rows:
        return NONE
    ends = list(accumulate(number for _day, number in rows))
    count = ends[-1]

    def quantile(share: float) -> float:
        place = (count - 1) * share
        here = rows[bisect_right(ends, int(place))][0]
        after = rows[bisect_right(ends, min(int(place) + 1, count - 1))][0]
        return here + (after - here) * (place % 1)

    return Spread(count, quantile(0.25), quantile(0.5), quantile(0.75))


@dataclass(frozen=True)
class StageFigures:
    """One stage of the route. All days are without those on hold."""

    stage: Stage
    participations: int  # that were ever there
    standing: int
    on_hold: int  # of those standing
    ended: dict[Stage, int]  # how many ended there, and how
    passed: Spread  # days of those who went on; who withdrew or went back is not among them
    so_far: Spread  # days of those who stand there now
    limits: list[int]  # days that the procedures allow; usually one or none
    passed_late: int
    standing_late: int
    ball: dict[Party, float]  # days that lay with each


@dataclass(frozen=True)
class Month:
    """How many stood at each stage, or had ended, at the end of a month; the last one: so far."""

    until: date
    numbers: dict[Stage, int]


Spreads = dict[str, dict[str, Spread]]  # "passed" or "standing", stage


@dataclass(frozen=True)
class Cohort:
    """The figures of a programme, of a track, or of all that a person may see."""

    tally: Tally
    spreads: Spreads
    counted_at: datetime

    @property
    def participations(self) -> int:
        return self.tally.opened

    @cached_property
    def stages(self) -> list[StageFigures]:
        """The stages of the routes, in their order, also those where nobody was yet."""
        return [
            stage_figures(self.tally, self.spreads, stage)
            for stage in OPEN
            if stage in self.tally.funnel
        ]

    @cached_property
    def months(self) -> list[Month]:
        """From the month of the first decision to the present one. By `decided_on`."""
        return list(months_of(self.tally, timezone.localdate(self.counted_at)))

    @cached_property
    def places(self) -> dict[int, dict[Stage, int]]:
        """How many of each municipality, by its primary key, stand at which stage."""
        return {
            int(unit): {Stage(stage): number for stage, number in here.items()}
            for unit, here in self.tally.places.items()
        }

    @cached_property
    def ball(self) -> dict[Party, float]:
        """Days that lay with each party, in all stages. By the server's clock."""
        return days_with(sum(self.tally.ball.values(), Counter()))


def cohort(tally: Tally, counted_at: datetime) -> Cohort:
    """The figures of what was just counted or added up."""
    spreads = {
        name: {stage: spread(row) for stage, row in days.items()}
        for name, days in tally.days().items()
    }
    return Cohort(tally, spreads, counted_at)


def stage_figures(tally: Tally, spreads: Spreads, stage: Stage) -> StageFigures:
    funnel, late = tally.funnel[stage], tally.late[stage]
    return StageFigures(
        stage=stage,
        participations=funnel["participations"],
        standing=funnel["standing"],
        on_hold=funnel["on_hold"],
        ended={end: funnel[end] for end in CLOSED if funnel[end]},
        passed=spreads["passed"].get(stage, NONE),
        so_far=spreads["standing"].get(stage, NONE),
        limits=sorted(int(days) for days in tally.limits[stage]),
        passed_late=late["passed"],
        standing_late=late["standing"],
        ball=days_with(tally.ball[stage]),
    )


def days_with(ball: Mapping[str, int]) -> dict[Party, float]:
    """A day that lay with two at once counts half for each, so that the days add up."""
    days = dict.fromkeys(Party, 0.0)
    for together, seconds in ball.items():
        parties = together.split()
        for party in parties:
            days[Party(party)] += seconds / len(parties) / A_DAY
    return days


def months_of(tally: Tally, today: date) -> Iterator[Month]:
    if not tally.flow:
        return
    numbers: Counter[str] = Counter()
    year, month = map(int, min(tally.flow).split("-"))
    while (year, month) <= (today.year, today.month):
        numbers.update(tally.flow.get(f"{year:04}-{month:02}", {}))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        until = min(date(year, month, 1) - timedelta(days=1), today)
        yield Month(until, {stage: numbers[stage] for stage in Stage if numbers[stage]})
