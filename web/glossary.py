"""The words of the field, from `data/glossary.csv`: what each means, in English and Serbian.

Serbian stands there in Cyrillic and is shown in the reader's script; a Bosnian word only where it
is another one. Where the words come from is said in `data/SOURCE.md`.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from web.script.content import in_script
from web.script.fold import sort_key

WORDS = Path(__file__).with_name("data") / "glossary.csv"


@dataclass(frozen=True)
class Term:
    """A word in English, Serbian (Cyrillic) and Bosnian, with a sentence in two languages."""

    en: str
    sr: str
    bs: str
    sentence_en: str
    sentence_sr: str


@dataclass(frozen=True)
class Entry:
    """A term as one reader meets it: the word to look up, its other language, the sentence."""

    word: str
    other: str
    sentence: str


@cache
def terms() -> list[Term]:
    """All of them as the file has them; read once a process."""
    with WORDS.open(encoding="utf-8", newline="") as file:
        return [Term(**row) for row in csv.DictReader(file)]


def glossary(language: str) -> list[Entry]:
    """By the alphabet of the words that this reader looks up."""
    return sorted(entries(language), key=lambda entry: sort_key(entry.word))


def entries(language: str) -> Iterator[Entry]:
    for term in terms():
        if language == "en":
            yield Entry(term.en, in_script(term.sr, language), term.sentence_en)
            continue
        own = term.bs if language == "bs" and term.bs else in_script(term.sr, language)
        yield Entry(own, term.en, in_script(term.sentence_sr, language))
