"""What is packed inside a PDF: streams of objects are searched too, attachments are judged.

All packed streams but pictures are unpacked within the limits, so that nothing hides in one and
none unpacks to more than a reader of its text could bear.
"""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from documents.intake.foreign import demand_no_page, demand_no_stranger, demand_no_test_virus
from documents.intake.pdf_names import Body, names_in, places_of, spelled_out
from documents.intake.verdict import MB, Limits, Unfit

# Readers are generous about what follows the word.
STREAM = re.compile(rb"stream(?:[ \t]*\r?\n|\r)?")
FILTERS = re.compile(rb"/Filter[\x00\s]*(/[A-Za-z0-9]+|\[[^\]]{0,200}\])")
PICTURE = re.compile(rb"/Subtype[\x00\s]*/Image\b")
OBJECTS = re.compile(rb"/ObjStm\b")
FIRST = re.compile(rb"/First[\x00\s]+(\d{1,9})(?!\d)(?![\x00\s]+\d+[\x00\s]+R)")
NUMBERED = re.compile(rb"/First\b.*/N\b|/N\b.*/First\b", re.DOTALL)
PREDICTED = re.compile(rb"/Predictor[\x00\s]+(?!1\b)\d")
ATTACHED = re.compile(rb"/EmbeddedFile\b")
LONGEST_DICTIONARY = 64 * 1024
LARGEST_OBJECTS = 32 * MB
LARGEST_ATTACHMENT = 8 * MB
SMALL_PIECE = 4 * 1024  # most streams are small, and there may be many
PIECE = 256 * 1024
OVERLAP = 128

FILES = re.compile(rb"/EF[\x00\s]*<<([^>]{0,500})>>")
NAMED_FILES = re.compile(rb"/EF(?=[\x00\s<])")
REFERENCE = re.compile(rb"(\d{1,10})[\x00\s]+\d{1,5}[\x00\s]+R")
FILE_NAME = re.compile(rb"/U?F[\x00\s]*(?=\(|<[^<])")
WRITTEN = re.compile(rb"\(((?:[^()\\]|\\.){0,1000})\)|<([0-9A-Fa-f\s]{0,4000})>", re.DOTALL)
TAKEN = (".xml", ".csv", ".json", ".txt")


@dataclass(frozen=True)
class Stream:
    """One stream: its dictionary, where its bytes begin, where its object begins."""

    told: bytes
    start: int
    begin: int

    @property
    def filters(self) -> list[bytes]:
        found = FILTERS.search(self.told)
        return re.findall(rb"/([A-Za-z0-9]+)", found[1]) if found else []

    @property
    def is_packed(self) -> bool:
        return self.filters[:1] in ([b"FlateDecode"], [b"Fl"])

    @property
    def holds_objects(self) -> bool:
        """Readers take it for that by these two entries, not by its type alone."""
        return bool(OBJECTS.search(self.told) or NUMBERED.search(self.told))


def streams_of(raw: Body) -> Iterator[Stream]:
    """Every stream of the file, wherever it stands."""
    for place in places_of(raw.content, b"stream"):
        begin = raw.begin_of(place)
        if raw.content[max(0, place - 3) : place] == b"end":
            continue
        if place - begin <= LONGEST_DICTIONARY:
            start = STREAM.match(raw.content, place)
            told = spelled_out(raw.content[begin:place])
            yield Stream(told, start.end() if start else place, begin)
        elif raw.is_syntax(place):
            raise Unfit("damaged")


