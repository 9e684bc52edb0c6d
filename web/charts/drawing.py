"""What a chart is made of: marks on a drawing, a legend, a table that says the same.

Lengths are units of the drawing, one of which is never smaller than a CSS pixel: on a phone a
chart scrolls in its region and does not shrink.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

WIDTH = 640
LINE = 18  # from one line of words to the next; the template has it as dy
KEY = 16  # a drawing in the legend is a square of this size
_SLIVER = 2.0


@dataclass(frozen=True)
class Rect:
    tag: ClassVar[str] = "rect"
    x: float
    y: float
    width: float
    height: float
    css: str
    hint: str = ""  # what a mouse is told that rests on it


@dataclass(frozen=True)
class Line:
    tag: ClassVar[str] = "line"
    x1: float
    y1: float
    x2: float
    y2: float
    css: str


@dataclass(frozen=True)
class Area:
    """A polygon; `points` as (x, y)."""

    tag: ClassVar[str] = "area"
    points: Sequence[tuple[float, float]]
    css: str
    hint: str = ""

    @property
    def outline(self) -> str:
        """The points as the attribute of that name wants them, in no language's way."""
        return " ".join(f"{x:g},{y:g}" for x, y in self.points)


@dataclass(frozen=True)
class Dot:
    tag: ClassVar[str] = "dot"
    x: float
    y: float
    radius: float
    css: str
    hint: str = ""


@dataclass(frozen=True)
class Words:
    """Lines of text, of which `whole` may be more than fits; with a `url` they are one link."""

    tag: ClassVar[str] = "words"
    x: float
    y: float  # on which the letters of the first line stand
    lines: Sequence[str]
    whole: str
    anchor: str = "start"
    css: str = ""
    url: str = ""

    @property
    def hint(self) -> str:
        """All of it, where it was cut short."""
        return self.whole if " ".join(self.lines) != " ".join(self.whole.split()) else ""


Mark = Rect | Line | Area | Dot | Words


@dataclass(frozen=True)
class Drawing:
    """Marks in the order in which they are painted, on a surface of WIDTH × `height`."""

    height: float
    marks: Sequence[Mark]
    width: float = WIDTH

    @property
    def links(self) -> list[Words]:
        """With links inside, it is a group for screen readers, and not one picture."""
        return [mark for mark in self.marks if isinstance(mark, Words) and mark.url]

    @property
    def plain(self) -> list[Mark]:
        links = self.links
        return [mark for mark in self.marks if mark not in links] if links else list(self.marks)


@dataclass(frozen=True)
class Key:
    """One entry of the legend: what a mark looks like, and what it means."""

    label: str
    marks: Sequence[Mark]


@dataclass(frozen=True)
class Label:
    """What a row is about; with a `url` its words are a link."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Column:
    """Values of one kind, one for each row, already in the reader's way."""

    heading: str
    values: Sequence[str]
    css: str = "num"


@dataclass(frozen=True)
class Cell:
    text: str
    css: str


@dataclass(frozen=True)
class Table:
    """The same numbers in words: `about` heads the labels, which head the rows."""

    about: str
    labels: Sequence[Label]
    columns: Sequence[Column]

    @property
    def rows(self) -> list[tuple[Label, list[Cell]]]:
        cells = ([Cell(value, column.css) for value in column.values] for column in self.columns)
        return [(label, list(row)) for label, *row in zip(self.labels, *cells, strict=True)]


class Chart(Protocol):
    """What `{% chart %}` asks of a shape."""

    @property
    def title(self) -> str: ...
    @property
    def summary(self) -> str: ...
    def drawing(self) -> Drawing: ...
    def legend(self) -> Sequence[Key]: ...
    def table(self) -> Table: ...


def swatch(css: str) -> tuple[Rect]:
    """A filled square for the legend."""
    return (Rect(1, 1, KEY - 2, KEY - 2, css),)


@dataclass(frozen=True)
class Scale:
    """Where a value stands between `start` and `end`: 0 at the start, `top` at the end."""

    top: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Never outside; one decimal is finer than any screen."""
        share = min(max(value / self.top, 0), 1) if self.top > 0 else 0
        return round(self.start + share * (self.end - self.start), 1)

    def length(self, value: float) -> float:
        """How long a bar is drawn: whatever is more than nothing can be seen."""
        exact = round(self(value) - self.start, 1)
        return max(exact, _SLIVER) if value > 0 else 0
