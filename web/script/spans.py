"""The parts of a text that keep their letters when the rest changes script.

Links, addresses and file names always; on the way to Cyrillic also markup, placeholders, codes,
Roman numerals, words with foreign letters and what `foreign.py` lists. Lengths are bounded, so
that no text, however odd, takes more than a moment.
"""

import re
from collections.abc import Iterable

from web.script.foreign import ABBREVIATIONS, NAMES
from web.script.letters import CYRILLIC_OF, LETTER, is_cyrillic

_SUFFIXES = (
    "pdf|docx?|xlsx?|pptx?|od[tsp]|csv|txt|rtf|zip|rar|7z|jpe?g|png|svg|gif|tiff?|html?|xml|json"
    "|eml|msg|p7m|p7s|asice|mp[34]|yaml|md"
)
_DOMAINS = "rs|ba|com|org|net|eu|int|info|edu|gov|hr|mk"
_ADDRESSES = [
    # text that says it is in another language
    r"<(?P<tag>[a-z]+)\b[^<>]*\slang=[\"'](?!sr|bs|hr)[^<>]*>.*?</(?P=tag)>",
    r"\b(?:https?|ftps?|webcal)://[^\s<>\"']+|\bwww\.[^\s<>\"']+|\b(?:mailto|tel):[^\s<>\"']+",
    r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}",
    rf"(?<![\w.-])[\w-]{{1,100}}(?:\.[\w-]{{1,100}}){{0,8}}\.(?:{_SUFFIXES})(?![\w-])",
    rf"(?<![\w.-])[a-z0-9-]{{1,64}}(?:\.[a-z0-9-]{{1,64}}){{0,8}}\.(?:{_DOMAINS})(?![\w-])(?:/[^\s<>\"']*)?",
]
_MARKUP = [
    r"</?[A-Za-z][^<>]*>|&(?:\#\d+|\#x[0-9a-fA-F]+|[A-Za-z]+);",
    r"%\(\w+\)[-+ 0\#]*\d*(?:\.\d+)?[a-zA-Z]|%[sdr](?!\w)|\{[A-Za-z_0-9.:!]*\}",
]
_NAMES = [rf"(?<!\w){re.escape(name).replace(chr(92) + ' ', '[ ]')}(?!\w)" for name in NAMES]

ADDRESSES = re.compile("|".join(_ADDRESSES), re.DOTALL)
NOT_LANGUAGE = re.compile("|".join(_ADDRESSES + _MARKUP + _NAMES), re.DOTALL)
# What may be one code as a whole ("SWS-2007-001"), and the words in it.
TOKEN = re.compile(f"[{LETTER}0-9_]+(?:[-/][{LETTER}0-9_]+)*")
WORD = re.compile(f"[{LETTER}0-9_]+")

_SERBIAN_LATIN = frozenset("".join(CYRILLIC_OF))
_NUMBERED_ARTICLE = re.compile("[0-9]+[abvABV]")
_LONG_NUMERALS = frozenset(["II", "III", "IV", "VI", "VII", "VIII"])
_NUMERAL = re.compile("[IVX]+")
# What Roman numerals count; the beginnings of the words, any case ending follows.
_COUNTED = (
    "glav deo dela delu poglavlj odelj tačk prilog aneks knjig grup razvojn faz razred stepen "
    "kategorij nivo zon kvartal tromeseč polugod godin izmen izdanj sednic komponent stub"
)
_COUNTED_BEGINNINGS = tuple(_COUNTED.split())
# The only ones to count in a title in capitals, where "GRUPE I POJEDINCI" means *and*.
_COUNTED_IN_TITLES = frozenset(
    [
        "GLAVA",
        "DEO",
        "POGLAVLJE",
        "ODELJAK",
        "PRILOG",
        "ANEKS",
        "GRUPA",
        "FAZA",
        "STEPEN",
    ]
)


def is_code(token: str) -> bool:
    """A reference or a register's number: capitals and digits, at least one of each.

    One that begins with a name that stays Latin is such a reference too: "EuropeAid/167-450/ID".
    """
    letters = [sign for sign in token if sign.isalpha()]
    is_numbered = any(sign.isdigit() for sign in token)
    if is_numbered and re.split("[-/]", token)[0] in ABBREVIATIONS:
        return True
    return (
        is_numbered
        and any(letters)
        and all(sign.isascii() and sign.isupper() for sign in letters)
        and not any(_NUMBERED_ARTICLE.fullmatch(word) for word in re.split("[-/]", token))
    )


def is_foreign(word: str) -> bool:
    """A word that stays Latin wherever it stands: listed, grown into digits, or with a y."""
    if word in ABBREVIATIONS or "_" in word:
        return True
    if any(sign.isdigit() for sign in word):
        return word.isascii() and not _NUMBERED_ARTICLE.fullmatch(word)
    return any(
        sign.lower() not in _SERBIAN_LATIN and sign.isalpha() and not is_cyrillic(sign)
        for sign in word
    )


def is_roman(word: str, before: str, after: str) -> bool:
    """Whether a word is a numeral, judged by what stands before and after it.

    "I" is also the word for *and*, and "V." an initial: alone they need a sign that they count.
    """
    if word in _LONG_NUMERALS:
        return True
    if word not in {"I", "V"}:
        return False
    begins = not before.strip() or before.rstrip(" „“\"'(")[-1:] in set(".!?:\n")
    previous = "" if begins else _first(reversed(WORD.findall(before[-40:])))
    following = _first(WORD.findall(after[:40]))
    if _is_counted(previous, in_title=_is_shouted(following)):
        return True
    if after.startswith("."):
        return not before.strip(" ") or before.rstrip(" ").endswith("\n")
    if word == "V" or not following or _is_counted(following, in_title=_is_shouted(previous)):
        return True
    if begins:
        return after.lstrip()[:1] in set(",)/–—-")
    return not _is_shouted(previous) and not _is_shouted(following)


def _first(words: Iterable[str]) -> str:
    return next(iter(words), "")


def _is_counted(word: str, *, in_title: bool) -> bool:
    if in_title and word.isupper():
        return word in _COUNTED_IN_TITLES
    return word.lower().startswith(_COUNTED_BEGINNINGS)


def _is_shouted(word: str) -> bool:
    """A word in capitals: among such, an I is the word *and*: "ZAKONI I PRAVILNICI"."""
    return (
        len(word) > 1
        and word.isupper()
        and word not in ABBREVIATIONS
        and not _NUMERAL.fullmatch(word)
    )
