"""One XML part, read piece by piece. A document type is refused before anything else.

Without a document type there are no entities, so nothing expands and nothing is fetched; expat
itself finds it, in whatever encoding it is written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from xml.parsers import expat

from documents.intake.verdict import Unfit

LONGEST_TOKEN = 1024 * 1024
Element = Callable[[str, dict[str, str]], None]


@dataclass(frozen=True)
class Watch:
    """What looks at each element (its name and attributes, without namespaces) and at text."""

    on_element: Element | None = None
    on_text: Callable[[str], None] | None = None


UNWATCHED = Watch()


class XmlPart:
    """A part that is fed with its bytes."""

    def __init__(self, watch: Watch = UNWATCHED):
        self.fed = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = refuse_document_type
        if watch.on_element:
            self.parser.StartElementHandler = told_by_local_names(watch.on_element)
        if watch.on_text:
            self.parser.CharacterDataHandler = watch.on_text

    def feed(self, piece: bytes, last: bool = False) -> None:
        """The next bytes; refuses what is no XML, and marks that never end."""
        self.fed += len(piece)
        try:
            self.parser.Parse(piece, last)
        except (expat.ExpatError, ValueError, LookupError):
            raise Unfit("damaged") from None
        if self.fed - self.parser.CurrentByteIndex > LONGEST_TOKEN + len(piece):
            raise Unfit("damaged")


def refuse_document_type(*_: object) -> None:
    raise Unfit("entities")


def told_by_local_names(on_element: Element) -> Element:
    """Names without their namespaces: what a program reads must not hide behind a prefix."""

    def told(name: str, attributes: dict[str, str]) -> None:
        # Called for millions of elements, so the names are cut right here.
        bare = {key[key.rfind(" ") + 1 :]: value for key, value in attributes.items()}
        on_element(name[name.rfind(" ") + 1 :], bare)

    return told


def look_through(text: bytes, on_element: Element) -> None:
    """A small part as a whole."""
    XmlPart(Watch(on_element)).feed(text, last=True)
