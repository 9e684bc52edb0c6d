"""A filled DOCX as simple HTML, for reading: paragraphs, headings, lists, tables."""

from io import BytesIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def html_of(paper: bytes) -> SafeString:
    """The body of the paper; everything in it is escaped."""
    blocks = Document(BytesIO(paper)).iter_inner_content()
    return format_html_join(
        "\n", "{}", ((block_html(block),) for block in blocks if has_text(block))
    )


def has_text(block: Paragraph | Table) -> bool:
    return isinstance(block, Table) or bool(block.text.strip())


def block_html(block: Paragraph | Table) -> SafeString:
    return table_html(block) if isinstance(block, Table) else paragraph_html(block)


def paragraph_html(paragraph: Paragraph) -> SafeString:
    """Headings below those of the page that shows it; list items with their mark."""
    style = paragraph.style.name if paragraph.style is not None else ""
    if style == "Title" or style.startswith("Heading"):
        return format_html("<h3>{}</h3>", paragraph.text)
    if style.startswith("List"):
        return format_html("<p>– {}</p>", paragraph.text)
    bold = paragraph.runs and all(run.bold for run in paragraph.runs if run.text.strip())
    pattern = "<p><strong>{}</strong></p>" if bold else "<p>{}</p>"
    return format_html(pattern, with_breaks(paragraph.text))


def with_breaks(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text.split("\n")))


def table_html(table: Table) -> SafeString:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    heads = {name: look is not None and look.get(qn(f"w:{name}")) == "1" for name in HEADS}
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    rows = [
        row_html(cells, first=number == 0 and heads["firstRow"], side=heads["firstColumn"])
        for number, cells in enumerate(texts)
        if any(text.strip() for text in cells)
    ]
    return format_html("<table><tbody>{}</tbody></table>", mark_safe("".join(rows)))


HEADS = ["firstRow", "firstColumn"]


def row_html(cells: list[str], *, first: bool, side: bool) -> SafeString:
    """Heads where the table says so, so that a reader of screens hears what a cell belongs to."""
    told = []
    for number, text in enumerate(cells):
        if first:
            pattern = '<th scope="col">{}</th>'
        else:
            pattern = '<th scope="row">{}</th>' if side and number == 0 else "<td>{}</td>"
        told.append(format_html(pattern, with_breaks(text)))
    return format_html("<tr>{}</tr>", mark_safe("".join(told)))
