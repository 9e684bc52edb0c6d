"""PDF sheets: every letter comes out as it went in, and the file says what it is."""

import hashlib
import json
import logging
import re
import shutil
import subprocess
from datetime import UTC, datetime
from html import unescape
from io import BytesIO

import pytest
from pypdf import PdfReader

from documents.papers.checks import LIBRARIES, missing
from documents.papers.fields.filled import fields_of
from documents.papers.problems import PdfUnavailable
from documents.papers.sheets import FONTS, SHEETS, body_of, own_files, sheet

LANGUAGES = ["sr", "sr-latn", "bs", "en"]
OUR_FONTS = {"Noto-Sans", "Noto-Sans-Bold", "Noto-Sans-Italic", "Noto-Sans-Bold-Italic"}
MADE = {"made_by": "Ђурђа Šćepanović", "made_at": datetime(2026, 11, 30, 8, 30, tzinfo=UTC)}

needs_pango = pytest.mark.skipif(bool(missing(LIBRARIES)), reason="Pango is not installed")
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext (poppler-utils) is not installed"
)


def without_space(text: str) -> str:
    return re.sub(r"\s+", "", text)


def source_text(html: str) -> str:
    """What a page says; the arrow is a dash on paper, since Noto Sans has none."""
    return without_space(unescape(re.sub(r"<[^>]*>", " ", html))).replace("→", "–")


def heads_in(html: str) -> list[str]:
    """The heads of its tables, which are repeated where a table goes on on the next page."""
    return [source_text(head) for head in re.findall(r"<thead>.*?</thead>", html, re.DOTALL)]


def printed(pages: list[str], html: str = "") -> str:
    """The text of all pages without what stands at their head and foot."""
    first, *others = map(without_margins, pages)
    for head in heads_in(html):
        others = [page.removeprefix(head) for page in others]
    return "".join([first, *others])


def without_margins(page: str) -> str:
    margin = re.compile(
        r"Koraci(?: T\d-\d+)?|T\d-\d+|(?:Страна|Strana|Stranica|Page) \d+ \w+ \d+"
        r"|(?:Израђено|Izrađeno|Made on) .*|SHA-256 .*|[0-9a-f]{64}"
    )
    lines = [line.strip() for line in page.splitlines()]
    return without_space("".join(line for line in lines if not margin.fullmatch(line)))


@pytest.fixture
def made(case):
    """`made("next_steps", "sr")`: the PDF and the fields that it was made of."""

    def make(name: str, language: str) -> tuple[bytes, dict]:
        fields = fields_of(case, language=language)
        # Both directions of a record's fingerprint are hidden from the filter of margins above.
        fields["transition"]["fingerprint"] = "abc"
        return sheet(name, fields | MADE, language=language), fields

    return make


@needs_pango
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", SHEETS)
def test_the_text_of_the_pdf_is_the_text_of_the_source(made, name, language, caplog):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf, fields = made(name, language)

    html = body_of(name, fields, language=language)
    read = printed([page.extract_text() for page in PdfReader(BytesIO(pdf)).pages], html)
    assert read == source_text(html)
    assert ".notdef" not in caplog.text
    assert caplog.text == ""


@needs_pango
@needs_pdftotext
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_second_reader_reads_the_same(made, language, tmp_path):
    pdf, fields = made("next_steps", language)
    (tmp_path / "sheet.pdf").write_bytes(pdf)

    command = ["pdftotext", "-raw", str(tmp_path / "sheet.pdf"), "-"]
    told = subprocess.run(command, capture_output=True, check=True).stdout.decode()

    wanted = source_text(body_of("next_steps", fields, language=language))
    assert printed(told.split("\f")) == wanted


@needs_pango
def test_every_letter_of_both_alphabets_comes_out_in_every_cut(made):
    letters = "АБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ абвгдђежзијклљмнњопрстћуфхцчџш ČĆŽŠĐ čćžšđ"
    _pdf, fields = made("next_steps", "sr")
    row = fields["next_steps"][0] | {"title": letters, "hint": letters, "remarks": letters}
    fields |= {"next_steps": [row], "municipality": letters}

    pdf = sheet("next_steps", fields | MADE, language="sr")

    read = printed([page.extract_text() for page in PdfReader(BytesIO(pdf)).pages])
    assert read.count(without_space(letters)) == 5


@needs_pango
def test_garbled_text_would_be_noticed(made):
    """The comparison itself: one letter that is another one fails it."""
    pdf, fields = made("next_steps", "sr-latn")
    read = printed([page.extract_text() for page in PdfReader(BytesIO(pdf)).pages])

    garbled = fields | {"municipality": fields["municipality"].replace("č", "c")}
    assert read != source_text(body_of("next_steps", garbled, language="sr-latn"))


def fonts_of(pdf: bytes) -> dict[str, dict]:
    """Each font of the file by its name, with its descriptor."""
    fonts = {}
    for page in PdfReader(BytesIO(pdf)).pages:
        for font in page["/Resources"]["/Font"].values():
            [inner] = font.get_object()["/DescendantFonts"]
            name = font.get_object()["/BaseFont"].partition("+")[2]
            fonts[name] = inner.get_object()["/FontDescriptor"]
    return fonts


