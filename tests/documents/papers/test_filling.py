"""Filling DOCX templates: the shipped ones in every language, and those that programmes send."""

import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.papers.catalogue import LANGUAGES, shipped
from documents.papers.fields.filled import fields_of
from documents.papers.filling import fill, preview, problems_in
from documents.papers.layouts import LAYOUTS, drawn
from documents.papers.problems import BrokenTemplate
from tests.documents.papers.word_files import template, words

OF_EACH = [(key, language) for key in LAYOUTS for language in LANGUAGES]


@pytest.mark.parametrize(("key", "language"), OF_EACH)
def test_shipped_templates_are_what_the_command_draws(key, language):
    assert shipped(key, language) == drawn(key, language), "run manage.py paper_templates"


@pytest.mark.parametrize(("key", "language"), OF_EACH)
def test_shipped_templates_have_no_problem(key, language):
    assert problems_in(shipped(key, language)) == []


def test_each_shipped_template_is_filled_in_its_language_and_script(case):
    told = {
        language: words(fill(shipped("memorandum", language), fields_of(case, language=language)))
        for language in LANGUAGES
    }

    assert "За општину: Чачак; потписник: signatory." in told["sr"]
    assert "Za opštinu: Čačak; potpisnik: signatory." in told["sr-latn"]
    assert "Za općinu: Čačak; potpisnik: signatory." in told["bs"]
    assert "For the municipality: Čačak; signed by: signatory." in told["en"]
    assert "Јавни увид у нацрт: љубав, његова џеп-књига, ћуприја (Процена)" in told["sr"]
    assert "Javni uvid u nacrt: ljubav, njegova džep-knjiga, ćuprija (Procena)" in told["sr-latn"]
    assert not any("{" in text for text in told.values())


def test_no_cyrillic_is_left_in_latin_papers_and_none_but_names_in_english(case):
    for key in LAYOUTS:
        for language in ("sr-latn", "bs"):
            text = words(fill(shipped(key, language), fields_of(case, language=language)))
            assert not any("Ѐ" <= sign <= "ӿ" for sign in text), (key, language)


def test_what_is_not_known_is_a_line_to_write_on(case):
    fields = fields_of(case, language="sr")

    assert f"Ментор: {fields['blank']}." in words(fill(shipped("memorandum", "sr"), fields))


def test_the_appointment_names_institutions_and_leaves_the_persons_open(case):
    paper = words(fill(shipped("appointment_decision", "sr"), fields_of(case, language="sr")))

    assert "Именује се тело: Координациони одбор за социјалну политику." in paper
    assert "Центар за социјални рад\nпредседник\n____" in paper
    assert "Градоначелник града Чачка" in paper
    assert "15. јануара 2026." in paper


def test_texts_of_people_are_no_markup_and_no_template():
    fields = {"programme": 'A & B <w:br/> "{{ track }}" {% for %}', "track": "no"}

    paper = fill(template("{{ programme }}", header="{{ programme }}"), fields)

    assert words(paper).splitlines() == [fields["programme"]] * 2


def test_lines_of_a_text_stay_lines_and_odd_signs_are_dropped():
    paper = fill(template("{{ programme }}"), {"programme": "one\ntwo\x00\x07\x0b\ud800 three"})

    assert words(paper).splitlines()[-2:] == ["one", "two three"]


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_gives_a_whole_paper(text):
    paper = fill(template("[{{ programme }}]"), {"programme": text})

    with zipfile.ZipFile(BytesIO(paper)) as container:
        assert container.testzip() is None
    assert words(paper).strip().startswith("[")
    assert words(paper).strip().endswith("]")


def test_a_field_that_is_missing_is_no_empty_place():
    with pytest.raises(BrokenTemplate) as broken, translation.override("en"):
        fill(template("{{ programe }}"), {"programme": "P"})

    assert "programe" in broken.value.problems[0]


def test_rows_are_repeated_and_the_look_of_the_template_stays():
    own = Document()
    own.add_paragraph("{{ programme }}", style="Heading 2")
    saved = BytesIO()
    own.save(saved)

    [heading] = Document(BytesIO(fill(saved.getvalue(), {"programme": "П"}))).paragraphs

    assert (heading.text, heading.style.name) == ("П", "Heading 2")


def test_the_preview_says_what_the_paper_says_and_escapes_it(case):
    fields = fields_of(case, language="sr")
    html = preview(shipped("next_steps", "sr"), fields)

    assert "<h3>Следећи кораци: Чачак</h3>" in html
    assert '<th scope="col">Шта</th>' in html
    assert '<th scope="row">Општина</th><td>Чачак</td>' in html
    assert "Оцена: шђчћж &amp; &lt;b&gt;није&lt;/b&gt; ознака" in html
    assert "<b>" not in html
