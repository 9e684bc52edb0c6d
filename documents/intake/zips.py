"""A zip container, read without trusting what it says of itself.

Its entries must lie one behind the other from the first byte to the directory, each once: that
leaves no room for entries that share their data, for hidden ones, or for another file around.
What it says of sizes is compared with the limits first, and with the bytes while unpacking.
"""

import stat
import struct
import unicodedata
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from documents.intake.foreign import Content
from documents.intake.verdict import Limits, Unfit

CHUNK = 256 * 1024
END = struct.Struct("<4s4H2IH")
END_64_PLACE = struct.Struct("<4sIQI")
END_64 = struct.Struct("<4sQ2H2I4Q")
CENTRAL = struct.Struct("<4s6H3I5H2I")
LOCAL = struct.Struct("<4s5H3I2H")
MANY, MUCH = 0xFFFF, 0xFFFFFFFF
STORED, DEFLATED, AES = 0, 8, 99
LOCKED = 0x2041  # encrypted, strongly encrypted, directory encrypted
SIZES_BEHIND, NAME_IS_UTF8 = 0x8, 0x800
BEHIND = {12, 16, 20, 24}  # lengths of a note of sizes behind the data
LONGEST_EXTRA = 4096


@dataclass(frozen=True)
class Entry:
    """One entry as the directory tells it; `start` is where its data begin."""

    name: str
    method: int
    flags: int
    crc: int
    packed: int
    size: int
    offset: int
    start: int = 0

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/")


