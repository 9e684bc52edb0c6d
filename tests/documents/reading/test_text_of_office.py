"""The text of DOCX, ODT, ODS, XLSX and plain files."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from documents.reading import text_of
from documents.reading.limits import Limits
from documents.reading.text import DOCX, ODS, ODT, PLAIN, XLSX, read_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
    for prefix in ("office", "text", "table", "style")
)


@pytest.fixture
def docx_with(tmp_path):
    """`docx_with(body)`: a document with this markup in its body, and further parts."""

    def made(body: str, namespace: str = W, **parts: str) -> Path:
        main = f"<w:document {namespace}><w:body>{body}</w:body></w:document>"
        return container(tmp_path, {"word/document.xml": main} | parts)

    return made


@pytest.fixture
def odf_with(tmp_path):
    """`odf_with(body)`: an OpenDocument file with this markup."""

    def made(body: str, **parts: str) -> Path:
        content = f"<office:document-content {ODF}><office:body>{body}</office:body>"
        return container(tmp_path, {"content.xml": content + "</office:document-content>"} | parts)

    return made


def container(folder: Path, parts: dict[str, str]) -> Path:
    path = folder / "paper"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def test_a_word_document_is_read_as_it_is_printed(tmp_path):
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Општина Кикинда"
    document.sections[0].footer.paragraphs[0].text = "nacrt"
    document.add_heading("Стратегија", 1)
    document.add_paragraph("Čačak, Šabac i Žabalj.")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ["мера", "износ", "помоћ у кући", "5.000"], strict=True):
        cell.text = text
    document.add_paragraph("После табеле.")
    document.save(tmp_path / "paper")

    assert text_of(tmp_path / "paper", DOCX).split("\n") == [
        "Општина Кикинда",
        "Стратегија",
        "Čačak, Šabac i Žabalj.",
        "мера\tизнос",
        "помоћ у кући\t5.000",
        "После табеле.",
        "nacrt",
    ]


def test_notes_follow_and_headers_are_read_once(docx_with):
    head = f"<w:hdr {W}>{paragraph('Општина')}</w:hdr>"
    notes = f"<w:footnotes {W}><w:footnote>{paragraph('Напомена.')}</w:footnote></w:footnotes>"
    path = docx_with(
        paragraph("Текст."),
        **{"word/header1.xml": head, "word/header2.xml": head, "word/footnotes.xml": notes},
    )

    assert text_of(path, DOCX) == "Општина\nТекст.\nНапомена."


@pytest.mark.parametrize("namespace", [W, STRICT])
def test_what_was_struck_out_is_not_read_and_what_was_put_in_is(docx_with, namespace):
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Рок је </w:t></w:r>"
        "<w:del><w:r><w:delText>10</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>15</w:t></w:r></w:ins><w:r><w:tab/><w:t>дана</w:t><w:br/>"
        "<w:t>од</w:t><w:noBreakHyphen/><w:t>до</w:t><w:instrText>PAGE</w:instrText></w:r></w:p>"
    )

    assert text_of(docx_with(body, namespace), DOCX) == "Рок је 15 дана\nод-до"


def test_a_table_within_a_table_stays_in_its_cell(docx_with):
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('unutra')}</w:tc></w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr><w:tc>{paragraph('a')}{inner}</w:tc><w:tc>{paragraph('b')}</w:tc></w:tr>"
        "</w:tbl>"
    )

    assert text_of(docx_with(body), DOCX) == "a unutra\tb"


def test_a_text_box_is_read_once(docx_with):
    box = f"<w:txbxContent>{paragraph('оквир')}</w:txbxContent>"
    body = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:r>'
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
        "</mc:AlternateContent><w:t>около</w:t></w:r></w:p>"
    )

    assert text_of(docx_with(body), DOCX) == "оквир\nоколо"


def test_an_open_document_is_read_as_it_is_printed(odf_with):
    body = (
        "<office:text><text:tracked-changes><text:p>staro</text:p></text:tracked-changes>"
        "<text:h>Стратегија</text:h>"
        "<text:p>Čačak<text:s/>i <text:span>Šabac</text:span>"
        "<office:annotation><text:p>beleška</text:p></office:annotation><text:line-break/>dalje</text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>мера</text:p></table:table-cell>"
        "<table:table-cell><text:p>износ</text:p></table:table-cell></table:table-row></table:table>"
        "</office:text>"
    )

    assert text_of(odf_with(body), ODT) == "Стратегија\nČačak i Šabac\ndalje\nмера\tизнос"


def test_a_sheet_does_not_believe_how_often_a_cell_repeats(odf_with):
    cell = "<table:table-cell table:number-columns-repeated='{}'>{}</table:table-cell>"
    row = "<table:table-row table:number-rows-repeated='1048576'>{}</table:table-row>"
    body = row.format(
        cell.format(2, "<text:p>5</text:p>")
        + cell.format(999_999_999, "")
        + cell.format(16384, "<text:p>6</text:p>")
        + cell.format("9" * 30, "<text:p>7</text:p>")
    ) + row.format(cell.format(16384, ""))

    assert text_of(odf_with(body), ODS) == "5\t5\t\t" + "6\t" * 20 + "7"


def test_a_workbook_is_read_row_by_row(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Буџет"
    book.active.append(["Мера", "Износ", "Од", None])
    book.active.append(["Помоћ у кући", 5000.0, date(2026, 1, 21), None])
    book.active.append([None, 0.1, datetime(2026, 1, 21, 9, 30), True])
    book.active["A9"] = "Dno"
    book.create_sheet("Drugi").append(["š"])
    book.save(tmp_path / "paper")

    assert text_of(tmp_path / "paper", XLSX) == (
        "Буџет\nМера\tИзнос\tОд\nПомоћ у кући\t5000\t2026-01-21\n"
        "\t0.1\t2026-01-21 09:30:00\tTrue\n\nDno\nDrugi\nš"
    )


def test_a_workbook_that_pretends_to_be_endless_is_cut(tmp_path):
    book = openpyxl.Workbook()
    book.active["A1048576"] = "kraj"
    book.save(tmp_path / "paper")

    read = read_text(tmp_path / "paper", XLSX, Limits(rows=1000))

    assert (read.text, read.problem) == ("Sheet", "long")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_latin_is_read_in_every_usual_encoding(tmp_path, encoding):
    (tmp_path / "paper").write_bytes("Čačak, Šabac, Žabalj, đak\r\nćar".encode(encoding))

    assert text_of(tmp_path / "paper", PLAIN) == "Čačak, Šabac, Žabalj, đak\nćar"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_cyrillic_is_read_in_every_usual_encoding(tmp_path, encoding):
    (tmp_path / "paper").write_bytes("Ђурђево и Чачак".encode(encoding))

    assert text_of(tmp_path / "paper", PLAIN) == "Ђурђево и Чачак"


def test_a_long_plain_text_is_cut_even_in_mid_letter(tmp_path):
    (tmp_path / "paper").write_text("ш" * 101, encoding="utf-8")

    read = read_text(tmp_path / "paper", PLAIN, Limits(characters=10))

    assert (read.text, read.problem) == ("ш" * 10, "long")


def test_a_part_that_unpacks_without_end_is_cut(docx_with):
    body = paragraph("Почетак.") + paragraph("0" * 1000) * 5000

    read = read_text(docx_with(body), DOCX, Limits(unpacked=1_000_000))

    assert read.text.startswith("Почетак.\n000")
    assert (len(read.text) < 1_000_000, read.problem) == (True, "long")


def test_entities_that_grow_are_not_resolved(tmp_path):
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 12))
    bomb = (
        f'<!DOCTYPE w:document [<!ENTITY l0 "lol">{levels}]>'
        f"<w:document {W}><w:body>{paragraph('pre')}{paragraph('&l11;')}</w:body></w:document>"
    )

    read = read_text(container(tmp_path, {"word/document.xml": bomb}), DOCX)

    assert "lol" not in read.text


def test_a_file_outside_is_not_read(tmp_path):
    (tmp_path / "secret").write_text("tajna")
    body = (
        f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        f"<w:document {W}><w:body>{paragraph('pre &x;')}</w:body></w:document>"
    )

    assert "tajna" not in text_of(container(tmp_path, {"word/document.xml": body}), DOCX)


def test_a_damaged_document_keeps_what_was_read_before(docx_with):
    path = docx_with(paragraph("Почетак.") + "</w:wrong>")

    read = read_text(path, DOCX)

    assert (read.text, read.problem) == ("Почетак.", "incomplete")


@pytest.mark.parametrize("content_type", [DOCX, ODT, ODS, XLSX])
@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"nothing of the kind"])
def test_what_is_no_document_has_no_text_and_says_so(tmp_path, content_type, content):
    (tmp_path / "paper").write_bytes(content)

    read = read_text(tmp_path / "paper", content_type)

    assert (read.text, read.problem) == ("", "unreadable")
