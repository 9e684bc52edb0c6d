"""Bosnian, made from Serbian in Latin word by word, with a vocabulary that people reviewed.

`locale/bs/words.csv` says what becomes of each form of a word: another form, the same (nothing),
or "?" where that depends on the sentence. `locale/bs/sentences.po` has, by their Serbian, the
sentences that word by word are no good Bosnian. Nothing is guessed: `problems` names what
neither file knows.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import polib
from django import conf
from django.apps import apps

from web.script import catalogues
from web.script.spans import NOT_LANGUAGE, WORD, is_foreign
from web.script.transliterate import outside

_IT_DEPENDS = "?"
# Apps whose own words stand on no page: accounts/ has ours in their place.
NEVER_SHOWN = ("allauth", "axes")
# "može da se preda": Bosnian says "može se predati". No rule makes an infinitive of it.
_NO_INFINITIVE = re.compile(
    r"\b(?:mo(?:gu|že|gao|gl[aio])|mora|sme|želi|presta[jn]e|poč(?:inje|ne)|nema šta)\w*"
    r"(?:\s+\w+){0,2}\s+da\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Vocabulary:
    """What people wrote: the words, and the sentences by their Serbian singular and last plural."""

    words: Mapping[str, str]
    sentences: Mapping[tuple[str, str], polib.POEntry]

    def say(self, serbian: str) -> str:
        """One text in Bosnian; a word that nobody reviewed stays Serbian."""
        whole = self.sentences.get((serbian, ""))
        return whole.msgstr if whole else in_bosnian(serbian, self.words)

    def say_forms(self, entry: polib.POEntry) -> dict[int, str]:
        """The three forms of a text with a number, or none."""
        if whole := self.whole_plural(entry):
            return whole.msgstr_plural
        return {number: self.say(text) for number, text in entry.msgstr_plural.items()}

    def whole_plural(self, entry: polib.POEntry) -> polib.POEntry | None:
        """All forms of a text with a number, where they were written together."""
        forms = entry.msgstr_plural
        return self.sentences.get((forms[0], forms[max(forms)])) if forms else None


def words_path(locale: Path) -> Path:
    """The words that people review, a form a line."""
    return locale / "bs" / "words.csv"


def sentences_path(locale: Path) -> Path:
    """The sentences that people write whole."""
    return locale / "bs" / "sentences.po"


def bosnian_path(locale: Path) -> Path:
    """The catalogue that `write_bosnian` makes."""
    return locale / "bs" / "LC_MESSAGES" / "django.po"


def read_vocabulary(locale: Path) -> Vocabulary:
    words = {serbian: bosnian or serbian for serbian, bosnian in _rows(locale)}
    sentences = catalogues.read(sentences_path(locale))
    return Vocabulary(words, {(one.msgid, one.msgid_plural): one for one in sentences})


def write_bosnian(locale: Path) -> Path:
    """Make the Bosnian catalogue: our own texts, and those of Django and the installed apps."""
    vocabulary = read_vocabulary(locale)
    catalogue = catalogues.in_latin(locale)
    catalogue[:] = _texts(catalogue)
    for entry in catalogue:
        entry.msgstr = vocabulary.say(entry.msgstr)
        entry.msgstr_plural = vocabulary.say_forms(entry)
    catalogue.header = "Generated from locale/sr and locale/bs by `manage.py catalogues`."
    catalogue.metadata["Language"] = "bs"
    path = bosnian_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return path


def texts_of_packages() -> list[polib.POEntry]:
    """What Django and the installed apps say in Serbian Latin: their own Bosnian is half done."""
    shown = [app for app in apps.get_app_configs() if not app.name.startswith(NEVER_SHOWN)]
    folders = [*(Path(app.path) for app in shown), Path(conf.__file__).parent]
    paths = [folder / "locale" / "sr_Latn" / "LC_MESSAGES" / "django.po" for folder in folders]
    found = [catalogues.read(path) for path in paths if path.exists()]
    return [entry for catalogue in found for entry in catalogue.translated_entries()]


def in_bosnian(text: str, words: Mapping[str, str]) -> str:
    """Serbian Latin in Bosnian, word by word. Names, codes, markup and abbreviations stay."""
    return outside(
        NOT_LANGUAGE, text, lambda part: WORD.sub(lambda found: _word(found[0], words), part)
    )


def problems(locale: Path) -> list[str]:
    """Sentences about all that nobody has put into Bosnian yet; none when whole."""
    vocabulary = read_vocabulary(locale)
    counted = Counter(serbian for serbian, _bosnian in _rows(locale))
    found = [f"words.csv: {word!r} stands there twice." for word in counted if counted[word] > 1]
    for sentence in vocabulary.sentences.values():
        found += [f"sentences.po: {problem}" for problem in _problems_of_sentence(sentence)]
    for text in _word_by_word(locale, vocabulary):
        found += [f"{text!r}: {problem}" for problem in _problems_of(text, vocabulary.words)]
    return found


def unused_sentences(locale: Path) -> list[str]:
    """The sentences of `sentences.po` that no text has any more: a changed one needs a new line."""
    vocabulary = read_vocabulary(locale)
    said: set[str] = set()
    for entry in _texts(catalogues.in_latin(locale)):
        said |= {entry.msgstr, *entry.msgstr_plural.values()}
    return [serbian for serbian, _plural in vocabulary.sentences if serbian not in said]


def _rows(locale: Path) -> list[tuple[str, str]]:
    with words_path(locale).open(encoding="utf-8", newline="") as lines:
        return [(row["serbian"], row["bosnian"]) for row in csv.DictReader(lines)]


def _texts(own: polib.POFile) -> list[polib.POEntry]:
    """Ours and the packages', each text once; ours go first, as when gettext looks for them."""
    found: dict[tuple[str, str], polib.POEntry] = {}
    for entry in [*(one for one in own if not one.obsolete), *texts_of_packages()]:
        found.setdefault((entry.msgctxt or "", entry.msgid), entry)
    return list(found.values())


