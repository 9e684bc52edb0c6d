"""Stacked bars: how the whole of each row is shared out, such as days by whose turn it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from web.charts.drawing import Column, Drawing, Key, Label, Mark, Rect, Scale, Table, swatch
from web.charts.lettering import placed, width_of
from web.charts.rows import BAR, Row, Rows
from web.script.numbers import number, percent

_AIR = 6  # between the words on a part and its edges


@dataclass(frozen=True)
class Part:
    """Who shares, and the class of their colour: p1, p2 or p3."""

    label: str
    css: str


@dataclass(frozen=True)
class Share:
    """One row: a value for each part, in the order of the parts."""

    label: str
    values: Sequence[float]
    url: str = ""


@dataclass(frozen=True)
class Shares:
    """Each bar is as long as the plot; the total stands at its end, under `measure`."""

    title: str
    about: str
    measure: str
    parts: Sequence[Part]
    rows: Sequence[Share]
    show: Callable[[float], str] = number
    summary: str = ""

    def drawing(self) -> Drawing:
        rows = Rows(self._labels(), [self._totals()])
        marks = rows.words()
        for share, row in zip(self.rows, rows.rows, strict=True):
            marks += self._bar(share, row, Scale(sum(share.values), rows.left, rows.right))
        return Drawing(rows.bottom, marks)

    def _totals(self) -> Column:
        return Column(self.measure, [self.show(sum(share.values)) for share in self.rows])

    def _bar(self, share: Share, row: Row, scale: Scale) -> list[Mark]:
        """Each part begins where the one before ends, so that together they fill the bar."""
        marks: list[Mark] = []
        done: float = 0
        for part, value in zip(self.parts, share.values, strict=True):
            start, end = scale(done), scale(done + value)
            marks += self._part(part, value, row, start, end)
            done += value
        return marks

    def _part(self, part: Part, value: float, row: Row, start: float, end: float) -> list[Mark]:
        """Its number stands on it where there is room; the table has it in any case."""
        width, shown = round(end - start, 1), self.show(value)
        bar = Rect(start, row.bar_top, width, BAR, part.css, f"{part.label}: {shown}")
        if width_of(shown) + 2 * _AIR > width:
            return [bar]
        x = round(start + width / 2, 1)
        return [bar, placed([shown], shown, x, row.middle, anchor="middle", css=f"on-{part.css}")]

    def legend(self) -> list[Key]:
        return [Key(part.label, swatch(part.css)) for part in self.parts]

    def _labels(self) -> list[Label]:
        return [Label(share.label, share.url) for share in self.rows]

    def table(self) -> Table:
        columns = [Column(part.label, self._cells(index)) for index, part in enumerate(self.parts)]
        return Table(self.about, self._labels(), [*columns, self._totals()])

    def _cells(self, index: int) -> list[str]:
        """One part through all rows: its value, and what percentage of the row that is."""
        return [
            f"{self.show(share.values[index])} ({percent(whole_percentages(share.values)[index])})"
            for share in self.rows
        ]


def whole_percentages(values: Sequence[float]) -> list[int]:
    """Percentages that add up to 100: what rounding down leaves goes to the largest remainders."""
    total = sum(values)
    if total <= 0:
        return [0 for _value in values]
    exact = [100 * value / total for value in values]
    rounded = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda one: rounded[one] - exact[one])
    for index in by_remainder[: 100 - sum(rounded)]:
        rounded[index] += 1
    return rounded
