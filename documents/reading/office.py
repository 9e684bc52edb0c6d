"""The text of DOCX, ODT and ODS: paragraphs, and tables row by row.

Both families are zipped XML. It is read as a stream, element by element and each forgotten
afterwards, so that memory does not grow with the file; nothing is resolved, nothing fetched.
Elements are told by their local names, which are the same in the strict and the usual form.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lxml import etree

from documents.reading.limits import Limits
from documents.reading.problems import TooLong

CHUNK = 65536
REPEATED = "}number-columns-repeated"
MOST_REPEATED = 20  # columns of equal cells that a spreadsheet writes as one


@dataclass(frozen=True)
class Markup:
    """How one family of documents writes paragraphs, rows and the text in them."""

    parts: tuple[str, ...]  # patterns of names, in reading order
    row: str
    cell: str
    paragraphs: frozenset[str]
    silent: frozenset[str]  # elements whose text is not part of the paper
    signs: dict[str, str] = field(default_factory=dict)  # elements that stand for a character
    text: str = ""  # the only element that holds text; "" where any does
    once: str = ""  # parts whose paragraphs repeat: headers of the first and of other pages


WORD = Markup(
    parts=(
        r"word/header\d*\.xml",
        r"word/document\d*\.xml",
        r"word/footnotes\.xml",
        r"word/endnotes\.xml",
        r"word/footer\d*\.xml",
    ),
    row="tr",
    cell="tc",
    paragraphs=frozenset({"p"}),
    silent=frozenset({"pPr", "rPr", "del", "moveFrom", "instrText", "Fallback"}),
    signs={"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"},
    text="t",
    once="word/header|word/footer",
)
OPEN_DOCUMENT = Markup(
    parts=(r"content\.xml", r"styles\.xml"),
    row="table-row",
    cell="table-cell",
    paragraphs=frozenset({"p", "h"}),
    silent=frozenset({"tracked-changes", "annotation", "note-citation", "forms"}),
    signs={"s": " ", "tab": " ", "line-break": "\n"},
    once=r"styles\.xml",
)


class _Bounded:
    """A part of the container that ends with `TooLong` when it unpacks to more than is left."""

    def __init__(self, part: IO[bytes], left: int) -> None:
        self.part, self.left = part, left

    def read(self, size: int = CHUNK) -> bytes:
        piece = self.part.read(min(size, CHUNK))
        self.left -= len(piece)
        if self.left < 0:
            raise TooLong
        return piece


def word_document(path: Path, limits: Limits) -> Iterator[str]:
    return _paragraphs(path, WORD, limits)


def open_document(path: Path, limits: Limits) -> Iterator[str]:
    return _paragraphs(path, OPEN_DOCUMENT, limits)


def _paragraphs(path: Path, markup: Markup, limits: Limits) -> Iterator[str]:
    left = limits.unpacked
    heard: set[str] = set()
    with zipfile.ZipFile(path) as container:
        for name in _parts(container.namelist(), markup):
            with container.open(name) as packed:
                part = _Bounded(packed, left)
                repeats = bool(markup.once and re.match(markup.once, name))
                for paragraph in _of_part(part, markup):
                    if repeats and paragraph in heard:
                        continue
                    if repeats:
                        heard.add(paragraph)
                    yield paragraph
                left = part.left


def _parts(names: list[str], markup: Markup) -> list[str]:
    found = [
        sorted(name for name in set(names) if re.fullmatch(pattern, name))
        for pattern in markup.parts
    ]
    return [name for group in found for name in group]


def _of_part(part: _Bounded, markup: Markup) -> Iterator[str]:
    """Each paragraph outside of tables and each row, as soon as it ends."""
    tags = [f"{{*}}{name}" for name in {*markup.paragraphs, markup.row}]
    rows = 0
    for event, element in etree.iterparse(
        part,
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    ):
        is_row = _name(element) == markup.row
        if event == "start":
            rows += is_row
            continue
        rows -= is_row
        if rows:
            continue
        if not _is_silenced(element, markup):
            spoken = _row(element, markup) if is_row else _spoken(element, markup)
            if spoken.strip():
                yield spoken
        _forget(element)


def _row(row: etree._Element, markup: Markup) -> str:
    """The cells of a row, with those of tables inside it, separated by tabs."""
    cells: list[str] = []
    for cell in row.iterfind(f"{{*}}{markup.cell}"):
        paragraphs = cell.iter(*(f"{{*}}{name}" for name in markup.paragraphs))
        outermost = (part for part in paragraphs if not _is_silenced(part, markup))
        spoken = " ".join(_spoken(part, markup) for part in outermost)
        cells += [" ".join(spoken.split())] * (_repeated(cell) if spoken.strip() else 1)
    return "\t".join(cells).rstrip("\t")


def _repeated(cell: etree._Element) -> int:
    """How often a spreadsheet shows this cell in its row; a hostile number is cut."""
    stated = next((value for key, value in cell.items() if key.endswith(REPEATED)), "1")
    return min(int(stated), MOST_REPEATED) if stated.isdecimal() and len(stated) < 9 else 1


def _spoken(element: etree._Element, markup: Markup) -> str:
    return "".join(_said(element, markup))


def _said(element: etree._Element, markup: Markup) -> Iterator[str]:
    """The text of an element and of all within it that is not silent, nor a paragraph itself."""
    name = _name(element)
    if markup.text in ("", name):
        yield (element.text or "").replace("\n", " ")
    for child in element:
        inner = _name(child)
        if inner in markup.signs:
            yield markup.signs[inner]
        elif inner and inner not in markup.silent and inner not in markup.paragraphs:
            yield from _said(child, markup)
        if not markup.text:
            yield (child.tail or "").replace("\n", " ")


def _is_silenced(element: etree._Element, markup: Markup) -> bool:
    return any(_name(parent) in markup.silent for parent in element.iterancestors())


def _name(element: etree._Element) -> str:
    """The local name; an entity that nobody resolves has none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _forget(element: etree._Element) -> None:
    """Free what was read, with what stood before it, so that a long document stays small."""
    element.clear(keep_tail=True)
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