@needs_pango
def test_signs_that_our_fonts_lack_take_no_other_font(made, caplog):
    _pdf, fields = made("next_steps", "sr")
    strange = fields | {"programme": "а → б ✓ 漢字 😀 \u2060в"}
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        pdf = sheet("next_steps", strange | MADE, language="sr")

    reader = PdfReader(BytesIO(pdf))
    assert set(fonts_of(pdf)) <= OUR_FONTS
    assert caplog.text == ""
    assert "а–б\ufffd\ufffd\ufffd\ufffdв" in without_space(reader.pages[0].extract_text())
    [content] = reader.attachments["content.json"]
    assert "漢字" in content.decode()


@needs_pango
@pytest.mark.parametrize("name", SHEETS)
def test_our_fonts_are_inside_and_no_others(made, name):
    pdf, _fields = made(name, "sr")
    fonts = fonts_of(pdf)

    assert set(fonts) <= OUR_FONTS
    assert len(fonts) >= 2
    assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts.values())


@needs_pango
@pytest.mark.parametrize(
    ("language", "tag"), [("sr", "sr-Cyrl"), ("sr-latn", "sr-Latn"), ("bs", "bs"), ("en", "en")]
)
def test_the_file_says_what_it_is_and_in_which_language(made, language, tag):
    pdf, fields = made("transition_record", language)
    reader = PdfReader(BytesIO(pdf))
    metadata = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert re.search(r'pdfaid:part="3"|<pdfaid:part>3<', metadata)
    assert re.search(r'pdfaid:conformance="A"|<pdfaid:conformance>A<', metadata)
    assert reader.trailer["/Root"]["/Lang"] == tag
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in reader.trailer["/Root"]
    assert reader.trailer["/Root"]["/OutputIntents"]
    assert reader.metadata.title.endswith(fields["municipality"])
    assert reader.metadata.author == MADE["made_by"]


@needs_pango
def test_the_foot_says_page_of_pages_when_and_by_whom_and_the_digest_of_the_content(made):
    pdf, _fields = made("case_summary", "sr")
    reader = PdfReader(BytesIO(pdf))
    pages = [page.extract_text() for page in reader.pages]
    [content] = reader.attachments["content.json"]

    for number, text in enumerate(pages, 1):
        assert f"Страна {number} од {len(pages)}" in text
        assert "Израђено 30. новембра 2026. у 9:30 (Ђурђа Šćepanović)." in text
        assert hashlib.sha256(content).hexdigest() in without_space(text)
    assert len(pages) > 1


@needs_pango
def test_the_content_is_attached_and_the_same_whoever_prints_it(made, case):
    pdf, fields = made("next_steps", "sr")
    other = sheet("next_steps", fields | {"made_by": "another", "today": "x"}, language="sr")

    [content] = PdfReader(BytesIO(pdf)).attachments["content.json"]
    [again] = PdfReader(BytesIO(other)).attachments["content.json"]
    assert content == again
    told = json.loads(content)
    assert told["content"]["municipality"] == "Чачак"
    assert (told["sheet"], told["language"]) == ("next_steps", "sr")
    assert "another" not in content.decode()


@needs_pango
def test_next_steps_fit_on_one_page_to_take_to_a_meeting(made):
    pdf, _fields = made("next_steps", "sr")

    assert len(PdfReader(BytesIO(pdf)).pages) == 1


@needs_pango
@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/a.png",
        "file:///etc/passwd",
        "papers:../LICENSE",
        "papers:/etc/passwd",
        "papers:",
        "data:text/plain,a",
        "ftp://example.org/a",
    ],
)
def test_nothing_but_our_fonts_can_be_reached(url):
    from weasyprint.urls import FatalURLFetchingError

    with pytest.raises(FatalURLFetchingError, match="not a file of ours"):
        own_files()(url)


@needs_pango
def test_our_fonts_can_be_reached():
    assert all(own_files()(f"papers:{name}").read(4) == b"\0\1\0\0" for name in FONTS)


@needs_pango
def test_texts_of_people_reach_nothing(made):
    _pdf, fields = made("next_steps", "sr")
    hostile = '<img src="https://example.org/a.png"><link rel=stylesheet href="file:///etc/passwd">'

    pdf = sheet("next_steps", fields | {"municipality": hostile} | MADE, language="sr")

    assert "<imgsrc=" in without_space(PdfReader(BytesIO(pdf)).pages[0].extract_text())


def test_without_pango_a_sentence_says_what_is_missing(case, monkeypatch):
    # As where the library cannot be loaded: its import fails.
    monkeypatch.setitem(__import__("sys").modules, "weasyprint", None)

    with pytest.raises(PdfUnavailable) as unavailable:
        sheet("next_steps", fields_of(case, language="en"), language="en")

    assert "libpango-1.0-0" in str(unavailable.value.sentence)
