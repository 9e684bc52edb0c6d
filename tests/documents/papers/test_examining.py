"""What is wrong with a template, in words. Templates come from people; nothing may run in one."""

import time
import zipfile
from io import BytesIO

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.papers.catalogue import shipped
from documents.papers.fields.listed import sample
from documents.papers.filling import fill, known_fields, problems_in, unknown_fields
from documents.papers.problems import BrokenTemplate
from tests.documents.papers.word_files import rewritten, template

KNOWN = known_fields()


def test_a_sound_template_has_no_problem():
    sound = template(
        "{{ programme }}, {{ body.name or blank }}",
        "{%p for step in steps %}",
        "{{ loop.index }}. {{ step.title }}{% if step.due %}: {{ step.due | upper }}{% endif %}",
        "{%p endfor %}",
        rows=[
            ["{%tr for one in body.members %}", ""],
            ["{{ one.institution }}", "{{ one.seat }}"],
            ["{%tr endfor %}", ""],
        ],
        header="{{ reference }}",
    )

    assert problems_in(sound) == []
    assert unknown_fields(sound, KNOWN) == []


def test_unknown_fields_are_named_as_they_stand_wherever_they_stand():
    odd = template(
        "{{ programe }}",
        "{%p for step in steps %}",
        "{{ step.titel }} {{ step.title }} {{ body.chair }}",
        "{%p endfor %}",
        "{{ step.title }}",
        header="{{ logo }}",
    )

    assert unknown_fields(odd, KNOWN) == [
        "programe",
        "step.titel",
        "body.chair",
        "step.title",
        "logo",
    ]


def test_a_field_that_is_nearly_right_is_named_with_the_right_one():
    with translation.override("en"):
        assert problems_in(template("{{ programe }}")) == [
            "The field “programe” is not known. Did you mean “programme”?"
        ]
        assert problems_in(template("{{ xyz }}")) == ["The field “xyz” is not known."]


def test_a_programme_may_know_fields_of_its_own():
    assert unknown_fields(template("{{ logo }}"), {*KNOWN, "logo"}) == []


@pytest.mark.parametrize(
    ("paragraph", "sentence"),
    [
        ("{{ steps }}", "has parts and cannot be printed as one"),
        ("{{ body }}", "has parts and cannot be printed as one"),
        ("{% for sign in programme %}{{ sign }}{% endfor %}", "is a single text"),
        ("{{ programme", "is opened and not closed"),
        ("{% for step in steps ", "is opened and not closed"),
        ("{{ programme | }}", "cannot be read as a field"),
        ("{% for step in steps %}", "cannot be read as a field"),
        ("{% endfor %}", "cannot be read as a field"),
        ("{{ programme | safe }}", "is not a way to print a field"),
        ("{{ programme | tojson }}", "is not a way to print a field"),
    ],
)
def test_mistakes_are_told_in_words(paragraph, sentence):
    with translation.override("en"):
        problems = problems_in(template(paragraph))

    assert sentence in " ".join(problems)


@pytest.mark.parametrize(
    "attack",
    [
        "{{ 7 * 7 }}",
        "{{ 'a' * 1000000000 }}",
        "{{ 10 ** 1000000 }}",
        "{{ programme + programme }}",
        "{{ programme ~ programme }}",
        "{{ '%1000000000d' % 1 }}",
        "{{ programme.upper() }}",
        "{{ range(1000000000) }}",
        "{{ cycler('a').next() }}",
        "{{ lipsum() }}",
        "{{ [1, 2] }}",
        "{{ {'a': 1} }}",
        "{{ steps[0:1] }}",
        "{% set a = programme %}",
        "{% macro again() %}{{ again() }}{% endmacro %}",
        "{% include 'settings.py' %}",
        "{% import 'os' as os %}",
        "{% extends 'base' %}",
        "{% filter upper %}a{% endfilter %}",
        "{% with a = 1 %}{{ a }}{% endwith %}",
        "{% for step in steps recursive %}{{ loop(steps) }}{% endfor %}",
        "{% for a, b in steps %}{{ a }}{% endfor %}",
        "{% for a in steps %}" * 3 + "x" + "{% endfor %}" * 3,
    ],
)
def test_whatever_else_the_language_can_do_is_refused(attack):
    hostile = template(attack)

    assert problems_in(hostile) != []
    with pytest.raises(BrokenTemplate):
        fill(hostile, sample(KNOWN, 2))


