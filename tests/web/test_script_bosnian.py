"""Bosnian: made word by word from Serbian, complete, and nowhere Serbian."""

import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from web.script import bosnian, catalogues

OURS = Path(settings.LOCALE_PATHS[0])
# What only Serbian has: whole words, beginnings of words, and what may stand in the middle.
WORDS = (
    "deo pre posle sme ceo telo tela telu dve obe lice lica licu licem gde ovde reč reči takođe"
    " vreme veb"
)
BEGINNINGS = (
    "mest mesec rešen rešenj rešav rešit vredn ocen procen primen promen izmen zamen menja zahtev"
    " delov posled sledeć sledi sednic predlog predlozi predsed primer primed prover izvešt beleš"
    " belež zabelež verovat uvek uspe nasled nedelj celi cela celo celu smeju savet vero uver"
    " bezbed namen podset pomer dodel umesto najpre avgust istorij uslov sopstven sprovo obezbe"
    " osetljiv"
)
SERBIAN_ONLY = re.compile(
    rf"\b(?:(?:{'|'.join(WORDS.split())})\b|(?:{'|'.join(BEGINNINGS.split())}))|opšt|šćen|obavešt"
)

OF_A_FACE = re.compile(r"slik\w+ lica")  # a face is "lice" in both, a person is not


def entry(singular, *forms):
    """A text with its Serbian, as the catalogue in Latin has it."""
    if len(forms) == 1:
        return polib.POEntry(msgid=singular, msgstr=forms[0])
    told = dict(enumerate(forms))
    return polib.POEntry(msgid=singular, msgid_plural=f"{singular}s", msgstr_plural=told)


@pytest.fixture
def write_project(tmp_path, monkeypatch):
    """A small project with its Serbian and its Bosnian; no package says anything there."""
    monkeypatch.setattr(bosnian, "texts_of_packages", list)

    def write(*entries, words="", sentences=()):
        locale = tmp_path / "locale"
        for path in (catalogues.serbian_path(locale), bosnian.words_path(locale)):
            path.parent.mkdir(parents=True, exist_ok=True)
        for path, said in [
            (catalogues.serbian_path(locale), entries),
            (bosnian.sentences_path(locale), sentences),
        ]:
            catalogue = polib.POFile()
            catalogue.metadata = catalogues.read(catalogues.serbian_path(OURS)).metadata
            catalogue.extend(said)
            catalogue.save(str(path))
        rows = "\n".join(words.split())
        bosnian.words_path(locale).write_text(f"serbian,bosnian\n{rows}\n", encoding="utf-8")
        return locale

    return write


def made(locale):
    """What the catalogue says: a text, or its forms."""
    bosnian.write_bosnian(locale)
    catalogue = catalogues.read(bosnian.bosnian_path(locale))
    return [list(one.msgstr_plural.values()) or one.msgstr for one in catalogue]


# Word by word

WORDS_OF_A_SENTENCE = {"zahtev": "zahtjev", "za": "za", "pomeriće": "pomjerit će", "veće": "?"}


@pytest.mark.parametrize(
    ("serbian", "told"),
    [
        ("Zahtev za zahtev", "Zahtjev za zahtjev"),
        ("Pomeriće se", "Pomjerit će se"),
        ("<b class='zahtev'>%(zahtev)s</b> {zahtev} zahtev.pdf", None),
        ("ZAHTEV, SWS-2007, UTF-8, II, online", None),
        ("veće, nepoznato", None),
    ],
)
def test_words_change_and_all_else_stays(serbian, told):
    assert bosnian.in_bosnian(serbian, WORDS_OF_A_SENTENCE) == (told or serbian)


def test_a_sentence_that_somebody_wrote_goes_before_its_words(write_project):
    locale = write_project(
        entry("Ready", "Може да се преда."),
        entry("Open", "Предлог"),
        words="predlog,prijedlog",
        sentences=[entry("Može da se preda.", "Može se predati.")],
    )

    assert made(locale) == ["Može se predati.", "Prijedlog"]
    assert bosnian.problems(locale) == []


def test_forms_that_serbian_does_not_tell_apart_are_written_together(write_project):
    person = polib.POEntry(
        msgid="%(n)s lice",
        msgid_plural="%(n)s lica",
        msgstr_plural={0: "%(n)s osoba", 1: "%(n)s osobe", 2: "%(n)s osoba"},
    )
    locale = write_project(
        entry("%(n)s person", "%(n)s лице", "%(n)s лица", "%(n)s лица"),
        words="lice,? lica,?",
        sentences=[person],
    )

    assert made(locale) == [["%(n)s osoba", "%(n)s osobe", "%(n)s osoba"]]
    assert bosnian.problems(locale) == []


