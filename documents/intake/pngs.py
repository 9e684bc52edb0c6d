"""PNG: chunk by chunk to the end, and the picture itself unpacked without keeping it."""

import struct
import zlib
from collections.abc import Iterator

from documents.intake.foreign import Content, demand_no_page
from documents.intake.kinds import PNG
from documents.intake.verdict import Limits, Unfit

HEADER = struct.Struct(">2I5B")
DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
# First column and row, and steps, of the seven passes of an interlaced picture.
PASSES = [
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
]
NECESSARY = {b"IHDR", b"PLTE", b"IDAT", b"IEND"}
MOST_CHUNKS = 100_000
PIECE = 256 * 1024
LAST = b"IEND"


def demand_png(content: Content, limits: Limits) -> None:
    """A whole picture of a size that can be shown, and nothing behind it."""
    header, packed, names = b"", [], []
    for name, start, length in chunks(content):
        names.append(name)
        if name == b"IHDR":
            header = content[start : start + length]
            demand_size(header, limits)
        elif name == b"IDAT":
            packed.append((start, length))
        elif name not in NECESSARY:
            demand_no_page(content[start : start + length])
    if names[0] != b"IHDR" or names.count(b"IHDR") != 1 or not packed:
        raise Unfit("damaged")
    demand_picture(content, packed, size_unpacked(header))


def size_in(head: bytes) -> tuple[int, int] | None:
    """Width and height, where these are the first bytes of a PNG."""
    if not head.startswith(PNG) or head[12:16] != b"IHDR" or len(head) < 24:
        return None
    width, height = struct.unpack(">2I", head[16:24])
    return width, height


def chunks(content: Content) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and length of each chunk, the last one at the very end of the file."""
    position, name = len(PNG), b""
    for _ in range(MOST_CHUNKS):
        head = content[position : position + 8]
        if len(head) < 8:
            raise Unfit("cut_off")
        length, name = int.from_bytes(head[:4]), head[4:]
        start, end = position + 8, position + 8 + length
        if end + 4 > len(content):
            raise Unfit("cut_off")
        demand_sound_chunk(content, name, start, end)
        yield name, start, length
        position = end + 4
        if name == LAST:
            break
    if name != LAST or content[position:].strip(b"\x00\r\n"):
        raise Unfit("more_behind" if name == LAST else "damaged")


def demand_sound_chunk(content: Content, name: bytes, start: int, end: int) -> None:
    """A name of letters, one that programs know, and the right check sum."""
    unknown = name[:1].isupper() and name not in NECESSARY
    if not name.isalpha() or unknown or (name == LAST and end != start):
        raise Unfit("damaged")
    if zlib.crc32(content[start - 4 : end]) != int.from_bytes(content[end : end + 4]):
        raise Unfit("damaged")


def demand_size(header: bytes, limits: Limits) -> None:
    """Width, height and colours that exist, and not too many pixels."""
    if len(header) != HEADER.size:
        raise Unfit("damaged")
    width, height, depth, colour, packing, filtering, interlaced = HEADER.unpack(header)
    if not (width and height) or depth not in DEPTHS.get(colour, ()):
        raise Unfit("damaged")
    if packing or filtering or interlaced > 1:
        raise Unfit("damaged")
    if width * height > limits.pixels:
        raise Unfit("too_many_pixels", limit=limits.pixels // 1_000_000)


def size_unpacked(header: bytes) -> int:
    """How many bytes the picture has: of each row the pixels and one byte for its filter."""
    width, height, depth, colour, _, _, interlaced = HEADER.unpack(header)
    bits = depth * SAMPLES[colour]
    if not interlaced:
        return height * (1 + (width * bits + 7) // 8)
    total = 0
    for left, top, step, down in PASSES:
        columns, rows = -(-(width - left) // step), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total


def demand_picture(content: Content, packed: list[tuple[int, int]], size: int) -> None:
    """The bytes of the picture are there, all of them and no more."""
    inflater, found = zlib.decompressobj(), 0
    try:
        for start, length in packed:
            for at in range(start, start + length, PIECE):
                piece = content[at : min(at + PIECE, start + length)]
                while piece and found <= size:
                    found += len(inflater.decompress(piece, PIECE))
                    piece = inflater.unconsumed_tail
    except zlib.error:
        raise Unfit("damaged") from None
    if found < size:
        raise Unfit("cut_off")
    if found > size or inflater.unused_data:
        raise Unfit("more_behind")
