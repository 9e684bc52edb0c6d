"""Plain text, in the encodings that are met here."""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from documents.reading.limits import Limits
from documents.reading.problems import TooLong

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Letters of the two alphabets beyond ASCII. Old Windows wrote either in a page of its own.
_OF_A_PAGE = {
    "cp1250": re.compile("[čćđšžČĆĐŠŽ]"),
    "cp1251": re.compile("[а-шА-Шђјљњћџ]"),
}


def plain_text(path: Path, limits: Limits) -> Iterator[str]:
    most = 4 * limits.characters  # no encoding here takes more bytes for a character
    with path.open("rb") as stream:
        content = stream.read(most + 1)
    yield _decoded(content[:most])
    if len(content) > most:
        raise TooLong


def _decoded(content: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if content.startswith(mark):
            return content.decode(encoding, errors="replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(content)  # may end in mid-letter
    except UnicodeDecodeError:
        read = {page: content.decode(page, errors="replace") for page in _OF_A_PAGE}
        return max(read.items(), key=lambda item: len(_OF_A_PAGE[item[0]].findall(item[1])))[1]
