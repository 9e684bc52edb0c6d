"""Names of files: refused when they hide something, shown as they are written."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.intake import LIMITS, clean_name, quick_look
from documents.intake.names import demand_good_name


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("Одлука о усвајању.pdf", "Одлука о усвајању.pdf"),
        ("  dva   razmaka .pdf ", "dva razmaka.pdf"),
        ("c\u030cetvrta.pdf", "četvrta.pdf"),
        ("C:\\Users\\korisnik\\plan.xlsx", "plan.xlsx"),
        ("/etc/../plan.xlsx", "plan.xlsx"),
        ("C:plan.xlsx", "plan.xlsx"),
        ("plan\u202excod.exe", "planxcod.exe"),
        ("red\r\nSet-Cookie: a.pdf", "redSet-Cookie: a.pdf"),
        ("\u200bnevidljivo\ufeff.pdf", "nevidljivo.pdf"),
        ("a....pdf", "a.pdf"),
        ("", "document"),
        ("..", "document"),
        ("\x00", "document"),
        ("folder/", "document"),
    ],
)
def test_a_name_is_shown_as_it_is_written(sent, shown):
    assert clean_name(sent) == shown


def test_a_long_name_keeps_its_ending():
    shown = clean_name("ж" * 300 + ".docx")

    assert shown.endswith("жж.docx")
    assert 145 <= len(shown.encode()) <= 150


@given(st.text() | st.text(alphabet="a.:/\\\u202e \u0301ж", max_size=200))
def test_what_is_shown_would_itself_be_a_good_name(sent):
    shown = clean_name(sent)

    demand_good_name(shown, LIMITS)
    assert shown.strip()
    assert clean_name(shown) == shown
    assert unicodedata.is_normalized("NFC", shown)


@given(st.text(), st.binary(max_size=64), st.integers(min_value=0))
def test_a_quick_look_always_has_an_answer(name, head, size):
    verdict = quick_look(name, head, size)

    assert verdict.accepted == (not verdict.problem)


def test_an_ordinary_name_in_the_other_normal_form_is_no_reason_to_refuse():
    name = unicodedata.normalize("NFD", "Одлука ђ š č.pdf")

    assert quick_look(name, b"%PDF-1.7", 100).accepted
