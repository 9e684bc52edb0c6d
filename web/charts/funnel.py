"""A funnel: how many came as far as each stage, and how many of them stand there now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from web.charts.drawing import Column, Drawing, Key, Label, Mark, Rect, Scale, Table, swatch
from web.charts.rows import BAR, Row, Rows
from web.script.numbers import number


@dataclass(frozen=True)
class FunnelStage:
    """`standing` are those of the `reached` who have neither gone on nor ended."""

    label: str
    reached: int
    standing: int
    url: str = ""


@dataclass(frozen=True)
class Funnel:
    """Stages in the order of the route; `about` heads their labels."""

    title: str
    about: str
    rows: Sequence[FunnelStage]
    summary: str = ""

    def drawing(self) -> Drawing:
        rows = Rows(self._labels(), self._columns())
        widest = max((max(one.reached, one.standing) for one in self.rows), default=0)
        scale = Scale(widest, rows.left, rows.right)
        marks = rows.words()
        for stage, row in zip(self.rows, rows.rows, strict=True):
            marks += self._bar(stage, row, scale)
        return Drawing(rows.bottom, marks)

    def _columns(self) -> list[Column]:
        return [
            Column(_("Reached"), [number(stage.reached) for stage in self.rows]),
            Column(_("There now"), [number(stage.standing) for stage in self.rows]),
        ]

    def _bar(self, stage: FunnelStage, row: Row, scale: Scale) -> list[Mark]:
        stand, end = scale.length(stage.standing), scale.length(stage.reached)
        gone = round(max(end - stand, 0), 1)
        hint = f"{stage.label}: {number(stage.reached)}"
        return [
            Rect(scale.start, row.bar_top, stand, BAR, "bar", hint),
            Rect(round(scale.start + stand, 1), row.bar_top, gone, BAR, "gone", hint),
        ]

    def legend(self) -> list[Key]:
        return [
            Key(_("stand there now"), swatch("bar")),
            Key(_("went on or ended"), swatch("gone")),
        ]

    def _labels(self) -> list[Label]:
        return [Label(stage.label, stage.url) for stage in self.rows]

    def table(self) -> Table:
        return Table(self.about, self._labels(), self._columns())
