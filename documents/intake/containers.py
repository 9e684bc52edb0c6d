"""DOCX, XLSX, ODT and ODS: the zip first, then its frame, then every part of it once."""

from documents.intake import office, opendocument
from documents.intake.foreign import Content
from documents.intake.parts import EMBEDDED_BOOK, demand_harmless_part, demand_known_part
from documents.intake.verdict import MB, Limits, Unfit
from documents.intake.zips import Container, Entry

LARGEST_BOOK = 16 * MB


def demand_container(content: Content, label: str, limits: Limits) -> None:
    """A document and the workbooks of its charts, which count with it."""
    container = Container(content, limits)
    books = [entry for entry in container.entries.values() if is_book_of_a_chart(entry, label)]
    total, count = container.unpacked, len(container.entries)
    demand_parts(container, label, besides=books)
    for entry in books:
        book = Container(container.whole(entry.name, LARGEST_BOOK), limits)
        total, count = total + book.unpacked, count + len(book.entries)
        if total > limits.unpacked:
            raise Unfit("unpacks_to_much", limit=limits.unpacked // 1_000_000)
        if count > limits.entries:
            raise Unfit("too_many_parts", limit=limits.entries)
        demand_parts(book, "XLSX")


def is_book_of_a_chart(entry: Entry, label: str) -> bool:
    """Word keeps the figures of each chart as a workbook: the one container in a container."""
    return label == "DOCX" and bool(EMBEDDED_BOOK.match(entry.name.lower()))


def demand_parts(container: Container, label: str, besides: list[Entry] | None = None) -> None:
    """The frame says the kind; no part of it acts, points elsewhere or is something else."""
    rules = opendocument if label in ("ODT", "ODS") else office
    others = [entry for entry in container.entries.values() if entry not in (besides or [])]
    for entry in others:
        if entry.is_folder:
            demand_empty(entry)
        else:
            demand_known_part(entry)
    rules.demand_frame(container, label)
    for entry in others:
        if not entry.is_folder:
            demand_harmless_part(container, entry, rules.watch_over(entry))


def demand_empty(entry: Entry) -> None:
    if entry.size or entry.packed > 2:
        raise Unfit("damaged")
