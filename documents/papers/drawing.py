"""Drawing the shipped templates: a page, headings, tables and lines in Word's own terms."""

import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

BRAND = RGBColor(0x0A, 0x4C, 0x68)
INK = RGBColor(0x17, 0x22, 0x2B)
FONT = "Arial"  # on every machine, with both scripts
LANGUAGES = {"sr": "sr-Cyrl-RS", "sr-latn": "sr-Latn-RS", "bs": "bs-Latn-BA", "en": "en-GB"}
# The same file from the same words, whenever it is drawn.
DRAWN = datetime(2026, 1, 1)
STAMP = (2026, 1, 1, 0, 0, 0)


class Paper:
    """One template while it is drawn. Texts may hold fields in double braces."""

    def __init__(self, title: str, language: str) -> None:
        self.word = Document()
        self.set_page()
        self.set_styles(LANGUAGES[language])
        properties = self.word.core_properties
        properties.title, properties.author, properties.comments = title, "Koraci", ""
        properties.language = LANGUAGES[language]
        properties.created = properties.modified = DRAWN
        self.foot(title)

    def set_page(self) -> None:
        [page] = self.word.sections
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(22)
        page.top_margin = page.bottom_margin = Mm(20)

    def set_styles(self, language: str) -> None:
        for style in self.word.styles:
            if style.type == WD_STYLE_TYPE.PARAGRAPH:
                style.font.name = FONT
                fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
                for name in list(fonts.attrib):  # a theme's font would win
                    if name.endswith("Theme"):
                        del fonts.attrib[name]
                for name in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                    fonts.set(qn(name), FONT)
        self.set_sizes()
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), language)
        normal = self.word.styles["Normal"].element.get_or_add_rPr()
        normal.append(spoken)

    def set_sizes(self) -> None:
        for name, size in {"Normal": 10.5, "Title": 18, "Heading 1": 12.5}.items():
            style = self.word.styles[name]
            style.font.size = Pt(size)
            style.font.bold = name != "Normal"
            style.font.color.rgb = INK if name == "Normal" else BRAND
            style.paragraph_format.space_after = Pt(6)
        border = self.word.styles["Title"].element.pPr.find(qn("w:pBdr"))
        if border is not None:
            self.word.styles["Title"].element.pPr.remove(border)

    def foot(self, title: str) -> None:
        line = self.word.sections[0].footer.paragraphs[0]
        line.text = f"{title} · {{{{ reference }}}}"
        line.runs[0].font.size = Pt(8)

    def title(self, text: str) -> None:
        self.word.add_heading(text, 0)

    def heading(self, text: str) -> None:
        self.word.add_heading(text, 1)

    def line(self, text: str, *, bold: bool = False, centred: bool = False) -> None:
        paragraph = self.word.add_paragraph()
        paragraph.add_run(text).bold = bold
        if centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def repeat(self, loop: str, text: str) -> None:
        """A list item for each row: "step in steps"."""
        self.word.add_paragraph("{%p for " + loop + " %}")
        self.word.add_paragraph(text).style = "List Bullet"
        self.word.add_paragraph("{%p endfor %}")

    def only_if(self, condition: str, text: str) -> None:
        self.word.add_paragraph("{%p if " + condition + " %}")
        self.word.add_paragraph(text)
        self.word.add_paragraph("{%p endif %}")

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """A table of two columns, the first of which names what the second says."""
        table = self.table(2)
        for label, text in rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(label).bold = True
            cells[1].paragraphs[0].add_run(text)
            cells[0].width, cells[1].width = Mm(52), Mm(114)
        # Word goes by the cells, LibreOffice by the columns.
        table.columns[0].width, table.columns[1].width = Mm(52), Mm(114)
        self.look(table, first_row=False, first_column=True)
        self.word.add_paragraph()

    def rows(self, head: Sequence[str], loop: str, texts: Sequence[str]) -> None:
        """A table with a head and a row for each of a list."""
        table = self.table(len(head))
        for cell, text in zip(table.add_row().cells, head, strict=True):
            cell.paragraphs[0].add_run(text).bold = True
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        table.add_row().cells[0].text = "{%tr for " + loop + " %}"
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
        table.add_row().cells[0].text = "{%tr endfor %}"
        self.look(table, first_row=True, first_column=False)
        self.word.add_paragraph()

    def table(self, columns: int) -> Any:
        table = self.word.add_table(rows=0, cols=columns)
        table.style = "Table Grid"
        return table

    def look(self, table: Any, *, first_row: bool, first_column: bool) -> None:
        """Which cells are heads, for readers of screens as for our own preview."""
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        look.set(qn("w:firstRow"), str(int(first_row)))
        look.set(qn("w:firstColumn"), str(int(first_column)))

    def signatures(self, *sides: tuple[str, ...]) -> None:
        """Side by side, who signs, with lines to sign on."""
        self.word.add_paragraph()
        table = self.word.add_table(rows=1, cols=len(sides))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # on one page
        for cell, lines in zip(table.rows[0].cells, sides, strict=True):
            cell.paragraphs[0].add_run(lines[0]).bold = True
            for line in lines[1:]:
                cell.add_paragraph(line)
        self.look(table, first_row=False, first_column=False)

    def drawn(self) -> bytes:
        paper = BytesIO()
        self.word.save(paper)
        return with_one_stamp(paper.getvalue())


def with_one_stamp(paper: bytes) -> bytes:
    """The same container with one time for every entry, and without the picture of python-docx."""
    told = BytesIO()
    with zipfile.ZipFile(BytesIO(paper)) as old, zipfile.ZipFile(told, "w") as new:
        for name in sorted(old.namelist()):
            content = old.read(name)
            if name == "docProps/thumbnail.jpeg":
                continue
            if name == "_rels/.rels":
                content = without_thumbnail(content)
            entry = zipfile.ZipInfo(name, STAMP)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, content)
    return told.getvalue()


def without_thumbnail(relations: bytes) -> bytes:
    from lxml import etree

    tree = etree.fromstring(relations)
    for relation in list(tree):
        if relation.get("Target") == "docProps/thumbnail.jpeg":
            tree.remove(relation)
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
