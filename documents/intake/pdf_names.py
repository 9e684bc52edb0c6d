"""Names in the objects of a PDF, found without believing its table of contents.

A reader of PDF may follow the table to any place of the file, so the whole file is searched. A
name found counts unless it stands in a text, in a comment or in the bytes of a picture. A name
may be written with some of its letters as numbers (`/J#61vaScript`); that is undone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from documents.intake.foreign import Content
from documents.intake.verdict import Limits, Unfit

SPACE = b"\x00\t\n\x0c\r "
WANTED = (
    "JavaScript",
    "JS",
    "RichMedia",
    "XFA",
    "Launch",
    "ImportData",
    "Encrypt",
    "EF",
    "EmbeddedFile",
    "Root",
    "Pages",
)
PLAIN = re.compile(rb"/(%b)(?=[\x00\s()<>\[\]{}/%%]|\Z)" % "|".join(WANTED).encode())
WITH_NUMBERS = re.compile(
    rb"/([^\x00\s()<>\[\]{}/%#]{0,40}#[0-9A-Fa-f]{2}[^\x00\s()<>\[\]{}/%]{0,80})"
)
NUMBER = re.compile(rb"#([0-9A-Fa-f]{2})")
# From each of these on, a reader may begin to read an object.
BEGINS = (b"obj", b"endstream", b"trailer")
NUMBERED = re.compile(rb"(\d{1,10})[\x00\s]+\d{1,5}[\x00\s]+\Z")
TURNS = re.compile(rb"<<|<|\(|%|>>[\x00\s]*stream\s")
IN_TEXT = re.compile(rb"[()\\]")
LINE_END = re.compile(rb"[\r\n]")
# How far the same bytes may be walked over again before it is an attack and no document.
MOST_STEPS = 2_000_000


@dataclass
class Body:
    """Bytes that hold objects: the file itself, or what a stream of objects unpacks to."""

    content: Content
    begins: list[int]
    limits: Limits
    steps: int = 0

    @classmethod
    def of_file(cls, content: Content, limits: Limits) -> "Body":
        """The file, with the places where objects begin."""
        begins = [0]
        for word in BEGINS:
            for place in places_of(content, word):
                begins.append(place + len(word))
                if len(begins) > 2 * limits.pdf_objects:  # "endobj" is found as well
                    raise Unfit("too_many_parts", limit=limits.pdf_objects)
        return cls(content, sorted(begins), limits)

    def begins_of(self, numbers: set[int]) -> set[int]:
        """Where the objects of these numbers begin; there may be several of one."""
        found = set()
        for begin in self.begins:
            named = NUMBERED.search(self.content[max(0, begin - 27) : max(0, begin - 3)])
            if named and int(named[1]) in numbers:
                found.add(begin)
        return found

    def begin_of(self, place: int) -> int:
        """The nearest beginning of an object in front of a place."""
        index = bisect_right(self.begins, place)
        return self.begins[index - 1] if index else 0

    def is_syntax(self, place: int) -> bool:
        """Whether this place is read as an object, not as text, comment or picture."""
        position = self.begin_of(place)
        while turn := TURNS.search(self.content, position, place):
            self.steps += 1
            if self.steps > MOST_STEPS:
                raise Unfit("damaged")
            position = self.behind(turn, place)
        return position <= place

    def behind(self, turn: re.Match[bytes], place: int) -> int:
        """Where objects go on behind a text or a comment; past `place` when that is in it."""
        word = turn[0]
        if word == b"<<":
            return turn.end()
        if word == b"(":
            return self.behind_text(turn.end(), place)
        if word.startswith(b">>"):
            return place + 1
        end = LINE_END.search(self.content, turn.end(), place) if word == b"%" else None
        if word == b"<":
            closed = self.content.find(b">", turn.end(), place)
            return closed + 1 if closed >= 0 else place + 1
        return end.end() if end else place + 1

    def behind_text(self, position: int, place: int) -> int:
        """A text ends with the bracket that its first one opened."""
        depth = 1
        while depth and (turn := IN_TEXT.search(self.content, position, place)):
            self.steps += 1
            depth += {b"(": 1, b")": -1}.get(turn[0], 0)
            position = turn.end() + (turn[0] == b"\\")
        return position if not depth else place + 1


def names_in(body: Body) -> Iterator[str]:
    """The wanted names that stand in objects of this body, each once."""
    seen: set[str] = set()
    for name, place in named_places(body.content):
        if name not in seen and body.is_syntax(place):
            seen.add(name)
            yield name


def named_places(content: Content) -> Iterator[tuple[str, int]]:
    """Every place where the bytes of a wanted name stand, disguised ones marked with `#`."""
    for hit in PLAIN.finditer(content):
        yield hit[1].decode(), hit.start()
    for hit in WITH_NUMBERS.finditer(content):
        name = spelled_out(hit[1]).decode("latin-1")
        if name in WANTED:
            yield f"#{name}", hit.start()


def spelled_out(text: bytes) -> bytes:
    """Letters that were written as numbers."""
    return NUMBER.sub(lambda number: bytes([int(number[1], 16)]), text)


def places_of(content: Content, word: bytes) -> Iterator[int]:
    place = content.find(word)
    while place >= 0:
        yield place
        place = content.find(word, place + 1)
