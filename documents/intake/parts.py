"""Every entry of a container, unpacked once: by its ending, its first bytes, its markup.

What the parts of office documents are is a list; a part of another ending is refused.
"""

import re

from documents.intake import jpegs, pngs
from documents.intake.foreign import demand_no_stranger, demand_no_test_virus
from documents.intake.verdict import Unfit
from documents.intake.xmlparts import Watch, XmlPart
from documents.intake.zips import Container, Entry

MARKUP = {"xml", "rels", "rdf", "svg", "psmdcp"}
# Excel's own drawings of notes: nearly XML, often not well-formed.
NEARLY_MARKUP = {"vml"}
PICTURES = {"png", "jpg", "jpeg", "jpe", "jfif", "gif", "bmp", "dib", "tif", "tiff", "emf", "wmf"}
OTHERS = {"wdp", "hdp", "odttf", "fntdata", "ttf", "otf", "sigs"}
TAKEN = MARKUP | NEARLY_MARKUP | PICTURES | OTHERS
# Settings of printers and properties of sheets; every other ".bin" is a program or an object.
BINARY = re.compile(r"^(word|xl)/(printersettings/[^/]+|customproperty\d*)\.bin$")
WITHOUT_ENDING = re.compile(
    r"^(mimetype|layout-cache|thumbnails/thumbnail|(objectreplacements/)?object \d+)$"
)
MACROS = re.compile(
    r"vbaproject|vbadata|macrosheets/|/activex/|(^|/)activex\d*\.|customui/macros"
    r"|^scripts/|^basic/(?!script-l[bc]\.xml$|standard/script-l[bc]\.xml$)"
)
OUTSIDE = re.compile(r"^xl/(externallinks/|connections\.xml$|querytables/)")
EMBEDDED_BOOK = re.compile(r"^word/embeddings/[^/]+\.xlsx$")
DOCUMENT_TYPE = re.compile(rb"<!(doctype|entity)", re.IGNORECASE)
BEGINNING = 64 * 1024
OVERLAP = 128


def demand_known_part(entry: Entry) -> None:
    """By its name alone: a part that documents of this kind have, and none that acts."""
    name = entry.name.lower()
    ending = name.rpartition("/")[2].rpartition(".")[2] if "." in name else ""
    if MACROS.search(name):
        raise Unfit("macros")
    if OUTSIDE.search(name):
        raise Unfit("outside_data")
    if ending in TAKEN or BINARY.match(name) or WITHOUT_ENDING.match(name):
        return
    raise Unfit("object_inside")


def demand_harmless_part(container: Container, entry: Entry, watch: Watch) -> None:
    """All its bytes, once, in bounded pieces."""
    ending = entry.name.lower().rpartition(".")[2]
    head, tail, markup = b"", b"", None
    for piece in filter(None, container.pieces(entry)):
        if not head:
            head = piece[:BEGINNING]
            demand_no_stranger(head)
            markup = XmlPart(watch) if is_markup(ending, head) else None
        if markup:
            markup.feed(piece)
        demand_nothing_across(tail + piece, ending)
        tail = piece[-OVERLAP:]
    if markup:
        markup.feed(b"", last=True)
    demand_small_picture(head, container.limits.pixels)


def demand_nothing_across(text: bytes, ending: str) -> None:
    """What is looked for in all bytes, also across two pieces."""
    demand_no_test_virus(text)
    if ending in NEARLY_MARKUP:
        demand_no_document_type(text)


def is_markup(ending: str, head: bytes) -> bool:
    """By the name, or because a program that looks at the content would take it for that."""
    if ending in NEARLY_MARKUP:
        return False
    begins = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00")
    return ending in MARKUP or begins.startswith(b"<")


def demand_no_document_type(text: bytes) -> None:
    """For what no parser reads; zeros go, for it may be written with two bytes a letter."""
    if DOCUMENT_TYPE.search(text.replace(b"\x00", b"")):
        raise Unfit("entities")


def demand_small_picture(head: bytes, most: int) -> None:
    """A picture inside is held to the same size as one that comes alone."""
    size = pngs.size_in(head) or jpegs.size_in(head)
    if size and size[0] * size[1] > most:
        raise Unfit("too_many_pixels", limit=most // 1_000_000)
