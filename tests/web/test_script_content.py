"""Content in the reader's language and script, in Python and in templates."""

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.safestring import mark_safe

from web.script.content import in_script, localized

STRATEGY = {"sr": "Стратегија", "en": "Strategy"}


def rendered(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "Strategy"), ("sr", "Стратегија"), ("sr-latn", "Strategija"), ("bs", "Strategija")],
)
def test_each_reader_gets_the_own_language_and_script(language, shown):
    assert localized(STRATEGY, language) == shown
    with translation.override(language):
        assert localized(STRATEGY) == shown
        assert rendered("{{ title|localized }}", title=STRATEGY) == shown


def test_without_english_an_english_reader_gets_serbian_in_latin():
    assert localized({"sr": "Његош"}, "en") == "Njegoš"
    assert localized({"sr": "Његош", "en": ""}, "en") == "Njegoš"


def test_without_serbian_a_serbian_reader_gets_the_english_as_it_stands():
    assert localized({"en": "Horizontal plans"}, "sr") == "Horizontal plans"
    assert localized({"en": "Horizontal plans"}, "bs") == "Horizontal plans"


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn", "bs"])
@pytest.mark.parametrize("nothing", [None, "", {}, {"sr": "", "en": ""}])
def test_nothing_gives_nothing(nothing, language):
    assert localized(nothing, language) == ""


@pytest.mark.parametrize("typed", ["Сремска Митровица", "Sremska Mitrovica"])
def test_serbian_text_follows_the_reader_whatever_it_was_typed_in(typed):
    assert in_script(typed, "sr") == "Сремска Митровица"
    assert in_script(typed, "sr-latn") == "Sremska Mitrovica"
    assert in_script(typed, "bs") == "Sremska Mitrovica"
    assert in_script(typed, "en") == "Sremska Mitrovica"
    assert localized(typed, "sr") == "Сремска Митровица"
    assert localized({"sr": typed}, "sr-latn") == "Sremska Mitrovica"


def test_typed_markup_stays_harmless_and_written_markup_stays_markup():
    with translation.override("sr"):
        typed = rendered("{{ text|in_script }}", text="<b>Opština</b>")
        written = rendered("{{ text|in_script }}", text=mark_safe("<b>Opština</b>"))

    assert typed == "&lt;b&gt;Општина&lt;/b&gt;"
    assert written == "<b>Општина</b>"


def test_templates_need_no_load_tag():
    with translation.override("sr-latn"):
        assert rendered("{{ name|in_script }}", name="Кикинда") == "Kikinda"
        assert rendered("{{ name|in_script }}", name=None) == ""
