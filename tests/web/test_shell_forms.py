"""Fields: how they are drawn, and what text and days they take."""

import datetime
import unicodedata

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from web.forms import DIRECTION_MARKS, DayField, PlainTextField, clean_text, sentences_on_removed


class Letter(forms.Form):
    """A form with one field of each kind."""

    subject = PlainTextField(at_most=80, help_text="In a few words.")
    body = PlainTextField(at_most=2_000, lines=True, required=False)
    sent_on = DayField()
    way = forms.ChoiceField(choices=[("post", "Post"), ("mail", "Mail")], widget=forms.RadioSelect)
    copy = forms.BooleanField(label="Keep a copy", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


GOOD = {"subject": "Odluka", "body": "", "sent_on": "12.10.2007", "way": "post", "version": "3"}


@pytest.fixture(autouse=True)
def reader_of_english():
    with translation.override("en"):
        yield


def errors_of(**sent) -> dict:
    return Letter(GOOD | sent).errors


# Drawing


def test_a_field_has_its_label_hint_and_control():
    drawn = str(Letter())

    assert '<label for="id_subject">Subject' in drawn
    assert '<div class="hint" id="id_subject_helptext">In a few words.</div>' in drawn
    assert 'aria-describedby="id_subject_helptext"' in drawn
    assert "aria-invalid" not in drawn


def test_as_div_draws_the_same():
    assert Letter().as_div() == str(Letter())


def test_a_wrong_field_is_tied_to_its_error():
    drawn = str(Letter(GOOD | {"subject": ""}))

    assert '<div class="error" id="id_subject_error">' in drawn
    assert 'aria-describedby="id_subject_helptext id_subject_error"' in drawn
    assert 'aria-invalid="true"' in drawn
    assert drawn.count("field wrong") == 1


def test_a_form_that_mixes_says_in_words_what_must_be_filled_in():
    drawn = str(Letter())

    assert drawn.count("(required)") == 3  # subject, day, way
    assert drawn.count("(optional)") == 2  # body, copy


def test_what_may_be_saved_empty_but_not_handed_in_is_not_called_optional():
    class Draft(forms.Form):
        plan = PlainTextField(required=False, needed_later=True)

    drawn = str(Draft())

    assert "(needed to hand in)" in drawn
    assert "optional" not in drawn


def test_a_form_that_wants_everything_does_not_repeat_it():
    class Everything(forms.Form):
        subject = PlainTextField()

    assert "(required)" not in str(Everything())


def test_radio_buttons_stand_in_a_fieldset_with_a_legend():
    drawn = str(Letter(GOOD | {"way": ""}))

    assert '<fieldset aria-describedby="id_way_error">' in drawn
    assert "<legend>Way" in drawn


def test_a_check_box_stands_before_its_label():
    drawn = str(Letter())

    assert drawn.index('type="checkbox"') < drawn.index("Keep a copy")
    assert drawn.count("Keep a copy") == 1


def test_hidden_fields_are_drawn_once_and_without_a_label():
    drawn = str(Letter())

    assert drawn.count('name="version"') == 1
    assert "Version" not in drawn


def test_the_summary_leads_to_each_wrong_field_in_the_words_of_the_field():
    form = Letter({})
    form.add_error(None, "The letter is empty.")

    summary = render_to_string("web/_errors.html", {"form": form})

    assert "<li>The letter is empty.</li>" in summary
    assert '<a href="#id_subject">Subject: This field is required.</a>' in summary
    assert '<a href="#id_way_0">Way: This field is required.</a>' in summary
    assert "Version: This field is required." in summary
    assert 'tabindex="-1" autofocus' in summary


def test_without_errors_there_is_no_summary():
    assert render_to_string("web/_errors.html", {"form": Letter(GOOD)}).strip() == ""


def test_words_of_people_are_escaped_in_the_summary_and_the_field():
    class Echo(forms.Form):
        way = forms.ChoiceField(choices=[("post", "Post")])

    form = Echo({"way": "<script>alert(1)</script>"})

    drawn = str(form) + render_to_string("web/_errors.html", {"form": form})
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


# Text


def test_text_is_kept_as_typed():
    typed = "Скупштина је усвојила стратегију.\r\n\r\n„Čačak“ – 1.\tdeo; emoji 👨‍👩‍👧 и ћирилица"

    form = Letter(GOOD | {"body": typed})

    assert form.is_valid()
    assert form.cleaned_data["body"] == typed.replace("\r\n", "\n")
    assert sentences_on_removed(form) == []


def test_text_is_composed():
    assert clean_text(unicodedata.normalize("NFD", "čćžšđ й"))[0] == "čćžšđ й"


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800"])
def test_control_characters_are_refused(sign):
    [sentence] = errors_of(body=f"a{sign}b")["body"]

    assert sentence.startswith("The text holds control characters")


def test_a_single_line_takes_no_line_breaks():
    assert errors_of(subject="a\nb")["subject"] == ["Write this in one line, without tabs."]


def test_direction_marks_are_taken_out_and_the_form_says_so():
    form = Letter(GOOD | {"subject": "Od\u202eluka\u2066 o\u200f"})

    assert form.is_valid()
    assert form.cleaned_data["subject"] == "Odluka o"
    assert sentences_on_removed(form) == [
        "Subject: 3 invisible marks for the direction of writing were taken out."
    ]


def test_what_was_taken_out_of_one_form_is_not_said_of_the_next():
    Letter(GOOD | {"subject": "Od\u202eluka"}).is_valid()
    clean = Letter(GOOD)

    assert clean.is_valid()
    assert sentences_on_removed(clean) == []


@pytest.mark.parametrize("written", [81, 10_000, 1_000_000])
def test_too_long_a_text_is_answered_with_both_figures(written):
    assert errors_of(subject="š" * written)["subject"] == [
        f"Write 80 characters at most. You wrote {written:,}."
    ]


def test_a_text_of_exactly_the_most_is_taken():
    assert errors_of(subject="š" * 80) == {}


def test_a_pasted_text_is_never_cut_by_the_browser():
    assert "maxlength" not in str(Letter())


def test_white_space_or_marks_alone_are_no_text():
    assert errors_of(subject=" \u200e\u3000 ")["subject"] == ["This field is required."]


@given(st.text(max_size=300))
def test_whatever_is_typed_is_kept_clean_or_refused_in_a_sentence(typed):
    strange = {c for c in typed if unicodedata.category(c) in {"Cc", "Cs"}} - set("\r\n\t")
    if strange:
        with pytest.raises(ValidationError, match="control characters"):
            clean_text(typed, at_most=1_000)
        return

    kept, removed = clean_text(typed, at_most=1_000)

    assert unicodedata.is_normalized("NFC", kept)
    assert not DIRECTION_MARKS.search(kept)
    assert removed == len(DIRECTION_MARKS.findall(typed))
    assert clean_text(kept, at_most=1_000) == (kept, 0)
    kept.encode()  # what cannot be encoded cannot be stored


# Days


@pytest.mark.parametrize(
    "typed",
    ["12.10.2007", "12.10.2007.", "12. 10. 2007.", " 2007-10-12 ", "12.\u00a010.\u00a02007"],
)
def test_a_day_is_understood_in_both_ways_of_writing(typed):
    form = Letter(GOOD | {"sent_on": typed})

    assert form.is_valid()
    assert form.cleaned_data["sent_on"] == datetime.date(2007, 10, 12)


@pytest.mark.parametrize("code", ["sr", "sr-latn", "bs", "en"])
def test_a_day_is_understood_alike_in_every_language(code):
    with translation.override(code):
        assert errors_of(sent_on="12.10.2007") == {}
        assert errors_of(sent_on="2007-10-12") == {}


@pytest.mark.parametrize(
    "typed", ["31.2.2007", "10/12/2007", "12.10.07", "soon", "1" * 10_000, "\x00", "2007-13-01"]
)
def test_what_is_no_day_is_answered_with_an_example(typed):
    assert errors_of(sent_on=typed)["sent_on"] == ["Write the day like this: 12.10.2007."]


@pytest.mark.parametrize("typed", ["1.1.0001", "31.12.9999", "1.1.1899"])
def test_a_year_far_away_is_refused(typed):
    assert errors_of(sent_on=typed)["sent_on"] == ["Write a year between 1900 and 2100."]


def test_a_stored_day_is_shown_as_it_is_typed():
    drawn = str(Letter(initial={"sent_on": datetime.date(2007, 10, 2)})["sent_on"])

    assert 'value="02.10.2007"' in drawn
    assert 'type="text"' in drawn
