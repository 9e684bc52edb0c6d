"""Templates as people make them, for the tests: a Word file with these paragraphs and rows."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from docx import Document


def template(*paragraphs: str, rows: Sequence[Sequence[str]] = (), header: str = "") -> bytes:
    word = Document()
    for text in paragraphs:
        word.add_paragraph(text)
    if rows:
        table = word.add_table(rows=0, cols=len(rows[0]))
        for texts in rows:
            for cell, text in zip(table.add_row().cells, texts, strict=True):
                cell.text = text
    if header:
        word.sections[0].header.paragraphs[0].text = header
    saved = BytesIO()
    word.save(saved)
    return saved.getvalue()


def words(paper: bytes) -> str:
    """All text of a paper: header, paragraphs, tables, a line each."""
    word = Document(BytesIO(paper))
    lines = [one.text for one in word.sections[0].header.paragraphs]
    lines += [one.text for one in word.paragraphs]
    lines += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def rewritten(paper: bytes, **parts: bytes) -> bytes:
    """The same container with some parts replaced: `document=b"…"` is word/document.xml."""
    saved = BytesIO()
    with zipfile.ZipFile(BytesIO(paper)) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            stem = name.rpartition("/")[2].partition(".")[0]
            new.writestr(name, parts.get(stem, old.read(name)), zipfile.ZIP_DEFLATED)
    return saved.getvalue()
