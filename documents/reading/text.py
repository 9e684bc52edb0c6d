"""The text of a file, for search and for comparison with another version."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from documents.reading.limits import LIMITS, Limits
from documents.reading.mending import mended
from documents.reading.problems import (
    INCOMPLETE,
    LOCKED,
    LONG,
    UNREADABLE,
    Locked,
    TimeIsUp,
    TooLong,
)

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
PLAIN = "text/plain"

Reader = Callable[[Path, Limits], Iterator[str | None]]


@dataclass(frozen=True)
class Text:
    """What was read, and what hindered reading more, as a key of `PROBLEMS`."""

    text: str = ""
    problem: str = ""


def text_of(path: Path, content_type: str) -> str:
    """The text of a file; "" where there is none or it cannot be read."""
    return read_text(path, content_type).text


def read_text(path: Path, content_type: str, limits: Limits = LIMITS) -> Text:
    """As much of the text as the limits allow. Whatever the file holds, this returns."""
    reader = _reader_of(content_type)
    if reader is None:
        return Text()
    parts: list[str] = []
    problem = _gathered(reader(path, limits), parts, limits)
    text = mended("\n".join(parts))[: limits.characters]
    return Text(text, INCOMPLETE if problem == UNREADABLE and text else problem)


def _gathered(read: Iterator[str | None], parts: list[str], limits: Limits) -> str:
    """Fill `parts` as long as all goes well; the problem that ended it, if any."""
    problem = ""
    until = time.process_time() + limits.seconds_for_text
    left = limits.characters
    try:
        for part in read:
            if time.process_time() > until:
                return INCOMPLETE
            if part is None:
                problem = INCOMPLETE
                continue
            parts.append(part[:left])
            left -= len(part) + 1
            if left < 0:
                return LONG
    except TooLong:
        return LONG
    except Locked:
        return LOCKED
    except TimeIsUp:
        return INCOMPLETE
    except Exception:  # libraries raise whatever they like at what people upload
        return UNREADABLE
    return problem


def _reader_of(content_type: str) -> Reader | None:
    """Imported only here: a web process, which compares texts, never needs the parsers."""
    if content_type == PDF:
        from documents.reading.pdf import pages

        return pages
    if content_type in (DOCX, ODT, ODS):
        from documents.reading.office import open_document, word_document

        return word_document if content_type == DOCX else open_document
    if content_type == XLSX:
        from documents.reading.sheets import workbook

        return workbook
    if content_type == PLAIN:
        from documents.reading.plain import plain_text

        return plain_text
    return None