class Container:
    """A sound zip: its entries by name, and their bytes piece by piece."""

    def __init__(self, content: Content, limits: Limits):
        self.content = content
        self.limits = limits
        first, count, end = directory_of(content, limits)
        listed = list(listed_entries(content, first, count, end))
        demand_unlike_names(listed)
        self.unpacked = demand_modest(listed, len(content), limits)
        self.entries = {entry.name: entry for entry in placed(content, listed, first)}

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The unpacked bytes; refuses when they are others than announced."""
        check, size = 0, 0
        for piece in unpacking(self.content, entry):
            check, size = zlib.crc32(piece, check), size + len(piece)
            if size > entry.size:
                raise Unfit("untrue_sizes")
            yield piece
        if size != entry.size or check != entry.crc:
            raise Unfit("damaged")

    def whole(self, name: str, most: int = 1024 * 1024) -> bytes:
        """All bytes of a small entry; nothing where there is none."""
        entry = self.entries.get(name)
        if entry is None:
            return b""
        if entry.size > most:
            raise Unfit("damaged")
        return b"".join(self.pieces(entry))


def directory_of(content: Content, limits: Limits) -> tuple[int, int, int]:
    """Where the directory begins, how many entries it has, where it ends."""
    last = len(content) - END.size
    if last < 0 or content[last : last + 4] != b"PK\x05\x06":
        found = content.rfind(b"PK\x05\x06")
        raise Unfit("more_behind" if 0 <= found < last else "cut_off")
    _, disk, start_disk, here, count, size, first, comment = END.unpack(content[last:])
    if disk or start_disk or here != count or comment:
        raise Unfit("damaged")
    if MANY in (count,) or MUCH in (size, first):
        last, count, size, first = directory_64(content, last)
    if count > limits.entries:
        raise Unfit("too_many_parts", limit=limits.entries)
    if first + size != last:
        raise Unfit("two_kinds")
    return first, count, last


def directory_64(content: Content, last: int) -> tuple[int, int, int, int]:
    """The same for large archives; small ones of some programs have it too."""
    place = last - END_64_PLACE.size
    if place < 0 or content[place : place + 4] != b"PK\x06\x07":
        raise Unfit("damaged")
    position = END_64_PLACE.unpack(content[place:last])[2]
    if position + END_64.size != place or content[position : position + 4] != b"PK\x06\x06":
        raise Unfit("damaged")
    *_, here, count, size, first = END_64.unpack(content[position:place])
    if here != count:
        raise Unfit("damaged")
    return position, count, size, first


def listed_entries(content: Content, position: int, count: int, end: int) -> Iterator[Entry]:
    """The entries of the directory, which must fill it exactly."""
    for _ in range(count):
        entry, position = listed_entry(content, position, end)
        yield entry
    if position != end:
        raise Unfit("untrue_sizes")


def listed_entry(content: Content, position: int, end: int) -> tuple[Entry, int]:
    """One line of the directory, and where the next one begins."""
    if position + CENTRAL.size > end or content[position : position + 4] != b"PK\x01\x02":
        raise Unfit("damaged")
    fields = CENTRAL.unpack(content[position : position + CENTRAL.size])
    _, _, _, flags, method, _, _, crc, packed, size = fields[:10]
    name_length, extra_length, comment_length, disk, _, attributes, offset = fields[10:]
    named = position + CENTRAL.size
    extra = named + name_length
    following = extra + extra_length + comment_length
    if following > end or comment_length or disk not in (0, MANY) or extra_length > LONGEST_EXTRA:
        raise Unfit("damaged")
    demand_plain_file(attributes)
    demand_readable(flags, method)
    size, packed, offset = large_fields(content[extra : extra + extra_length], size, packed, offset)
    name = name_of(content[named:extra], flags)
    return Entry(name, method, flags, crc, packed, size, offset), following


def demand_plain_file(attributes: int) -> None:
    """Neither a link to somewhere else nor a device."""
    form = stat.S_IFMT(attributes >> 16)
    if form not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise Unfit("link_inside")


def demand_readable(flags: int, method: int) -> None:
    """Not locked, and packed in a way that every program knows."""
    if flags & LOCKED or method == AES:
        raise Unfit("locked")
    if method not in (STORED, DEFLATED):
        raise Unfit("damaged")


def large_fields(extra: bytes, *values: int) -> list[int]:
    """Sizes that did not fit stand in a field of their own, in this order."""
    wide = extra_field(extra, 0x0001)
    found = []
    for value in values:
        if value == MUCH:
            if len(wide) < 8:
                raise Unfit("damaged")
            value, wide = int.from_bytes(wide[:8], "little"), wide[8:]
        found.append(value)
    return found


def extra_field(extra: bytes, wanted: int) -> bytes:
    """The content of one extra field, or nothing."""
    position = 0
    while position + 4 <= len(extra):
        number, length = struct.unpack_from("<2H", extra, position)
        if number == wanted:
            return extra[position + 4 : position + 4 + length]
        position += 4 + length
    return b""


def name_of(raw: bytes, flags: int) -> str:
    """The name of an entry: no way out of the container, nothing unseen."""
    try:
        name = raw.decode("utf-8" if flags & NAME_IS_UTF8 else "cp437")
    except UnicodeDecodeError:
        raise Unfit("damaged") from None
    steps = name.removesuffix("/").split("/")
    if "\\" in name or ":" in name or any(step in ("", ".", "..") for step in steps):
        raise Unfit("way_out")
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise Unfit("way_out")
    return name


def demand_unlike_names(entries: list[Entry]) -> None:
    """Two entries of one name: one program would read the first, another the second."""
    names = {unicodedata.normalize("NFC", entry.name).casefold() for entry in entries}
    if len(names) != len(entries):
        raise Unfit("twice_inside")


def demand_modest(entries: list[Entry], packed: int, limits: Limits) -> int:
    """What it says it unpacks to is not too much, as a whole and of each entry."""
    total = sum(entry.size for entry in entries)
    if total > limits.unpacked:
        raise Unfit("unpacks_to_much", limit=limits.unpacked // 1_000_000)
    pairs = [(total, packed), *((entry.size, entry.packed) for entry in entries)]
    for size, of in pairs:
        if size > limits.unpacked_freely and size > limits.ratio * of:
            raise Unfit("packed_too_well", limit=limits.ratio)
    return total


def placed(content: Content, entries: list[Entry], end: int) -> Iterator[Entry]:
    """The entries with the place of their data, without overlap and without gap."""
    ordered = sorted(entries, key=lambda entry: entry.offset)
    follows = [entry.offset for entry in ordered[1:]] + [end]
    if not ordered or ordered[0].offset != 0:
        raise Unfit("two_kinds" if ordered else "damaged")
    for entry, following in zip(ordered, follows, strict=True):
        start = start_of(content, entry, end)
        gap = following - start - entry.packed
        if gap < 0:
            raise Unfit("overlap")
        if gap and not (entry.flags & SIZES_BEHIND and gap in BEHIND):
            raise Unfit("two_kinds")
        yield Entry(**{**vars(entry), "start": start})


def start_of(content: Content, entry: Entry, end: int) -> int:
    """Where the data begin; in front of them stands the same as in the directory."""
    head = content[entry.offset : entry.offset + LOCAL.size]
    if len(head) < LOCAL.size or not head.startswith(b"PK\x03\x04") or entry.offset >= end:
        raise Unfit("damaged")
    _, _, flags, method, _, _, _, packed, size, name_length, extra_length = LOCAL.unpack(head)
    named = entry.offset + LOCAL.size
    name = name_of(content[named : named + name_length], flags)
    same = (name, method, flags & LOCKED) == (entry.name, entry.method, 0)
    if not same or extra_length > LONGEST_EXTRA:
        raise Unfit("untrue_sizes")
    told_here = not flags & SIZES_BEHIND and MUCH not in (packed, size)
    if told_here and (packed, size) != (entry.packed, entry.size):
        raise Unfit("untrue_sizes")
    return named + name_length + extra_length


def unpacking(content: Content, entry: Entry) -> Iterator[bytes]:
    """Bounded pieces; never more in memory than two of them."""
    end = entry.start + entry.packed
    packed = (content[at : min(at + CHUNK, end)] for at in range(entry.start, end, CHUNK))
    if entry.method == STORED:
        yield from packed
        return
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece in packed:
            if inflater.eof:
                raise Unfit("two_kinds")
            while piece:
                yield inflater.decompress(piece, CHUNK)
                piece = inflater.unconsumed_tail
        yield inflater.flush()
    except zlib.error:
        raise Unfit("damaged") from None
    if not inflater.eof or inflater.unused_data:
        raise Unfit("damaged")
