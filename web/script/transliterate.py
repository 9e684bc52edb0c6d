"""Serbian from one script into the other.

To Latin is a matter of letters. To Cyrillic takes knowledge: where nj, lj, dž are two letters
(`digraphs.py`) and what stays Latin (`spans.py`, `foreign.py`). For pages only: stored text,
names and documents are never altered. Both accept any text and never raise.
"""

import re
import unicodedata
from collections.abc import Callable

from web.script.digraphs import separate_pairs
from web.script.letters import CYRILLIC_OF, LATIN_OF, mend_lookalikes
from web.script.spans import (
    ADDRESSES,
    NOT_LANGUAGE,
    TOKEN,
    WORD,
    is_code,
    is_foreign,
    is_roman,
)

_TO_LATIN = {
    **LATIN_OF,
    **{c.upper(): latin.capitalize() for c, latin in LATIN_OF.items()},
}
_TO_CYRILLIC = {latin: cyrillic for cyrillic, latin in _TO_LATIN.items()} | {
    latin.upper(): cyrillic.upper() for latin, cyrillic in CYRILLIC_OF.items()
}
_PAIR_OR_SIGN = re.compile("[Ll]j|LJ|[Nn]j|NJ|[Dd]ž|DŽ|.", re.DOTALL)
# Unicode also has each pair as one character; nobody types it, some PDFs contain it.
_LIGATURES = str.maketrans({sign: unicodedata.normalize("NFKC", sign) for sign in "ǄǅǆǇǈǉǊǋǌ"})


def to_latin(text: str) -> str:
    """Serbian Cyrillic as Latin; Latin text, links and file names stay as they are.

    A capital Љ Њ Џ becomes LJ NJ DŽ beside another capital in its word, else Lj Nj Dž. Doing it
    twice changes nothing.
    """
    return outside(ADDRESSES, text, _letters_to_latin)


def to_cyrillic(text: str) -> str:
    """Serbian Latin as Cyrillic, without what `spans.py` protects.

    For Serbian words in small letters, with a capital or all in capitals `to_latin` leads back.
    """
    return outside(NOT_LANGUAGE, text, _tokens_to_cyrillic)


def outside(protected: re.Pattern[str], text: str, change: Callable[[str], str]) -> str:
    """The text with everything changed that the pattern does not protect."""
    pieces = []
    end = 0
    for found in protected.finditer(text):
        pieces += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*pieces, change(text[end:])])


def _letters_to_latin(text: str) -> str:
    text = mend_lookalikes(text)
    return "".join(
        latin.upper()
        if len(latin) > 1 and sign.isupper() and _beside_capital(text, place)
        else latin
        for place, sign in enumerate(text)
        for latin in [_TO_LATIN.get(sign, sign)]
    )


def _beside_capital(text: str, place: int) -> bool:
    return text[max(place - 1, 0) : place].isupper() or text[place + 1 : place + 2].isupper()


def _tokens_to_cyrillic(text: str) -> str:
    text = mend_lookalikes(unicodedata.normalize("NFC", text).translate(_LIGATURES))

    def change(token: re.Match[str]) -> str:
        if is_code(token[0]):
            return token[0]
        return WORD.sub(lambda word: change_word(word, token.start()), token[0])

    def change_word(word: re.Match[str], offset: int) -> str:
        before = text[max(offset + word.start() - 40, 0) : offset + word.start()]
        after = text[offset + word.end() : offset + word.end() + 40]
        if is_foreign(word[0]) or is_roman(word[0], before, after):
            return word[0]
        return _word_to_cyrillic(word[0])

    return TOKEN.sub(change, text)


def _word_to_cyrillic(word: str) -> str:
    apart = separate_pairs(word)
    return "".join(
        "".join(_TO_CYRILLIC.get(sign, sign) for sign in found[0])
        if found.start() in apart
        else _TO_CYRILLIC.get(found[0], found[0])
        for found in _PAIR_OR_SIGN.finditer(word)
    )
