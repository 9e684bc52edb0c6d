"""English that a Serbian page must not show: source texts nobody translated, or put past gettext.

Compared with the texts of our catalogue and with the English half of the procedure files; names
that are the same in both languages are no finding.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import polib
import yaml
from django.conf import settings

import workflow
from web.context import OWN_NAMES

CATALOGUE = Path(settings.BASE_DIR, "locale/sr_Latn/LC_MESSAGES/django.po")
PROCEDURES = Path(workflow.__file__).parent / "procedures"
HOLE = re.compile(r"%\(\w+\)[sd]|%[sd]")
LATIN_WORDS = re.compile(r"[A-Za-zČĆŽŠĐčćžšđ]{2,}")
LONG = 4  # words; so many in a row are found inside a longer text too


@cache
def sources() -> frozenset[str]:
    """Every English text, holes and all, that has a Serbian one which differs."""
    found = set()
    for entry in polib.pofile(str(CATALOGUE)):  # in Latin, where "Mentor" is a word of both
        told = entry.msgstr or entry.msgstr_plural.get(0, "")
        found |= {text for text in (entry.msgid, entry.msgid_plural) if text and text != told}
    for file in PROCEDURES.glob("*.yaml"):
        found |= set(english_of(yaml.safe_load(file.read_text())))
    return frozenset(" ".join(text.split()) for text in found)


def english_of(content: Any) -> Iterator[str]:
    """The English of every pair of texts in a file, where it differs from the Serbian."""
    if isinstance(content, dict) and {"sr", "en"} <= set(content):
        if content["sr"] != content["en"]:
            yield content["en"]
    elif isinstance(content, dict | list):
        for part in content.values() if isinstance(content, dict) else content:
            yield from english_of(part)


@cache
def patterns() -> tuple[frozenset[str], list[str], list[re.Pattern[str]]]:
    """Whole texts, long texts to be found inside others, and texts with holes."""
    plain = {text for text in sources() if not HOLE.search(text) and LATIN_WORDS.search(text)}
    plain -= set(OWN_NAMES.values())  # a language is called as its readers call it
    inside = [text for text in plain if len(text.split()) >= LONG]
    holed = [text for text in sources() if len(LATIN_WORDS.findall(HOLE.sub(" ", text))) >= 2]
    shapes = [".+?".join(map(re.escape, HOLE.split(text))) for text in holed if HOLE.search(text)]
    return frozenset(plain), inside, [re.compile(shape) for shape in shapes]


@cache
def is_english(text: str) -> bool:
    """Whether this text of a page is, or holds, one of ours in English."""
    plain, inside, shapes = patterns()
    if text in plain:
        return True
    if len(LATIN_WORDS.findall(text)) < 2:
        return False
    return any(one in text for one in inside) or any(one.fullmatch(text) for one in shapes)


def english_in(texts: Iterable[str]) -> list[str]:
    return sorted({text for text in texts if is_english(text)})
