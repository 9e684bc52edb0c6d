"""Sound documents, made with the programs' own libraries or, where there is none, by hand."""

import io
import zipfile
from collections.abc import Iterator

import docx
import openpyxl
import xlsxwriter
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.shared import Cm
from docxtpl import DocxTemplate
from openpyxl.drawing.image import Image as SheetImage

from tests.documents.intake.good_pictures import jpeg, png

Good = Iterator[tuple[str, bytes]]


def good_documents() -> Good:
    """Name and content of each."""
    yield from texts()
    yield from books_of_openpyxl()
    yield from books_of_xlsxwriter()
    yield from open_documents()


def saved(document) -> bytes:
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def text(*paragraphs: str) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs or ("Strategija razvoja socijalne zaštite",):
        document.add_paragraph(paragraph)
    return saved(document)


def texts() -> Good:
    yield "Strategija.docx", text()
    yield "Стратегија развоја.docx", text("Стратегија развоја социјалне заштите", "Увод")
    yield "Duga strategija.DOCX", text(*(f"{n}. pasus o stanju u opštini." for n in range(3000)))
    yield "Prazno.docx", saved(docx.Document())
    yield "Sa tabelom.docx", saved(with_table())
    yield "Sa slikama.docx", saved(with_pictures())
    yield "Sa zaglavljem.docx", saved(with_header())
    yield "Sa vezom.docx", saved(with_link())
    yield "Sa poljem.docx", saved(with_field(" TOC \\o 1-3 "))
    yield "Popunjeno.docx", filled_in()
    yield "Sa grafikonom.docx", with_entry(text(), "word/embeddings/Sheet1.xlsx", book())
    yield "Sa crtežom.docx", with_entry(text(), "word/media/image1.svg", DRAWING)
    yield "Iz toka.docx", streamed(text())
    yield "Sa podešavanjem.docx", with_entry(text(), "word/printerSettings/a1.bin", b"P\x00r\x00")


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'


def with_table():
    document = docx.Document()
    table = document.add_table(rows=20, cols=4)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "12.500,00"
    return document


def with_pictures():
    document = docx.Document()
    for picture in (png("RGB"), jpeg("RGB")):
        document.add_picture(io.BytesIO(picture), width=Cm(4))
    return document


def with_header():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Opština Kikinda"
    document.sections[0].footer.paragraphs[0].text = "strana 1"
    document.core_properties.title = "Strategija"
    return document


def with_link():
    document = docx.Document()
    document.part.relate_to("https://example.org/a?b=1", RELATIONSHIP_TYPE.HYPERLINK, True)
    document.part.relate_to("mailto:ured@example.org", RELATIONSHIP_TYPE.HYPERLINK, True)
    return document


def with_field(*pieces: str):
    """A field whose instruction Word has split into these pieces."""
    document = docx.Document()
    run = document.add_paragraph().add_run()
    begin = OxmlElement("w:fldChar")
    begin.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}fldCharType", "begin")
    run._r.append(begin)
    for piece in pieces:
        instruction = OxmlElement("w:instrText")
        instruction.text = piece
        run._r.append(instruction)
    return document


def filled_in() -> bytes:
    template = DocxTemplate(io.BytesIO(text("Opština {{ municipality }}, {{ day }}")))
    template.render({"municipality": "Kikinda", "day": "2. 3. 2026."})
    return saved(template)


def with_entry(container: bytes, name: str, content: bytes) -> bytes:
    """The same container with one more part."""
    target = io.BytesIO(container)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


class Stream(io.RawIOBase):
    """Takes bytes and never goes back, as a network does."""

    def __init__(self) -> None:
        self.written = b""

    def writable(self) -> bool:
        return True

    def write(self, more) -> int:
        self.written += bytes(more)
        return len(more)


def streamed(container: bytes) -> bytes:
    """The same, written in one go: sizes and check sums stand behind the data."""
    target = Stream()
    source = zipfile.ZipFile(io.BytesIO(container))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            with archive.open(name, "w", force_zip64=name.endswith(".rels")) as part:
                part.write(source.read(name))
    return target.written


