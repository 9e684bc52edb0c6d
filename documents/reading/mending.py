"""Extracted text as people would type it: composed letters, whole words, plain blanks.

PDF files hold lines of glyphs. Ligatures become letters again, words divided at the end of a
line become whole where that is safe, and lines that fill the page become paragraphs. Nothing
here guesses letters.
"""

import re
import unicodedata

# Characters that nobody sees or that a database refuses: controls, lone surrogates, marks of
# direction, joiners, the byte order mark.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_ENDS_OF_LINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r"[^\S\n\t]+")
_LOOSE = re.compile(r" *(\t|\n) *")
_EMPTY_LINES = re.compile(r"\n{3,}")
# The presentation forms ﬀ … ﬆ and the pairs Ǆ … ǌ, and the bullet of the Symbol fonts.
_FORMS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}
_FORMS |= {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x1C4, 0x1CD)}
_FORMS |= {0xF0B7: "•"}

_DIVIDED = re.compile(r"(?<!\w)(\w{2,})[-\u2010]\n(\w{2,})")
_SOFT = re.compile("\u00ad\\s?\n?")
_COMPOUND = re.compile(r"\w+(?:[-\u2010]\w+)+")
_HYPHENS = ("-", "\u2010")
_FULL = 0.75  # of the usual longest line: shorter ones end a paragraph
_SENTENCE_ENDS = tuple(".!?:;…")
_BEGINS_AN_ITEM = re.compile(r"[•▪–—*·-] |\(?\w{1,3}[.)] ")


def mended(text: str) -> str:
    """Text without what nobody sees, with single blanks and at most one empty line in a row."""
    text = _ENDS_OF_LINES.sub("\n", text)
    text = _SOFT.sub("", text)
    text = unicodedata.normalize("NFC", _UNSEEN.sub("", text).translate(_FORMS))
    text = _LOOSE.sub(r"\1", _BLANKS.sub(" ", text))
    return _EMPTY_LINES.sub("\n\n", text).strip("\n ")


def paragraphs_of_page(page: str) -> str:
    """The lines of a printed page as paragraphs, with divided words whole again.

    A line that fills the page and ends no sentence goes on in the next one.
    """
    lines = mended(page).split("\n")
    full = _FULL * _usual_length(lines)
    joined: list[str] = []
    for line, before in zip(lines, ["", *lines], strict=False):
        goes_on = len(before) >= full and not before.endswith(_SENTENCE_ENDS)
        if joined and line and goes_on and not _BEGINS_AN_ITEM.match(line):
            joined.append("\n" if before.endswith(_HYPHENS) else " ")
        elif joined:
            joined.append("\n")
        joined.append(line)
    return without_divisions("".join(joined))


def without_divisions(text: str) -> str:
    """Words that were divided at the end of a line in one piece.

    Cautiously: small letters of one script on both sides, and nowhere else in the text does the
    word stand with its hyphen ("socio-ekonomski" keeps it).
    """
    compounds = {found.casefold().replace("\u2010", "-") for found in _COMPOUND.findall(text)}

    def whole(found: re.Match[str]) -> str:
        start, rest = found.groups()
        if not _is_one_word(start, rest):
            return found[0]
        is_compound = f"{start}-{rest}".casefold() in compounds
        return f"{start}-{rest}" if is_compound else f"{start}{rest}"

    return _DIVIDED.sub(whole, text)


def _is_one_word(start: str, rest: str) -> bool:
    letters = start[1:] + rest
    return letters.isalpha() and letters.islower() and len(set(map(_script, start + rest))) == 1


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").split(" ")[0]


def _usual_length(lines: list[str]) -> int:
    """How long a full line of this page is: nine of ten are not longer."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[len(lengths) * 9 // 10] if lengths else 0
