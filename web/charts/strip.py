"""One's own place among all: the middle half as a strip, the median, and one dot. No names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from web.charts.drawing import (
    KEY,
    Column,
    Dot,
    Drawing,
    Key,
    Label,
    Line,
    Mark,
    Rect,
    Scale,
    Table,
    swatch,
)
from web.charts.rows import BAR, Row, Rows
from web.script.numbers import number

_RADIUS = 7
_OVER = 4  # how far the median stands out, to be seen behind the dot


@dataclass(frozen=True)
class Place:
    """One row. `quartiles` are first, median, third; None where too few are there to compare.

    `own` is None where one's own value does not exist yet.
    """

    label: str
    own: float | None
    quartiles: tuple[float, float, float] | None
    url: str = ""


@dataclass(frozen=True)
class Strip:
    """`about` heads the labels ("Stage"), `own` says whose dot it is ("Kikinda")."""

    title: str
    about: str
    own: str
    rows: Sequence[Place]
    show: Callable[[float], str] = number
    summary: str = ""

    def drawing(self) -> Drawing:
        columns = [self._own_column(), self._quartile_columns()[1]]
        rows = Rows(self._labels(), columns)
        scale = Scale(self._top(), rows.left + _RADIUS, rows.right - _RADIUS)
        marks = rows.words()
        for place, row in zip(self.rows, rows.rows, strict=True):
            marks += self._place(place, row, scale)
        return Drawing(rows.bottom, marks)

    def _top(self) -> float:
        owned = [place.own for place in self.rows if place.own is not None]
        return max(
            [*owned, *(place.quartiles[2] for place in self.rows if place.quartiles)], default=0
        )

    def _place(self, place: Place, row: Row, scale: Scale) -> list[Mark]:
        marks: list[Mark] = [Line(scale.start, row.middle, scale.end, row.middle, "grid")]
        if place.quartiles:
            first, median, third = map(scale, place.quartiles)
            marks.append(Rect(first, row.bar_top, round(third - first, 1), BAR, "half"))
            top, bottom = row.bar_top - _OVER, row.bar_top + BAR + _OVER
            marks.append(Line(median, top, median, bottom, "median"))
        if place.own is not None:
            hint = f"{self.own}: {self.show(place.own)}"
            marks.append(Dot(scale(place.own), row.middle, _RADIUS, "own", hint))
        return marks

    def legend(self) -> list[Key]:
        return [
            Key(self.own, [Dot(KEY / 2, KEY / 2, _RADIUS, "own")]),
            Key(_("the middle half of all"), swatch("half")),
            Key(_("the median of all"), [Line(KEY / 2, 0, KEY / 2, KEY, "median")]),
        ]

    def _labels(self) -> list[Label]:
        return [Label(place.label, place.url) for place in self.rows]

    def table(self) -> Table:
        columns = [self._own_column(), *self._quartile_columns()]
        return Table(self.about, self._labels(), columns)

    def _own_column(self) -> Column:
        return Column(self.own, [self._shown(place.own) for place in self.rows])

    def _quartile_columns(self) -> list[Column]:
        headings = [_("First quartile"), _("Median"), _("Third quartile")]
        triples = [place.quartiles or (None, None, None) for place in self.rows]
        return [
            Column(heading, [self._shown(triple[index]) for triple in triples])
            for index, heading in enumerate(headings)
        ]

    def _shown(self, value: float | None) -> str:
        return "–" if value is None else self.show(value)
