"""The text of an XLSX workbook: the name of each sheet, then its cells row by row."""

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from documents.reading.limits import Limits
from documents.reading.problems import TooLong


def workbook(path: Path, limits: Limits) -> Iterator[str]:
    """Values as last calculated, never formulas; empty rows are left out."""
    with warnings.catch_warnings(), path.open("rb") as stream:  # by its name it would be refused
        warnings.simplefilter("ignore")  # openpyxl names every extension that it does not know
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        left = limits.rows
        try:
            for sheet in book.worksheets:
                yield sheet.title
                sheet.reset_dimensions()  # stated by the file, and so not to be believed
                for row in sheet.iter_rows(values_only=True):
                    left -= 1
                    if left < 0:
                        raise TooLong
                    yield "\t".join(map(_spoken, row)).rstrip("\t")
        finally:
            book.close()


def _spoken(cell: Any) -> str:
    """Days as 2026-01-21, which no reader can mistake; numbers without needless digits."""
    if cell is None:
        return ""
    if isinstance(cell, datetime) and cell.time() == time(0):
        return cell.date().isoformat()
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    if isinstance(cell, float):
        return format(cell, ".15g")
    return " ".join(str(cell).split())
