"""Horizontal bars: how long something takes at each place, against a limit where there is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from web.charts.drawing import (
    KEY,
    Column,
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
from web.charts.lettering import centred
from web.charts.rows import BAR, FOOT, Row, Rows
from web.script.numbers import number

_CAP = 5  # half the height of the ends of a whisker
_OVER = 4  # how far the mark of a limit stands out of its bar


@dataclass(frozen=True)
class Bar:
    """One row: its value, such as a median, the quartiles around it, and a limit of its own."""

    label: str
    value: float
    limit: float | None = None
    quartiles: tuple[float, float] | None = None
    url: str = ""


@dataclass(frozen=True)
class Bars:
    """`about` heads the labels ("Stage"), `measure` the values ("Median, days").

    `limit` holds for every row without its own. A bar above its limit is drawn as bad.
    """

    title: str
    about: str
    measure: str
    rows: Sequence[Bar]
    limit: float | None = None
    show: Callable[[float], str] = number
    summary: str = ""

    def limit_of(self, bar: Bar) -> float | None:
        return self.limit if bar.limit is None else bar.limit

    def exceeds(self, bar: Bar) -> bool:
        """Exactly at the limit is still within."""
        limit = self.limit_of(bar)
        return limit is not None and bar.value > limit

    def drawing(self) -> Drawing:
        rows = Rows(self._labels(), self._columns())
        scale = Scale(self._top(), rows.left, rows.right)
        marks = rows.words()
        for bar, row in zip(self.rows, rows.rows, strict=True):
            marks += self._bar(bar, row, scale)
        if self.limit is None:
            return Drawing(rows.bottom, marks)
        return Drawing(rows.bottom + _OVER + FOOT, [*marks, *self._common_limit(rows, scale)])

    def _columns(self) -> list[Column]:
        values = Column(self.measure, [self.show(bar.value) for bar in self.rows])
        if all(bar.limit is None for bar in self.rows):
            return [values]
        return [values, Column(_("Limit"), [self._shown(self.limit_of(bar)) for bar in self.rows])]

    def _top(self) -> float:
        """The greatest of all that is drawn."""
        found = [bar.value for bar in self.rows]
        found += [value for bar in self.rows for value in bar.quartiles or ()]
        found += [limit for bar in self.rows if (limit := self.limit_of(bar)) is not None]
        return max(found, default=0)

    def _bar(self, bar: Bar, row: Row, scale: Scale) -> list[Mark]:
        css = "bar bad" if self.exceeds(bar) else "bar"
        hint = f"{bar.label}: {self.show(bar.value)}"
        marks: list[Mark] = [
            Rect(scale.start, row.bar_top, scale.length(bar.value), BAR, css, hint)
        ]
        if bar.quartiles:
            first, third = map(scale, bar.quartiles)
            marks += whisker(first, third, row.middle)
        if bar.limit is not None:
            marks += limit_mark(scale(bar.limit), row.bar_top - _OVER, row.bar_top + BAR + _OVER)
        return marks

    def _common_limit(self, rows: Rows, scale: Scale) -> list[Mark]:
        """One line through all rows, with its words at the foot."""
        assert self.limit is not None
        words = f"{_('Limit')}: {self.show(self.limit)}"
        x, foot = scale(self.limit), rows.bottom + _OVER
        return [*limit_mark(x, rows.top, foot), centred(words, x, foot + FOOT / 2, css="head")]

    def legend(self) -> list[Key]:
        keys = [Key(self.measure, swatch("bar"))]
        if any(map(self.exceeds, self.rows)):
            keys.append(Key(_("above the limit"), swatch("bar bad")))
        if any(bar.quartiles for bar in self.rows):
            keys.append(Key(_("the middle half of all"), whisker(1, KEY - 1, KEY / 2)))
        if any(self.limit_of(bar) is not None for bar in self.rows):
            keys.append(Key(_("the limit"), limit_mark(KEY / 2, 0, KEY)))
        return keys

    def _labels(self) -> list[Label]:
        return [Label(bar.label, bar.url) for bar in self.rows]

    def table(self) -> Table:
        columns = [Column(self.measure, [self.show(bar.value) for bar in self.rows])]
        if any(bar.quartiles for bar in self.rows):
            pairs = [bar.quartiles or (None, None) for bar in self.rows]
            columns.append(Column(_("First quartile"), [self._shown(low) for low, _high in pairs]))
            columns.append(Column(_("Third quartile"), [self._shown(high) for _low, high in pairs]))
        if any(self.limit_of(bar) is not None for bar in self.rows):
            columns.append(Column(_("Limit"), list(map(self._limit_in_words, self.rows))))
        return Table(self.about, self._labels(), columns)

    def _limit_in_words(self, bar: Bar) -> str:
        limit = self._shown(self.limit_of(bar))
        return _("%(limit)s, exceeded") % {"limit": limit} if self.exceeds(bar) else limit

    def _shown(self, value: float | None) -> str:
        return "–" if value is None else self.show(value)


def whisker(start: float, end: float, middle: float) -> list[Mark]:
    """A thin line with ends, on a halo that sets it off from a bar below it."""
    ends = [Line(x, middle - _CAP, x, middle + _CAP, "thin") for x in (start, end)]
    return [
        Line(start, middle, end, middle, "halo"),
        Line(start, middle, end, middle, "thin"),
        *ends,
    ]


def limit_mark(x: float, top: float, bottom: float) -> list[Mark]:
    """An upright line that a bar should not cross."""
    return [Line(x, top, x, bottom, "halo"), Line(x, top, x, bottom, "lim")]
