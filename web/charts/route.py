"""A route: stages one after the other, numbered, with what can be said of each in a few words."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.charts.drawing import LINE, WIDTH, Area, Dot, Drawing, Line, Mark, Words
from web.charts.lettering import broken, placed, width_of

_RADIUS = 19
_TIP = 9  # how long the head of an arrow is
_GAP = 8  # between a circle and its arrow, and its words
_BETWEEN = 4  # between the words of two stops
_MOST_LINES = 3
_WIDEST = 160  # room of a stop; a longer word is broken


@dataclass(frozen=True)
class Stop:
    """One stage: `notes` are short lines ("3 steps"), `url` leads to where it is explained."""

    label: str
    notes: Sequence[str] = ()
    url: str = ""


@dataclass(frozen=True)
class Route:
    """Stops in their order. Its twin is an ordered list, which says the same with links."""

    title: str
    stops: Sequence[Stop]

    @property
    def _room(self) -> float:
        """As wide as the longest word asks for, so that none is broken in itself."""
        words = [word for stop in self.stops for word in stop.label.split()]
        widest = max(map(width_of, words), default=0) + _BETWEEN
        return max(WIDTH / max(len(self.stops), 1), min(widest, _WIDEST))

    def _centre(self, index: int) -> float:
        return round(self._room * (index + 0.5), 1)

    def drawing(self) -> Drawing:
        lines = [broken(stop.label, self._room - _BETWEEN, _MOST_LINES) for stop in self.stops]
        below = 2 * _RADIUS + _GAP + LINE * max([1, *map(len, lines)])
        marks: list[Mark] = []
        for index, stop in enumerate(self.stops):
            marks += [*self._arrow(index), *self._circle(index)]
            middle = 2 * _RADIUS + _GAP + LINE * len(lines[index]) / 2
            marks.append(self._words(lines[index], stop.label, index, middle))
            marks += self._notes(stop, index, below)
        height = below + LINE * self._most_notes() + _GAP
        return Drawing(height, marks, round(self._room * len(self.stops), 1))

    def _most_notes(self) -> int:
        return max((len(stop.notes) for stop in self.stops), default=0)

    def _circle(self, index: int) -> list[Mark]:
        x, y = self._centre(index), _RADIUS + 2
        number = str(index + 1)
        return [Dot(x, y, _RADIUS, "stop"), self._words([number], number, index, y, "num")]

    def _arrow(self, index: int) -> list[Mark]:
        """To the next stop; none behind the last one."""
        if index + 1 == len(self.stops):
            return []
        y = _RADIUS + 2
        start = round(self._centre(index) + _RADIUS + _GAP, 1)
        end = round(self._centre(index + 1) - _RADIUS - _GAP, 1)
        tip = [(end, y), (end - _TIP, y - _TIP / 2), (end - _TIP, y + _TIP / 2)]
        return [Line(start, y, end - _TIP, y, "way"), Area(tip, "bar")]

    def _notes(self, stop: Stop, index: int, below: float) -> list[Mark]:
        return [
            self._words(
                broken(note, self._room, 1), note, index, below + LINE * (row + 0.5), "head"
            )
            for row, note in enumerate(stop.notes)
        ]

    def _words(
        self, lines: Sequence[str], whole: str, index: int, middle: float, css: str = ""
    ) -> Words:
        return placed(lines, whole, self._centre(index), middle, anchor="middle", css=css)
