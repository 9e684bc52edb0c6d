"""The order of every chart with a row per label: labels, then the plot, then columns of values.

The values stand in columns of their own, so that no mark ever crosses them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from web.charts.drawing import LINE, WIDTH, Column, Label, Mark, Words
from web.charts.lettering import broken, placed, width_of

WIDEST_LABEL = 200
WIDEST_COLUMN = 96
GAP = 14
BAR = 18  # how thick a bar is
FOOT = 26  # room below the rows for a line of words
_MOST_LINES = 3
_BETWEEN = 12  # from the words of one row to those of the next


def _width(column: Column) -> float:
    """As wide as its widest word asks for, within bounds."""
    words = [*column.heading.split(), *column.values]
    return min(max(map(width_of, words), default=0), WIDEST_COLUMN)


@dataclass(frozen=True)
class Row:
    """The place of one row, and the height of its middle."""

    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2

    @property
    def bar_top(self) -> float:
        return self.middle - BAR / 2


class Rows:
    """Where everything stands, computed once from the words; columns from left to right."""

    def __init__(self, labels: Sequence[Label], columns: Sequence[Column]) -> None:
        self.labels, self.columns = labels, columns
        widest = max((width_of(label.text) for label in labels), default=0)
        self._label_room = min(widest, WIDEST_LABEL)
        self._label_lines = [broken(label.text, self._label_room, _MOST_LINES) for label in labels]
        self._headings = [broken(column.heading, _width(column), _MOST_LINES) for column in columns]
        self.left = round(self._label_room + GAP, 1)
        self.right = round(WIDTH - sum(_width(column) + GAP for column in columns), 1)
        self.top = LINE * max(map(len, self._headings), default=0)
        self.rows = list(self._placed())
        self.bottom = self.top + sum(row.height for row in self.rows)

    def _placed(self) -> Iterator[Row]:
        top: float = self.top
        for lines in self._label_lines:
            row = Row(top, max(len(lines), 1) * LINE + _BETWEEN)
            yield row
            top += row.height

    def words(self) -> list[Mark]:
        """All labels, headings and values."""
        marks: list[Mark] = [
            placed(lines, label.text, 0, row.middle, url=label.url)
            for label, lines, row in zip(self.labels, self._label_lines, self.rows, strict=True)
        ]
        right: float = WIDTH
        for column, heading in reversed(list(zip(self.columns, self._headings, strict=True))):
            marks += self._column_words(column, heading, round(right, 1))
            right -= _width(column) + GAP
        return marks

    def _column_words(self, column: Column, heading: Sequence[str], x: float) -> list[Words]:
        middle = self.top - len(heading) * LINE / 2  # headings stand on one line at the bottom
        marks = [placed(heading, column.heading, x, middle, anchor="end", css="head")]
        for value, row in zip(column.values, self.rows, strict=True):
            line = broken(value, _width(column), 1)
            marks.append(placed(line, value, x, row.middle, anchor="end", css="num"))
        return marks
