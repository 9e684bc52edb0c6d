"""Words in a drawing: SVG breaks no lines, so they are measured and broken here.

Measured by guess, since the server draws no letters: each is taken as wide as Noto Sans has it at
14 units, which is wider than our own Source Sans 3, so that most other fonts fit too.
"""

import unicodedata
from collections.abc import Sequence

from web.charts.drawing import LINE, WIDTH, Words

_NARROW = frozenset("ijlfrtIJјіЈ.,:;'’|!()[]· -/")
_MEDIUM = frozenset("жмфФ&")
_WIDE = frozenset("mwMWшщюљњМШЩЖЮЉЊ%@—…")
_WIDTHS = {"narrow": 5.4, "small": 8.5, "figure": 8.1, "medium": 10.6, "wide": 13.4, "east": 15.0}


def width_of(text: str) -> float:
    """How much room a line of text takes at most."""
    return sum(_width_of_letter(letter) for letter in text)


def _width_of_letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if unicodedata.east_asian_width(letter) in "WF":
        return _WIDTHS["east"]
    if letter in _NARROW:
        return _WIDTHS["narrow"]
    if letter in _WIDE:
        return _WIDTHS["wide"]
    if letter.isdigit():
        return _WIDTHS["figure"]
    return _WIDTHS["medium" if letter in _MEDIUM or letter.isupper() else "small"]


def broken(text: str, room: float, lines: int) -> tuple[str, ...]:
    """At most so many lines that fit into the room; what does not fit ends in "…"."""
    found: list[str] = []
    rest = text.split()
    while rest and len(found) < lines:
        line, rest = _first_line(rest, room)
        found.append(line)
    if rest:
        found[-1] = _cut(f"{found[-1]} {rest[0]}", room)
    return tuple(found)


def _first_line(words: list[str], room: float) -> tuple[str, list[str]]:
    """As many words as fit, and the rest; a word longer than a line is broken in itself."""
    line = ""
    for index, word in enumerate(words):
        longer = f"{line} {word}" if line else word
        if width_of(longer) > room:
            if line:
                return line, words[index:]
            head = _fitting(word, room)
            return head, [word[len(head) :], *words[index + 1 :]]
        line = longer
    return line, []


def _fitting(word: str, room: float) -> str:
    """The beginning of a word that fits; one letter at least, so that there is an end."""
    length = 1
    while length < len(word) and width_of(word[: length + 1]) <= room:
        length += 1
    return word[:length]


def _cut(text: str, room: float) -> str:
    return _fitting(text, room - _WIDTHS["wide"]).rstrip() + "…"


def placed(lines: Sequence[str], whole: str, x: float, middle: float, **look: str) -> Words:
    """Lines of text with their middle at that height."""
    first = middle - len(lines) * LINE / 2 + LINE * 0.75
    return Words(x, round(first, 1), lines, whole, **look)


def centred(whole: str, x: float, middle: float, room: float = WIDTH, css: str = "") -> Words:
    """One line with its middle at x, or as near to it as the edges of the drawing let it be."""
    lines = broken(whole, room, 1)
    half = sum(map(width_of, lines)) / 2
    inside = round(min(max(x, half), WIDTH - half), 1)
    return placed(lines, whole, inside, middle, anchor="middle", css=css)
