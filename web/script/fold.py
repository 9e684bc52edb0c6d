"""Keys for search and for order that do not care in which script a text was typed.

Both are stored beside the text; the text itself is never altered.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from typing import Any

from web.script.digraphs import separate_pairs
from web.script.letters import LATIN_OF, mend_lookalikes

# Letters that Unicode does not decompose, and the neighbours' Cyrillic, as one would type them.
# Ð and Ɖ are not Đ, but nobody can see it.
_PLAIN = str.maketrans(
    {
        "đ": "dj",
        "ð": "dj",
        "ɖ": "dj",
        "ł": "l",
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
    }
    | {"й": "j", "ы": "i", "э": "e", "щ": "sc", "ъ": "", "ь": "", "ю": "ju", "я": "ja"}
    | {"і": "i", "ї": "ji", "є": "je", "ѕ": "dz", "ґ": "g"}
    | {"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"}
    | {"„": '"', "“": '"', "”": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "‚": "'"}
    | {sign: latin.replace("đ", "dj") for sign, latin in LATIN_OF.items()}
)
# Format characters (bidirectional, zero width), controls, lone surrogates, private and
# unassigned code points: invisible, so they may not decide whether a text is found.
_INVISIBLE = {"Cf", "Cc", "Cs", "Co", "Cn"}
_MARKS = {"Mn", "Me"}

# Rank in the alphabet: the base letter and its turn among those that share it.
_RANK = (
    {sign: f"1{sign}" for sign in "0123456789"}
    | {sign: f"{sign}0" for sign in "abcdefghijklmnopqrstuvwxyz"}
    | {
        "č": "c1",
        "ć": "c2",
        "dž": "d1",
        "đ": "d2",
        "lj": "l1",
        "nj": "n1",
        "š": "s1",
        "ž": "z1",
    }
)
_GAP = "00"
_LETTER_OR_SIGN = re.compile("nj|lj|dž|.", re.DOTALL)


def fold(text: str) -> str:
    """The search key: lower-case Latin without diacritics; đ, ђ and dj are all "dj".

    Čačak, Чачак and cacak give "cacak"; Мркоњић and Mrkonjić give "mrkonjic". Composed and
    decomposed text are alike, invisible characters fall out, white space becomes one blank.
    Folding twice changes nothing. Fold what is searched and what is searched for.
    """
    plain = _caseless(mend_lookalikes(_visible(text))).translate(_PLAIN)
    bare = "".join(
        sign
        for sign in unicodedata.normalize("NFKD", plain)
        if unicodedata.category(sign) not in _MARKS
    )
    return " ".join(bare.casefold().translate(_PLAIN).split())


def sort_key(text: str) -> str:
    """The key whose plain byte order is the Serbian alphabet, a b c č ć d dž đ … z ž.

    The Cyrillic and the Latin form of one name give the same key. Words come before longer
    words ("Novi Sad" before "Novigrad"), digits before letters, signs count as a blank. A key
    holds only a-z and 0-9, two characters a letter, so that databases whose collation skips
    blanks and punctuation sort it in the same way.
    """
    plain = _caseless(mend_lookalikes(_visible(text)))
    apart = separate_pairs(plain)
    keys = [
        rank
        for found in _LETTER_OR_SIGN.finditer(plain)
        for rank in _ranks(found[0], apart=found.start() in apart)
    ]
    filled = [
        key for place, key in enumerate(keys) if key != _GAP or keys[place - 1 : place] != [_GAP]
    ]
    return "".join(filled[filled[:1] == [_GAP] : len(filled) - (filled[-1:] == [_GAP])])


def in_alphabet(things: Iterable[Any], name: Callable[[Any], Any] = str) -> list[Any]:
    """Things by the Serbian alphabet of their names, the same in both scripts.

    For the few that have no key of their own in the database: people, programmes, regions.
    """
    return sorted(things, key=lambda thing: sort_key(str(name(thing))))


def _ranks(letter: str, *, apart: bool) -> list[str]:
    """The place in the alphabet of one letter or pair, as codes of equal length."""
    if letter in _RANK and not apart:
        return [_RANK[letter]]
    if len(letter) > 1:
        return [rank for sign in letter for rank in _ranks(sign, apart=False)]
    if letter in LATIN_OF:
        return [_RANK[LATIN_OF[letter]]]
    return _rank_of_foreign(letter)


def _rank_of_foreign(sign: str) -> list[str]:
    """Foreign letters sort as the plain letters they fold to, other alphabets at the end."""
    bare = fold(sign)
    if bare == sign or not bare:
        return [f"z9{ord(sign):06x}" if sign.isalpha() else _GAP]
    return [_RANK.get(plain, _GAP) for plain in bare]


def _visible(text: str) -> str:
    """Composed text, white space as blanks, without what nobody sees."""
    composed = unicodedata.normalize("NFC", text)
    seen = (
        " " if sign.isspace() else sign
        for sign in composed
        if sign.isspace() or unicodedata.category(sign) not in _INVISIBLE
    )
    return unicodedata.normalize("NFC", "".join(seen))


def _caseless(text: str) -> str:
    """Lower case, with every compatibility form ("Ǆ", "ﬁ", "２") as the plain letters."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).casefold()
