"""A zip made by hand, so that it can say what is not true."""

import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache

STORED, DEFLATED = 0, 8
LINK = 0o120777 << 16


@dataclass
class Part:
    """One entry. What is None is said truthfully."""

    name: bytes
    content: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    attributes: int = 0
    local_name: bytes | None = None
    offset: int | None = None  # where the directory says it lies
    packed: bytes | None = None

    def __post_init__(self) -> None:
        if self.size is None:
            self.size = len(self.content)
        if self.crc is None:
            self.crc = zlib.crc32(self.content)
        if self.packed is None:
            self.packed = deflated(self.content) if self.method == DEFLATED else self.content

    @property
    def sizes(self) -> tuple[int, int, int]:
        return self.crc, len(self.packed), self.size

    def local(self) -> bytes:
        name = self.name if self.local_name is None else self.local_name
        head = struct.pack("<4s5H", b"PK\x03\x04", 20, self.flags, self.method, 0, 33)
        return head + struct.pack("<3I2H", *self.sizes, len(name), 0) + name + self.packed

    def listed(self, offset: int) -> bytes:
        offset = offset if self.offset is None else self.offset
        made_by = 3 << 8 | 20
        head = struct.pack("<4s6H", b"PK\x01\x02", made_by, 20, self.flags, self.method, 0, 33)
        rest = struct.pack(
            "<3I5H2I", *self.sizes, len(self.name), 0, 0, 0, 0, self.attributes, offset
        )
        return head + rest + self.name


@lru_cache(maxsize=64)
def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def zeros(size: int) -> tuple[bytes, int]:
    """Packed zeros and their check sum, made without having them all at once."""
    packer, check, piece = zlib.compressobj(9, zlib.DEFLATED, -15), 0, bytes(1_000_000)
    packed = []
    for _ in range(size // len(piece)):
        packed.append(packer.compress(piece))
        check = zlib.crc32(piece, check)
    return b"".join(packed) + packer.flush(), check


def zipped(
    parts: list[Part], *, before=b"", between=b"", comment=b"", count=None, unlisted=()
) -> bytes:
    """The parts, with something in front, in the middle or behind, or with more than it lists."""
    text, listed = before, b""
    for part in parts:
        listed += part.listed(len(text))
        text += part.local()
    for part in unlisted:
        text += part.local()
    text += between
    count = len(parts) if count is None else count
    end = struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(text), len(comment)
    )
    return text + listed + end + comment
