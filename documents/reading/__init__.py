"""Reading what people uploaded: its text, what differs between two versions, who signed it.

Pure: no models, no requests. Files are read by `read_apart`, in a child process with limits;
`text_of` and `signatures_in` do the same in this process and are for files that one trusts.
Sentences about what was found are in `documents.reading.wording`; it speaks the language of a
reader and so needs the settings, which the child process does without.
"""

from pathlib import Path

from documents.reading.apart import Reading, read_apart
from documents.reading.differences import Difference, Piece, after_of, before_of, differences
from documents.reading.problems import PROBLEMS
from documents.reading.signature import Signature
from documents.reading.text import text_of


def signatures_in(path: Path, roots: Path | None = None) -> list[Signature]:
    """Every signature of a PDF; the folder `roots` holds the certificates that one relies on."""
    from documents.reading import signatures  # pyHanko is large, and web processes need it not

    return signatures.signatures_in(path, roots)


__all__ = [
    "PROBLEMS",
    "Difference",
    "Piece",
    "Reading",
    "Signature",
    "after_of",
    "before_of",
    "differences",
    "read_apart",
    "signatures_in",
    "text_of",
]