@pytest.mark.parametrize(
    "reach",
    [
        "{{ programme.__class__ }}",
        "{{ programme['__class__'] }}",
        "{{ steps.append }}",
        "{{ body.items }}",
        "{{ self }}",
        "{{ self._TemplateReference__context }}",
        "{{ loop.__init__ }}",
        "{% for step in steps %}{{ loop.changed }}{{ loop.__init__ }}{% endfor %}",
        "{{ request }}",
        "{{ config }}",
        "{{ namespace }}",
        "{{ programme | first | attr('__class__') }}",
    ],
)
def test_no_attribute_of_an_object_is_reached(reach):
    hostile = template(reach)

    with pytest.raises(BrokenTemplate):
        fill(hostile, sample(KNOWN, 2))


def test_a_paper_that_would_come_out_torn_is_refused():
    torn = template(
        "Before", rows=[["{%tr for step in steps %}"], ["{{ step.title }}"], ["{% endfor %}"]]
    )

    with translation.override("en"):
        assert "would be damaged" in " ".join(problems_in(torn))


def test_output_and_rows_are_bounded():
    long = {"steps": [{"title": "x" * 60_000}] * 100}
    wide = {"steps": [{"title": "x"}] * 200}
    once = template("{% for a in steps %}{{ a.title }}{% endfor %}")
    twice = template("{% for a in steps %}{% for b in steps %}{% endfor %}{% endfor %}")

    for paper, fields in [(once, long), (twice, wide)]:
        with pytest.raises(BrokenTemplate, match="too long"), translation.override("en"):
            fill(paper, fields)


def test_there_may_be_only_so_many_repetitions_and_fields():
    assert problems_in(template(*["{% for a in steps %}{% endfor %}"] * 51)) != []
    assert problems_in(template(*["{{ programme }}"] * 1001)) != []


@pytest.mark.parametrize(
    "deep",
    [
        "{{ " + "(" * 5000 + "programme" + ")" * 5000 + " }}",
        "{{ " + "not " * 5000 + "programme }}",
        "{{ programme" + ".a" * 5000 + " }}",
        "{% if programme %}" * 400 + "{% endif %}" * 400,
        "{{ programme" + " | upper" * 400 + " }}",
    ],
)
def test_nothing_stands_inside_one_another_without_end(deep):
    assert len(problems_in(template(deep))) == 1
    with pytest.raises(BrokenTemplate):
        fill(template(deep), sample(KNOWN, 1))


def test_a_large_template_takes_seconds_at_most():
    """As much as is allowed of everything: text, fields, repetitions. Of the processor, that is."""
    texts = ["x" * 3_000 + "{{ programme }}"] * 450
    loops = [
        "{% for a in steps %}{% for b in steps %}" + "x" * 900 + "{% endfor %}{% endfor %}"
    ] * 25
    large = template(*texts, *loops)
    began = time.process_time()

    fill(large, sample(KNOWN, 10))

    assert problems_in(large) == []
    assert time.process_time() - began < 10


# Files that are no templates


def zipped(**entries: bytes) -> bytes:
    saved = BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries.items():
            container.writestr(name, content)
    return saved.getvalue()


SOUND = template("{{ programme }}")
BODY = b'<?xml version="1.0"?><w:document xmlns:w="urn:w"><w:body/></w:document>'
ENTITY = b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + BODY
NOT_TEMPLATES = {
    "nothing": b"",
    "a text": b"Memorandum",
    "a PDF": b"%PDF-1.7\n",
    "half of one": SOUND[: len(SOUND) // 2],
    "an archive": zipped(a=b"b"),
    "a body alone": zipped(**{"word/document.xml": BODY}),
    "no XML": rewritten(SOUND, document=b"<w:document"),
    "other bytes": rewritten(SOUND, document=b"\xff\xfe\x00"),
    "entities": rewritten(SOUND, document=ENTITY),
    "a large body": rewritten(SOUND, document=b" " * 3_000_000 + BODY),
    "a bomb": rewritten(SOUND, styles=b" " * 30_000_000),
    "too large": SOUND + b"x" * 3_000_000,
}


@pytest.mark.parametrize("content", NOT_TEMPLATES.values(), ids=NOT_TEMPLATES.keys())
def test_what_is_no_template_is_told_in_one_sentence(content):
    with translation.override("en"):
        [sentence] = problems_in(content)

    assert sentence.startswith(("This is not a whole Word", "The template is too", "The document"))
    assert unknown_fields(content, KNOWN) == []
    with pytest.raises(BrokenTemplate):
        fill(content, {})


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_no_file_raises_anything_else(data):
    """A shipped template with some of its bytes changed: read or refused in words, no crash."""
    content = bytearray(shipped("next_steps", "en"))
    for _ in range(data.draw(st.integers(1, 20))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))

    problems = problems_in(bytes(content))

    assert all(isinstance(problem, str) for problem in problems)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="{}%# abcr.|'\"()[]*-0programme", max_size=60))
def test_no_text_in_a_template_raises_anything_else(text):
    content = template(text)

    if problems_in(content) == []:
        fill(content, sample(KNOWN, 1))
