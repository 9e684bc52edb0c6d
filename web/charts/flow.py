"""Cumulative flow: how many stood in each stage at the end of each month, as areas on areas."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.drawing import (
    LINE,
    WIDTH,
    Area,
    Column,
    Drawing,
    Key,
    Label,
    Line,
    Mark,
    Scale,
    Table,
    swatch,
)
from web.charts.lettering import centred, placed, width_of
from web.charts.rows import FOOT, GAP, WIDEST_COLUMN
from web.script.numbers import number

_HEIGHT = 240  # of the plot
_TICKS = 4  # at most so many numbers at the side, besides 0


@dataclass(frozen=True)
class Band:
    """One stage: its counts by month, and the class of its colour, s1 to s6."""

    label: str
    css: str
    counts: Sequence[int]


@dataclass(frozen=True)
class Flow:
    """Bands in the order of the route, drawn from the top down: who is furthest lies lowest.

    `about` heads the months ("Month").
    """

    title: str
    about: str
    months: Sequence[str]
    bands: Sequence[Band]
    summary: str = ""

    def drawing(self) -> Drawing:
        ticks = nice_ticks(max(map(sum, self._stacked()), default=0))
        left = round(max(width_of(number(tick)) for tick in ticks) + GAP, 1)
        scale = Scale(ticks[-1], LINE + _HEIGHT, LINE)
        marks = [*self._grid(ticks, left, scale), *self._areas(left, scale)]
        return Drawing(LINE + _HEIGHT + FOOT, [*marks, *self._months(left)])

    def _stacked(self) -> list[tuple[int, ...]]:
        """The counts of each month, from the lowest band to the highest."""
        return list(zip(*(band.counts for band in reversed(self.bands)), strict=True))

    def _grid(self, ticks: Sequence[int], left: float, scale: Scale) -> list[Mark]:
        marks: list[Mark] = []
        for tick in ticks:
            y = scale(tick)
            at_side = placed(
                [number(tick)], number(tick), left - GAP / 2, y, anchor="end", css="num"
            )
            marks += [Line(left, y, WIDTH, y, "grid"), at_side]
        return marks

    def _areas(self, left: float, scale: Scale) -> list[Mark]:
        """Each area lies on the upper edge of the one below."""
        places = self._places(left)
        below = [0 for _month in self.months]
        marks: list[Mark] = []
        for band in reversed(self.bands):
            above = [low + count for low, count in zip(below, band.counts, strict=True)]
            marks.append(Area(outline(places, below, above, scale), band.css, band.label))
            below = above
        return marks

    def _places(self, left: float) -> list[float]:
        """Where each month stands, the last one at the right edge."""
        step = (WIDTH - left) / max(len(self.months) - 1, 1)
        return [round(left + index * step, 1) for index in range(len(self.months))]

    def _months(self, left: float) -> list[Mark]:
        """As many names of months as fit, the first one always."""
        middle = LINE + _HEIGHT + FOOT - LINE / 2
        every = self._every_nth(left)
        shown = list(zip(self.months, self._places(left), strict=True))[::every]
        return [centred(month, x, middle, WIDEST_COLUMN) for month, x in shown]

    def _every_nth(self, left: float) -> int:
        """With room for half a name more, since those at the edges are pushed inside."""
        widest = min(max(map(width_of, self.months), default=0), WIDEST_COLUMN)
        return max(math.ceil(len(self.months) * (1.5 * widest + GAP) / (WIDTH - left)), 1)

    def legend(self) -> list[Key]:
        return [Key(band.label, swatch(band.css)) for band in self.bands]

    def table(self) -> Table:
        columns = [Column(band.label, list(map(number, band.counts))) for band in self.bands]
        return Table(self.about, list(map(Label, self.months)), columns)


def outline(
    places: Sequence[float], below: Sequence[int], above: Sequence[int], scale: Scale
) -> list[tuple[float, float]]:
    """The corners of an area: along its upper edge, and back along the lower one.

    A single month is drawn as wide as the plot.
    """
    if len(places) == 1:
        places, below, above = [places[0], WIDTH], [*below, *below], [*above, *above]
    upper = [(x, scale(value)) for x, value in zip(places, above, strict=True)]
    lower = [(x, scale(value)) for x, value in zip(places, below, strict=True)]
    return [*upper, *reversed(lower)]


def nice_ticks(top: int) -> list[int]:
    """0 and a few round numbers, the last one at the top or above it: 0, 5, 10, 15, 20 for 18."""
    least = max(top, 1) / _TICKS
    size = 10 ** max(math.floor(math.log10(least)), 0)
    step = next(size * factor for factor in (1, 2, 5, 10) if size * factor >= least)
    return [step * index for index in range(math.ceil(max(top, 1) / step) + 1)]
