"""What must not be in a file, whatever kind it says it is: programs, archives, other kinds.

A file that is two things at once is refused: one program would show a picture where another
runs a page or opens an archive.
"""

import re
from mmap import mmap

from documents.intake.kinds import COMPOUND
from documents.intake.verdict import Unfit

Content = bytes | mmap

# The harmless file by which virus scanners are tried; in halves, so that this is not one.
TEST_VIRUS = b"$EICAR-STANDARD-ANTIVIRUS" + b"-TEST-FILE!$H+H*"
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xce\xfa\xed\xfe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"L\x00\x00\x00\x01\x14\x02\x00",
    b"dex\n",
    b"\x00asm",
    b"#!",
    b"ITSF",
)
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf'\x1c",
    b"\x1f\x8b",
    b"\x1f\x9d",
    b"BZh",
    b"\xfd7zXZ\x00",
    b"\x28\xb5\x2f\xfd",
    b"\x04\x22\x4d\x18",
    b"MSCF",
    b"xar!",
    b"!<arch>\n",
    b"LZIP",
)
DOCUMENTS = (COMPOUND, b"%PDF-", b"{\\rtf", b"ITOLITLS")
PAGE = re.compile(
    rb"<!doctype\s+html|<(html|head|body|svg)[\s>]|<(script|iframe|\?php|hta:)|javascript:",
    re.IGNORECASE,
)
# Long enough never to occur by chance in what is packed.
PAGE_ANYWHERE = re.compile(
    rb"<(!doctype\s+html|script[\s>/]|iframe|hta:application)", re.IGNORECASE
)
ARCHIVE_ANYWHERE = re.compile(rb"Rar!\x1a\x07[\x00\x01]|7z\xbc\xaf'\x1c\x00")
FURTHEST_END_OF_ZIP = 65_557


def demand_no_test_virus(content: Content) -> None:
    """Refused here too, so that it never depends on a scanner."""
    if content.find(TEST_VIRUS) >= 0:
        raise Unfit("infected", name="EICAR")


def demand_one_kind(content: Content) -> None:
    """Neither a page nor an archive hides in it."""
    if PAGE_ANYWHERE.search(content) or ARCHIVE_ANYWHERE.search(content):
        raise Unfit("two_kinds")


def demand_no_zip(content: Content) -> None:
    """Programs that open archives read them from the end; this has no such end."""
    tail = content[-FURTHEST_END_OF_ZIP:]
    base = len(content) - len(tail)
    position = tail.rfind(b"PK\x05\x06")
    while position >= 0:
        size = int.from_bytes(tail[position + 12 : position + 16], "little")
        # A directory of entries would have to fit in front; by chance it rarely does.
        if size <= base + position:
            raise Unfit("two_kinds")
        position = tail.rfind(b"PK\x05\x06", 0, position)


def demand_no_page(text: bytes) -> None:
    """No markup that a browser would run, where text of people may stand."""
    if PAGE.search(text) or PAGE.search(text.replace(b"\x00", b"")):
        raise Unfit("two_kinds")


def demand_no_stranger(head: bytes) -> None:
    """What is inside a container begins neither like a program nor like another container."""
    if head.startswith(PROGRAMS):
        raise Unfit("program_inside")
    if head.startswith(ARCHIVES) or head[257:262] == b"ustar":
        raise Unfit("archive_inside")
    if head.startswith(DOCUMENTS):
        raise Unfit("object_inside")
