"""The letters of Serbian in its two scripts, and the letters that only look alike.

Pure tables and one repair; nothing here asks for a language or touches Django.
"""

import re

# Serbian Cyrillic, in the order of its Latin counterpart (gajica), lower case.
LATIN_OF = {
    "а": "a",
    "б": "b",
    "ц": "c",
    "ч": "č",
    "ћ": "ć",
    "д": "d",
    "џ": "dž",
    "ђ": "đ",
    "е": "e",
    "ф": "f",
    "г": "g",
    "х": "h",
    "и": "i",
    "ј": "j",
    "к": "k",
    "л": "l",
    "љ": "lj",
    "м": "m",
    "н": "n",
    "њ": "nj",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "ш": "š",
    "т": "t",
    "у": "u",
    "в": "v",
    "з": "z",
    "ж": "ž",
}
CYRILLIC_OF = {latin: cyrillic for cyrillic, latin in LATIN_OF.items()}

# Pairs (Latin, Cyrillic) that a reader cannot tell apart on the screen. Pages and PDFs hide
# one script's letter inside a word of the other ("lјudi" with a Cyrillic ј).
_PAIRS = "aа cс eе jј oо pр xх yу AА BВ CС EЕ HН JЈ KК MМ OО PР TТ XХ YУ"
TO_CYRILLIC_LOOK = {pair[0]: pair[1] for pair in _PAIRS.split()}
TO_LATIN_LOOK = {pair[1]: pair[0] for pair in _PAIRS.split()}

LATIN_LETTER = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
CYRILLIC_LETTER = "\u0400-\u04ff"
LETTER = LATIN_LETTER + CYRILLIC_LETTER
_WORD = re.compile(f"[{LETTER}]+")


def mend_lookalikes(text: str) -> str:
    """Words of two scripts at once, written in the one that their other letters betray.

    A word whose letters betray both scripts ("Zаглавље") or neither stays as it is. Only the
    letters of Serbian betray Cyrillic; a mended text is never mended further.
    """
    return _WORD.sub(lambda found: _mend_word(found[0]), text)


def _mend_word(word: str) -> str:
    if word.isascii():
        return word
    betrays_cyrillic = any(sign.lower() in LATIN_OF and sign not in TO_LATIN_LOOK for sign in word)
    betrays_latin = any(not is_cyrillic(sign) and sign not in TO_CYRILLIC_LOOK for sign in word)
    if betrays_latin and not betrays_cyrillic:
        return "".join(TO_LATIN_LOOK.get(sign, sign) for sign in word)
    if betrays_cyrillic and not betrays_latin:
        return "".join(TO_CYRILLIC_LOOK.get(sign, sign) for sign in word)
    return word


def is_cyrillic(sign: str) -> bool:
    """Whether one character belongs to the Cyrillic block."""
    return "\u0400" <= sign <= "\u04ff"
