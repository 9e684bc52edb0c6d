"""The catalogues: Serbian Cyrillic is written by hand, all else is made from it.

`locale/sr` is the source; `locale/sr_Latn`, `locale/bs/LC_MESSAGES` (see `bosnian.py`) and every
compiled `.mo` are generated and never edited. Needs no program of GNU gettext.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

import polib

from web.script.foreign import ABBREVIATIONS
from web.script.letters import LATIN_LETTER
from web.script.sources import Message
from web.script.spans import NOT_LANGUAGE, TOKEN, WORD, is_code, is_roman
from web.script.transliterate import to_latin

_PLACEHOLDER = re.compile(
    r"%%|%\(\w+\)[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z]|%[-+0#]*\d*(?:\.\d+)?[sdrf](?!\w)"
    r"|\{\w*(?:[.!:][^{}]*)?\}|</?[a-zA-Z]+"
)
_LATIN = re.compile(f"[{LATIN_LETTER}]")
_OPTION = re.compile(r"(?<!\S)--[a-z][a-z-]*")  # of a command, typed as it stands


def serbian_path(locale: Path) -> Path:
    """The catalogue that people write."""
    return locale / "sr" / "LC_MESSAGES" / "django.po"


def latin_path(locale: Path) -> Path:
    """The catalogue that `write_latin` makes."""
    return locale / "sr_Latn" / "LC_MESSAGES" / "django.po"


def read(path: Path) -> polib.POFile:
    """A catalogue; lines are not wrapped when it is saved, so that changes stay small."""
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)


def in_latin(locale: Path) -> polib.POFile:
    """The Serbian catalogue in Latin: the translations alone change their letters."""
    catalogue = read(serbian_path(locale))
    for entry in catalogue:
        entry.msgstr = to_latin(entry.msgstr)
        entry.msgstr_plural = {n: to_latin(text) for n, text in entry.msgstr_plural.items()}
    return catalogue


def write_latin(locale: Path) -> Path:
    """Make Serbian Latin from Serbian Cyrillic."""
    catalogue = in_latin(locale)
    catalogue.header = "Generated from locale/sr by `manage.py catalogues`; do not edit."
    catalogue.metadata["Language"] = "sr_Latn"
    path = latin_path(locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    return path


def compile_all(locale: Path) -> list[Path]:
    """Compile every catalogue beside its source; fuzzy entries are left out, as in gettext."""
    compiled = []
    for path in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = path.with_suffix(".mo")
        read(path).save_as_mofile(str(target))
        compiled.append(target)
    return compiled


def extract(locale: Path, messages: Mapping[tuple[str, str], Message]) -> Counter[str]:
    """Bring the Serbian catalogue up to the sources; answers how many are new, gone, kept.

    Gone ones stay at the end of the file as obsolete; nothing is guessed, so nothing is fuzzy.
    """
    catalogue = read(serbian_path(locale))
    before = {_key(entry) for entry in catalogue if not entry.obsolete}
    catalogue.merge(_template(messages))
    catalogue.save(str(serbian_path(locale)))
    kept = before & messages.keys()
    return Counter(
        new=len(messages.keys() - before), gone=len(before - messages.keys()), kept=len(kept)
    )


def problems(catalogue: polib.POFile, messages: Mapping[tuple[str, str], Message]) -> list[str]:
    """Sentences about all that is missing or wrong in a Cyrillic catalogue; none when whole."""
    entries = {_key(entry): entry for entry in catalogue if not entry.obsolete}
    found = [
        f"{message.place}: {message.message!r} is not in the catalogue."
        for key, message in messages.items()
        if key not in entries
    ]
    for key, entry in entries.items():
        found += [f"{entry.msgid!r}: {problem}" for problem in _problems_of(entry, messages, key)]
    return found


def _problems_of(
    entry: polib.POEntry, messages: Mapping[tuple[str, str], Message], key: tuple[str, str]
) -> Iterator[str]:
    if entry.fuzzy:
        yield "the translation is marked fuzzy."
    elif not entry.translated():
        yield "not translated."
    if key in messages and bool(messages[key].plural) != bool(entry.msgid_plural):
        yield "the sources and the catalogue disagree about a plural."
    for text in _translations(entry):
        yield from wrong_placeholders(entry, text)
        if stray := stray_latin(text):
            yield f"Latin letters in {text!r}: {', '.join(stray)}."


def wrong_placeholders(entry: polib.POEntry, text: str) -> Iterator[str]:
    """A plural form may have the placeholders of the singular or those of the plural."""
    expected = [placeholders(entry.msgid)]
    if entry.msgid_plural:
        expected.append(placeholders(entry.msgid_plural))
    if placeholders(text) not in expected:
        wanted = ", ".join(sorted(expected[-1].elements())) or "none"
        yield f"placeholders or tags of {text!r} differ; expected: {wanted}."


def placeholders(text: str) -> Counter[str]:
    """What a translation must repeat: %(name)s, %s, {name} and HTML tags, with their number."""
    return Counter(found for found in _PLACEHOLDER.findall(text) if found != "%%")


def stray_latin(text: str) -> list[str]:
    """The words with Latin letters in a Cyrillic text that no list allows.

    Allowed are the names in `foreign.py`, links, files, codes, markup, options of commands and
    Roman numerals. One Latin letter that only looks Cyrillic is found too.
    """
    bare = NOT_LANGUAGE.sub(" ", _OPTION.sub(" ", text))
    return [
        word[0]
        for token in TOKEN.finditer(bare)
        if not is_code(token[0])
        for word in WORD.finditer(bare, token.start(), token.end())
        if _LATIN.search(word[0])
        and word[0] not in ABBREVIATIONS
        and not is_roman(word[0], bare[: word.start()], bare[word.end() :])
    ]


def _translations(entry: polib.POEntry) -> list[str]:
    return [text for text in (entry.msgstr, *entry.msgstr_plural.values()) if text]


def _key(entry: polib.POEntry) -> tuple[str, str]:
    return entry.msgctxt or "", entry.msgid


def _template(messages: Mapping[tuple[str, str], Message]) -> polib.POFile:
    template = polib.POFile()
    for message in sorted(messages.values(), key=lambda one: (one.place, one.key)):
        template.append(_entry(message))
    return template


def _entry(message: Message) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.message,
        msgctxt=message.context or None,
        occurrences=[(message.place, "")],
    )
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = {0: "", 1: "", 2: ""}
    return entry
