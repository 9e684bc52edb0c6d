"""A table as a file: CSV and XLSX that open in every office program, with text that stays text.

A cell that somebody typed and that begins like a formula is never one: in XLSX it is written as
text, in CSV an apostrophe stands before it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import get_language

from web.script.dates import short_date

Cell = str | int | date | None
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes the file for one in the code page of Windows
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
NARROWEST, WIDEST = 8, 60  # of a column, in characters


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """A CSV as Excel opens it here: with a byte order mark, and semicolons between the cells."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([spoken(cell) for cell in row] for row in rows)
    return as_download(f"{name}.csv", CSV, (BYTE_ORDER_MARK + written.getvalue()).encode())


def spoken(cell: Cell) -> str:
    """A cell as text; what would be a formula has an apostrophe before it."""
    if isinstance(cell, date):
        return short_date(cell)
    text = "" if cell is None else str(cell)
    is_typed = isinstance(cell, str) and text.lstrip(" ").startswith(BEGINS_A_FORMULA)
    return f"'{text}" if is_typed else text


def xlsx_file(name: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """One sheet with its head held in place; numbers and days are cells of their own kind."""
    written = io.BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet()
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    day = book.add_format({"num_format": day_format(), "align": "left"})
    table = list(rows)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width_of([title, *(spoken(row[column]) for row in table)]))
    for number, row in enumerate(table, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, column, cell, day)
            elif isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell or "", wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return as_download(f"{name}.xlsx", XLSX, written.getvalue())


def day_format() -> str:
    """As the reader writes days: 21.1.2026. or 21 Jan 2026."""
    return "d mmm yyyy" if (get_language() or "en").startswith("en") else 'd.m.yyyy"."'


def width_of(texts: Iterable[str]) -> int:
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return min(max(longest + 2, NARROWEST), WIDEST)


def as_download(name: str, kind: str, content: bytes) -> HttpResponse:
    disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=disposition)
