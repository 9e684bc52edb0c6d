"""The glossary: every term in both languages with a sentence, in the reader's script and order."""

import pytest
from django.test import Client

from web.glossary import glossary, terms
from web.script.content import in_script
from web.script.fold import sort_key

pytestmark = pytest.mark.urls("tests.web.shell_urls")


def page(language: str) -> str:
    reader = Client(headers={"accept-language": language})
    return reader.get("/glossary/").content.decode()


def test_every_term_has_its_words_and_a_sentence_in_both_languages():
    for term in terms():
        assert all([term.en, term.sr, term.sentence_en, term.sentence_sr]), term
        assert term.sentence_en.endswith("."), term
        assert term.sentence_sr.endswith("."), term
    assert len({term.en for term in terms()}) == len(terms()) > 50


def test_serbian_is_written_in_cyrillic_and_comes_through_both_scripts():
    for term in terms():
        for text in (term.sr, term.sentence_sr):
            assert in_script(text, "sr") == text, text
            assert not any("\u0400" <= sign <= "\u04ff" for sign in in_script(text, "sr-latn"))


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn", "bs"])
def test_words_stand_in_the_order_of_the_alphabet(language):
    keys = [sort_key(entry.word) for entry in glossary(language)]

    assert keys == sorted(keys)
    assert len(keys) == len(terms())


@pytest.mark.parametrize(
    ("language", "word", "other"),
    [
        ("en", "public inspection", "javni uvid"),
        ("sr", "јавни увид", "public inspection"),
        ("sr-Latn", "javni uvid", "public inspection"),
        ("bs", "mandate", "ovlaštenje"),
    ],
)
def test_the_word_stands_beside_that_of_the_other_language(db, language, word, other):
    told = page(language)

    assert word in told
    assert other in told


def test_what_a_bosnian_reader_gets_in_serbian_says_so(db):
    assert '<dd lang="sr-Latn">' in page("bs")
    assert '<dd lang="sr-Cyrl">' in page("sr")
