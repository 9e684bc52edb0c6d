"""The text of a PDF: letters, paragraphs, words in one piece."""

import pytest
from pypdf import PdfWriter

from documents.reading import text_of
from documents.reading.limits import Limits
from documents.reading.mending import mended, paragraphs_of_page, without_divisions
from documents.reading.text import PDF, read_text
from tests.documents.reading.printed import pdf

CYRILLIC = "Стратегија општине Кикинда: Ђурђево, ћирилица, Џеп, Љиг, Њива, Ђ ђ Ћ ћ Ч ч Ш ш Ж ж"
LATIN = "Čačak, Šabac, Žabalj, Đurđevo, ćirilica, Džep; č Č ć Ć š Š ž Ž đ Đ"


@pytest.mark.parametrize("line", [CYRILLIC, LATIN])
def test_every_letter_of_both_alphabets_comes_out_right(file, line):
    assert text_of(file(pdf([line])), PDF) == line


def test_pages_stand_apart(file):
    assert text_of(file(pdf(["Prva strana."], ["Друга страна."])), PDF) == (
        "Prva strana.\n\nДруга страна."
    )


def test_lines_that_fill_the_page_become_a_paragraph(file):
    page = [
        "Strategija uređuje mere za starije sugrađane, za decu i za",
        "mlade, i za osobe sa invaliditetom u celoj opštini, u skla-",
        "du sa zakonom.",
        "Član 2.",
        "Mere se finansiraju iz budžeta i od donatora, svake godine.",
    ]

    assert text_of(file(pdf(page)), PDF).split("\n") == [
        "Strategija uređuje mere za starije sugrađane, za decu i za mlade, i za osobe sa "
        "invaliditetom u celoj opštini, u skladu sa zakonom.",
        "Član 2.",
        "Mere se finansiraju iz budžeta i od donatora, svake godine.",
    ]


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ("stra-\ntegija", "strategija"),
        ("стра-\nтегија", "стратегија"),
        ("Stra\u2010\ntegija", "Strategija"),
        ("socio-ekonomski i socio-\nekonomski", "socio-ekonomski i socio-ekonomski"),
        ("socio-eko-\nnomski", "socio-ekonomski"),
        ("2008-\n2013", "2008-\n2013"),  # a span of years
        ("Srbija-\nEvropa", "Srbija-\nEvropa"),  # two names
        ("plan-\nуредба", "plan-\nуредба"),  # two scripts
        ("SRBIJA-\nevropa", "SRBIJA-\nevropa"),
        ("e-\nuprava", "e-\nuprava"),  # too short to be half a word
        ("mera -\nprva", "mera -\nprva"),  # a dash
    ],
)
def test_divided_words_are_mended_only_where_that_is_safe(lines, text):
    assert without_divisions(lines) == text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("eﬁkasnost, ﬂuid, oﬃce", "efikasnost, fluid, office"),
        ("Ǆep ǉudi", "DŽep ljudi"),
        ("c\u030cetiri", "četiri"),
        ("stra\u00adtegija", "strategija"),
        ("stra\u00ad\ntegija", "strategija"),
        ("\u202enalp\u202c \u200bplan\x00", "nalp plan"),
        ("jedan\u00a0 dva \n\n\n\n tri\r\nčetiri", "jedan dva\n\ntri\nčetiri"),
        ("red\tćelija ", "red\tćelija"),
        ("\ud800tekst", "tekst"),
    ],
)
def test_what_nobody_sees_is_not_in_the_text(typed, text):
    assert mended(typed) == text
    assert mended(text) == text


def test_items_of_a_list_stay_lines_of_their_own():
    page = "Opština obezbeđuje sledeće usluge građanima\n• pomoć u kući\n1) dnevni boravak"

    assert paragraphs_of_page(page) == page


def test_only_so_many_pages_are_read(file):
    pages = [[f"Strana {number}."] for number in range(1, 6)]

    read = read_text(file(pdf(*pages)), PDF, Limits(pages=3))

    assert (read.text, read.problem) == ("Strana 1.\n\nStrana 2.\n\nStrana 3.", "long")


def test_only_so_much_text_is_read(file):
    read = read_text(file(pdf([LATIN], [LATIN])), PDF, Limits(characters=20))

    assert (read.text, read.problem) == (LATIN[:20].strip(), "long")


def test_a_damaged_page_leaves_the_others(file):
    content = pdf(["Prva."], ["Druga."], ["Treća."])
    damaged = content.replace(b"/Contents 103 0 R", b"/Contents (none) ")

    read = read_text(file(damaged), PDF)

    assert "Prva." in read.text
    assert "Treća." in read.text


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n" + b"\xff" * 999, b"no pdf"])
def test_what_is_no_pdf_has_no_text_and_says_so(file, content):
    read = read_text(file(content), PDF)

    assert (read.text, read.problem) == ("", "unreadable")


def test_a_pdf_that_asks_for_a_password_says_so(file, tmp_path):
    writer = PdfWriter(clone_from=file(pdf([LATIN])))
    writer.encrypt("lozinka", algorithm="AES-256")
    writer.write(tmp_path / "locked")

    read = read_text(tmp_path / "locked", PDF)

    assert (read.text, read.problem) == ("", "locked")


def test_a_pdf_that_only_forbids_printing_is_read(file, tmp_path):
    writer = PdfWriter(clone_from=file(pdf([LATIN])))
    writer.encrypt("", owner_password="vlasnik", algorithm="AES-256")
    writer.write(tmp_path / "open")

    assert text_of(tmp_path / "open", PDF) == LATIN


def test_a_picture_has_no_text(file):
    assert text_of(file(b"\x89PNG\r\n\x1a\n"), "image/png") == ""


def test_what_weasyprint_prints_comes_out_right(tmp_path):
    weasyprint = pytest.importorskip("weasyprint", reason="needs libpango", exc_type=OSError)
    words = "Ђурђево и Чачак усвајају стратегију социјалне заштите за старије суграђане. "
    html = f"<html lang=sr><style>p {{ width: 8cm; hyphens: auto }}</style><p>{words * 5}"
    weasyprint.HTML(string=html).write_pdf(tmp_path / "printed")

    read = text_of(tmp_path / "printed", PDF)

    assert " ".join(read.split()) == (words * 5).strip()