def _word_by_word(locale: Path, vocabulary: Vocabulary) -> Iterator[str]:
    """Every Serbian text that nobody wrote whole in Bosnian."""
    for entry in _texts(catalogues.in_latin(locale)):
        if not vocabulary.whole_plural(entry):
            forms = dict.fromkeys([entry.msgstr, *entry.msgstr_plural.values()])
            yield from (text for text in forms if (text, "") not in vocabulary.sentences)


def _word(word: str, words: Mapping[str, str]) -> str:
    told = words.get(word.lower(), _IT_DEPENDS)
    if told == _IT_DEPENDS or _stays(word):
        return word
    return told[0].upper() + told[1:] if word[0].isupper() else told


def _stays(word: str) -> bool:
    """Numbers, foreign words, and capitals: nothing here shouts, so they are abbreviations."""
    return is_foreign(word) or not word.strip("0123456789_") or (len(word) > 1 and word.isupper())


def _problems_of(text: str, words: Mapping[str, str]) -> Iterator[str]:
    for word in dict.fromkeys(WORD.findall(NOT_LANGUAGE.sub(" ", text))):
        if _stays(word):
            continue
        if word.lower() not in words:
            yield f"a new word for locale/bs/words.csv: {word.lower()}"
        elif words[word.lower()] == _IT_DEPENDS:
            yield f"{word.lower()!r} has two meanings: write the sentence into sentences.po."
    if turn := _NO_INFINITIVE.search(text):
        yield f"{turn[0]!r} takes the infinitive: write the sentence into sentences.po."


def _problems_of_sentence(entry: polib.POEntry) -> Iterator[str]:
    if not entry.translated():
        yield f"{entry.msgid!r} has no Bosnian."
    for text in [entry.msgstr, *entry.msgstr_plural.values()]:
        if text:
            yield from catalogues.wrong_placeholders(entry, text)
