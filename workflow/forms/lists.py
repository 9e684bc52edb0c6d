"""Reading a list from a file: the rows of an XLSX or CSV file as plain text, nothing computed.

A formula is the text of the formula. What is no such file, or too much of one, is refused in a
sentence.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

MOST_ROWS = 1_000
MOST_COLUMNS = 20
LONGEST_CELL = 300  # characters; the longest name of the register has 40
UNPACKED_AT_MOST = 30_000_000  # bytes; a small archive can unfold to gigabytes
ZIP = b"PK\x03\x04"


@dataclass(frozen=True)
class ListRow:
    """One row with its number in the file, counted from 1 as spreadsheets do."""

    number: int
    cells: list[str]


def rows_of(raw: bytes) -> list[ListRow]:
    """The rows that hold anything. Raises ValidationError with one sentence."""
    found = from_sheet(raw) if raw.startswith(ZIP) else from_text(raw)
    rows = [ListRow(number, cells) for number, cells in enumerate(found, 1) if any(cells)]
    if not rows:
        raise ValidationError(_("The file holds no rows."))
    if len(rows) > MOST_ROWS + 1:  # and the headings
        told = {"most": MOST_ROWS}
        raise ValidationError(_("The file has more than %(most)d rows; send it in parts.") % told)
    return rows


def from_text(raw: bytes) -> Iterator[list[str]]:
    """CSV with commas, semicolons or tabs."""
    text = decoded(raw)
    if "\0" in text:
        raise unreadable()
    first = text.lstrip().partition("\n")[0]
    mark = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        raise unreadable() from None
    return (tidy(row) for row in rows)


def decoded(raw: bytes) -> str:
    """UTF-8, as new programs write it, else the code page of older ones in the region."""
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise unreadable()


def from_sheet(raw: bytes) -> Iterator[list[str]]:
    """The first sheet of an XLSX file, row by row; formulas as they were written."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > UNPACKED_AT_MOST:
            raise unreadable()
        book: Any = load_workbook(io.BytesIO(raw), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        rows = sheet.iter_rows(max_row=MOST_ROWS + 100, max_col=MOST_COLUMNS, values_only=True)
        return iter([tidy(row) for row in rows])
    except ValidationError:
        raise
    except Exception:  # a broken archive can fail anywhere inside the library
        raise unreadable() from None


def tidy(row: Iterable[Any]) -> list[str]:
    return [words(cell) for cell in list(row)[:MOST_COLUMNS]]


def words(cell: Any) -> str:
    """A cell as text; a code that a spreadsheet took for a number loses its ".0"."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str("" if cell is None else cell).split())[:LONGEST_CELL]


def unreadable() -> ValidationError:
    return ValidationError(
        _("This is no XLSX or CSV file that can be read. Save the list anew, or use the template.")
    )
