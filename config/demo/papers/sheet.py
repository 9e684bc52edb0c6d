"""A sample as a spreadsheet."""

from io import BytesIO

import xlsxwriter

from config.demo.papers.sample import Sample
from documents.papers.drawing import DRAWN

WIDTH = 45  # of a column, in characters


def sheet_of(sample: Sample) -> bytes:
    """Title, the rows with their head, and below what the sample is."""
    written = BytesIO()
    book = xlsxwriter.Workbook(written, {"in_memory": True})
    book.set_properties({"title": sample.title, "author": "Koraci", "created": DRAWN})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
    sheet = book.add_worksheet()
    sheet.set_column(0, max(map(len, sample.rows)) - 1, WIDTH)
    sheet.write_string(0, 0, sample.title, bold)
    for number, row in enumerate(sample.rows):
        for column, text in enumerate(row):
            sheet.write_string(2 + number, column, text, wrapped if number else bold)
    for number, line in enumerate(sample.about):
        sheet.write_string(3 + len(sample.rows) + number, 0, line)
    book.close()
    return written.getvalue()