def book() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "Budžet"
    return saved(workbook)


def books_of_openpyxl() -> Good:
    yield "Budžet.xlsx", book()
    workbook = openpyxl.Workbook()
    for number in range(2000):
        workbook.active.append([f"mera {number}", number * 12.5, f"=B{number + 1}*2"])
    yield "Буџет за 2026.xlsx", saved(workbook)
    workbook = openpyxl.Workbook()
    workbook.active.add_image(SheetImage(io.BytesIO(png("RGB"))), "B2")
    workbook.active.merge_cells("A1:C1")
    yield "Sa slikom.xlsx", saved(workbook)
    workbook = openpyxl.Workbook(write_only=True)
    workbook.create_sheet("Plan").append(["mera", "nosilac", "rok"])
    yield "Akcioni plan.XLSX", saved(workbook)


def books_of_xlsxwriter() -> Good:
    yield "Plan.xlsx", written()
    yield "Veliki plan.xlsx", written(rows=4000, constant_memory=True)
    yield "U memoriji.xlsx", written(in_memory=True)
    yield "Sa grafikonom.xlsx", written(with_chart=True)
    yield "Sa napomenom.xlsx", written(with_note=True)
    yield "Široki zapis.xlsx", written(use_zip64=True)


def written(rows=5, with_chart=False, with_note=False, use_zip64=False, **options) -> bytes:
    target = io.BytesIO()
    workbook = xlsxwriter.Workbook(target, options)
    if use_zip64:
        workbook.use_zip64()
    sheet = workbook.add_worksheet("Plan")
    for row in range(rows):
        sheet.write_row(row, 0, [f"mera {row}", row * 100])
    sheet.write_url("D1", "https://example.org/")
    if with_chart:
        chart = workbook.add_chart({"type": "column"})
        chart.add_series({"values": "=Plan!$B$1:$B$5"})
        sheet.insert_chart("F2", chart)
    if with_note:
        sheet.write_comment("A1", "Proveriti iznos")
    workbook.close()
    return target.getvalue()


# OpenDocument, by hand

OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
CONTENT = (
    f'<office:document-content xmlns:office="{OFFICE}"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3">'
    "<office:body><office:%s>%s</office:%s></office:body></office:document-content>"
)
LISTED = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="%s"/>%s'
    "</manifest:manifest>"
)
TYPES = {
    "text": "application/vnd.oasis.opendocument.text",
    "spreadsheet": "application/vnd.oasis.opendocument.spreadsheet",
}


def open_document(kind: str, body: str = "", parts=None, manifest: str = "") -> bytes:
    """ODT (`text`) or ODS (`spreadsheet`) with further parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("mimetype"), TYPES[kind], zipfile.ZIP_STORED)
        archive.writestr("content.xml", CONTENT % (kind, body, kind))
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
        archive.writestr("META-INF/manifest.xml", LISTED % (TYPES[kind], manifest))
    return target.getvalue()


def open_documents() -> Good:
    paragraph = "<text:p>Одлука о усвајању</text:p>"
    link = '<text:p><text:a xlink:href="https://example.org/">veza</text:a></text:p>'
    picture = '<draw:image xlink:href="Pictures/1.png"/><draw:object xlink:href="./Object 1"/>'
    folders = {"Configurations2/": b"", "Configurations2/accelerator/current.xml": b""}
    template = '<x xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="../../obrazac.ott"/>'
    chart = {
        "Pictures/1.png": png("RGB"),
        "Object 1/content.xml": CONTENT % ("text", "", "text"),
        "ObjectReplacements/Object 1": b"VCLMTF\x01\x00",
        "Thumbnails/thumbnail.png": png("L"),
    }
    yield "Odluka.odt", open_document("text", paragraph)
    yield "Odluka sa vezom.odt", open_document("text", link, folders)
    yield "Odluka sa slikom.odt", open_document("text", picture, chart)
    yield "Odluka iz obrasca.odt", open_document("text", paragraph, {"meta.xml": template})
    yield "Plan.ods", open_document("spreadsheet")
    yield "План.ods", open_document("spreadsheet", "", folders)