# What nobody has reviewed


@pytest.mark.parametrize(
    ("serbian", "words", "problem"),
    [
        ("Нова реч", "reč,riječ", "a new word for locale/bs/words.csv: nova"),
        ("Промени захтев", "promeni,? zahtev,zahtjev", "'promeni' has two meanings"),
        ("Мора прво да крене", "mora, prvo, da, krene,", "'Mora prvo da' takes the infinitive"),
        ("Реч", "reč,riječ reč,", "'reč' stands there twice"),
    ],
)
def test_a_text_that_nobody_put_into_bosnian_is_named(write_project, serbian, words, problem):
    [found] = bosnian.problems(write_project(entry("x", serbian), words=words))

    assert problem in found


def test_a_sentence_must_keep_its_placeholders_and_have_its_bosnian(write_project):
    sentences = [entry("Do %(day)s", "Do %(dan)s"), entry("Lice", "")]

    wrong, empty = bosnian.problems(write_project(sentences=sentences))

    assert "placeholders" in wrong
    assert "'Lice' has no Bosnian" in empty


def test_a_sentence_whose_serbian_was_changed_is_named_but_is_no_fault(write_project, capsys):
    locale = write_project(
        entry("x", "Особа"), words="osoba,", sentences=[entry("Lice", "Osoba"), entry("Osoba", "O")]
    )

    assert bosnian.unused_sentences(locale) == ["Lice"]
    with override_settings(LOCALE_PATHS=[locale]):
        call_command("catalogues", check=True)
    assert "No longer needed in sentences.po: 'Lice'" in capsys.readouterr().out


def test_the_check_fails_until_each_word_is_reviewed(write_project, capsys):
    locale = write_project(entry("x", "Предлог"))

    with override_settings(LOCALE_PATHS=[locale]), pytest.raises(CommandError):
        call_command("catalogues", check=True)

    assert "predlog" in capsys.readouterr().out


# What is shipped


def test_everything_is_in_bosnian_with_the_placeholders_of_the_source(catalogues_as_written_now):
    catalogue = catalogues.read(bosnian.bosnian_path(catalogues_as_written_now))
    translated = polib.POFile()
    translated.extend(catalogue.translated_entries())
    written = catalogues.read(catalogues.serbian_path(OURS)).translated_entries()

    assert bosnian.problems(OURS) == []
    assert len(translated) >= len(written)
    assert [
        (one.msgid, text)
        for one in translated
        for text in [one.msgstr, *one.msgstr_plural.values()]
        if text and list(catalogues.wrong_placeholders(one, text))
    ] == []


def serbian_words_in(catalogue) -> list[str]:
    texts = [text for one in catalogue for text in [one.msgstr, *one.msgstr_plural.values()]]
    return [text for text in texts if SERBIAN_ONLY.search(OF_A_FACE.sub("", text.lower()))]


def test_no_serbian_word_is_left(catalogues_as_written_now):
    serbian = catalogues.read(catalogues.latin_path(catalogues_as_written_now))
    made = catalogues.read(bosnian.bosnian_path(catalogues_as_written_now))

    assert len(serbian_words_in(serbian)) > len(serbian) / 4  # the list finds what it should
    assert serbian_words_in(made) == []


def test_what_django_says_is_bosnian_too_and_not_serbian_in_cyrillic(catalogues_as_written_now):
    with translation.override("bs"):
        told = [gettext("This field is required."), gettext("Enter a valid date.")]
        told += [gettext("Past 7 days"), ngettext("%(num)d week", "%(num)d weeks", 5)]
        month = translation.pgettext("alt. month", "August")

    assert told == [
        "Ovo polje se mora popuniti.",
        "Unesite ispravan datum.",
        "Posljednjih 7 dana",
        "%(num)d sedmica",
    ]
    assert month == "August"


def test_a_page_in_bosnian(catalogues_as_written_now):
    with translation.override("bs"):
        page = render_to_string("500.html")

    assert '<html lang="bs">' in page
    assert "što je ranije zabilježeno je sačuvano" in page
    assert not SERBIAN_ONLY.search(re.sub("<[^>]+>", " ", page).lower())