def inner_bodies(raw: Body, limits: Limits) -> Iterator[Body]:
    """What the streams of objects unpack to; the other packed ones are unpacked and let go."""
    left = limits.unpacked
    for stream in streams_of(raw):
        if stream.holds_objects:
            text = objects_of(raw, stream)
            left -= len(text)
            yield body_of(text, stream, limits)
        elif stream.is_packed and not PICTURE.search(stream.told):
            if len(stream.filters) > 1 and stream.filters[1] == stream.filters[0]:
                raise Unfit("packed_too_well", limit=limits.ratio)
            left -= size_watched(raw, stream, left)
        if left < 0:
            raise Unfit("unpacks_to_much", limit=limits.unpacked // 1_000_000)


def objects_of(raw: Body, stream: Stream) -> bytes:
    """The unpacked objects, packed in the one usual way or not at all."""
    if len(stream.filters) > 1 or PREDICTED.search(stream.told):
        raise Unfit("damaged")
    if not stream.filters and b"/Filter" not in stream.told:
        return raw.content[stream.start : raw.content.find(b"endstream", stream.start)]
    if not stream.is_packed:
        raise Unfit("damaged")
    return gathered(unpacked(raw, stream.start), LARGEST_OBJECTS)


def gathered(pieces: Iterable[bytes], most: int) -> bytes:
    """The pieces together, unless they are too much."""
    kept, size = [], 0
    for piece in pieces:
        kept.append(piece)
        size += len(piece)
        if size > most:
            raise Unfit("unpacks_to_much", limit=most // MB)
    return b"".join(kept)


def body_of(text: bytes, stream: Stream, limits: Limits) -> Body:
    """Each object is read from where the first lines of the stream say it begins."""
    first = FIRST.search(stream.told)
    if not first:
        raise Unfit("damaged")
    header = text[: int(first[1])].split()
    if not all(word.isdigit() for word in header) or len(header) > 2 * limits.pdf_objects:
        raise Unfit("damaged")
    places = {int(first[1]) + int(word) for word in header[1::2] if len(word) < 10}
    return Body(text, sorted({0, int(first[1])} | places), limits)


def size_watched(raw: Body, stream: Stream, left: int) -> int:
    """How much it unpacks to; broken ones are left to their readers, up to the break."""
    size, tail = 0, b""
    try:
        for piece in unpacked(raw, stream.start):
            demand_no_test_virus(tail + piece)
            size, tail = size + len(piece), piece[-OVERLAP:]
            if size > left:
                break
    except Unfit as refused:
        if refused.problem != "damaged":
            raise
    return size


def unpacked(raw: Body, start: int) -> Iterator[bytes]:
    """Bounded pieces of a packed stream. It tells itself where it ends."""
    inflater = zlib.decompressobj()
    step = SMALL_PIECE
    try:
        while start < len(raw.content) and not inflater.eof:
            piece = raw.content[start : start + step]
            start, step = start + step, min(2 * step, PIECE)
            while piece and not inflater.eof:
                yield inflater.decompress(piece, PIECE)
                piece = inflater.unconsumed_tail
    except zlib.error:
        raise Unfit("damaged") from None


def demand_plain_attachments(raw: Body, bodies: list[Body]) -> None:
    """Attached are tables and texts only, by name and by content."""
    numbers: set[int] = set()
    for body in bodies:
        if "EF" in set(names_in(body)):
            numbers |= attached_numbers(body)
        demand_taken_names(body)
    begins = raw.begins_of(numbers)
    for stream in streams_of(raw):
        if stream.begin in begins or ATTACHED.search(stream.told):
            demand_plain_text(raw, stream)


def attached_numbers(body: Body) -> set[int]:
    """The objects that hold attached files."""
    found: set[int] = set()
    for place in places_of(body.content, b"/EF"):
        if not NAMED_FILES.match(body.content, place) or not body.is_syntax(place):
            continue
        files = FILES.match(body.content, place)
        if not files:
            raise Unfit("attachment")
        found |= {int(number) for number in REFERENCE.findall(files[1])}
    return found


def demand_taken_names(body: Body) -> None:
    for begin in FILE_NAME.finditer(body.content):
        if not body.is_syntax(begin.start()):
            continue
        written = WRITTEN.match(body.content, begin.end())
        if not written or not name_written(written).lower().endswith(TAKEN):
            raise Unfit("attachment")


def name_written(written: re.Match[bytes]) -> str:
    """A text of a PDF: in brackets or as numbers, of one or of two bytes a letter."""
    plain, numbers = written.groups()
    if plain is None:
        numbers = re.sub(rb"\s", b"", numbers)
        plain = bytes.fromhex((numbers + b"0" * (len(numbers) % 2)).decode())
    plain = re.sub(rb"\\([()\\])", rb"\1", plain)
    coded = plain.startswith((b"\xfe\xff", b"\xff\xfe"))
    return plain.decode("utf-16" if coded else "latin-1", errors="replace")


def demand_plain_text(raw: Body, stream: Stream) -> None:
    """Text that people can read, and no page for a browser."""
    text = packed_or_plain(raw, stream)
    demand_no_stranger(text)
    demand_no_page(text)
    if not is_text(text):
        raise Unfit("attachment")


def packed_or_plain(raw: Body, stream: Stream) -> bytes:
    """The bytes of an attachment."""
    if b"/Filter" not in stream.told:
        end = raw.content.find(b"endstream", stream.start)
        return gathered([raw.content[stream.start : end]], LARGEST_ATTACHMENT)
    if len(stream.filters) != 1 or not stream.is_packed:
        raise Unfit("attachment")
    return gathered(unpacked(raw, stream.start), LARGEST_ATTACHMENT)


def is_text(text: bytes) -> bool:
    try:
        written = text.decode("utf-16" if text[:2] in (b"\xfe\xff", b"\xff\xfe") else "utf-8-sig")
    except UnicodeDecodeError:
        return False
    return "\x00" not in written
