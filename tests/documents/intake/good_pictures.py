"""Sound pictures, as scanners, telephones and programs make them."""

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image, PngImagePlugin

SIZE = (64, 48)


def picture(mode: str, size=SIZE) -> Image.Image:
    return Image.radial_gradient("L").resize(size).convert(mode)


def written(image: Image.Image, kind: str, **options) -> bytes:
    target = io.BytesIO()
    image.save(target, kind, **options)
    return target.getvalue()


def png(mode: str, **options) -> bytes:
    return written(picture(mode), "PNG", **options)


def jpeg(mode: str, **options) -> bytes:
    return written(picture(mode), "JPEG", **options)


def chunk(name: bytes, content: bytes) -> bytes:
    """One chunk of a PNG with its check sum."""
    checked = name + content
    return len(content).to_bytes(4, "big") + checked + zlib.crc32(checked).to_bytes(4, "big")


def png_by_hand(width=5, height=3, rows: bytes | None = None, interlaced=0, depth=8) -> bytes:
    """A grey PNG; `rows` are its unpacked bytes, where they are not what they should be."""
    header = struct.pack(">2I5B", width, height, depth, 0, 0, 0, interlaced)
    if rows is None:
        rows = bytes(height * (1 + width))
    packed = zlib.compress(rows)
    return b"".join(
        [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", header), chunk(b"IDAT", packed), chunk(b"IEND", b"")]
    )


def interlaced() -> bytes:
    """5 × 3 pixels in seven passes: 1, 1, 0, 2 and so on, each row with its filter."""
    passes = [(1, 1), (1, 1), (2, 0), (1, 1), (3, 1), (2, 2), (5, 1)]
    rows = b"".join(bytes(1 + columns) * count for columns, count in passes)
    return png_by_hand(rows=rows, interlaced=1)


def with_note() -> PngImagePlugin.PngInfo:
    note = PngImagePlugin.PngInfo()
    note.add_text("Title", "Odluka")
    note.add_itxt("Author", "Општина", zip=True)
    return note


def good_pictures() -> Iterator[tuple[str, bytes]]:
    """Name and content of each."""
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        yield f"slika {mode[0]}{len(mode)}.png", png(mode)
    yield "sa beleškom.png", png("RGB", pnginfo=with_note(), dpi=(300, 300))
    yield "isprepletana.PNG", interlaced()
    yield "velika.png", written(Image.new("1", (6000, 6000)), "PNG")
    yield "skenirano.jpg", jpeg("RGB")
    yield "siva.jpg", jpeg("L")
    yield "za štampu.jpg", jpeg("CMYK")
    yield "postupna.jpeg", jpeg("RGB", progressive=True, quality=95)
    yield "са белешком.JPG", jpeg("RGB", comment="Одлука", dpi=(300, 300))
    exif = Image.Exif()
    exif[0x010F] = "Telefon"
    yield "iz telefona.jpg", jpeg("RGB", exif=exif)
    yield "dve slike.jpg", jpeg("RGB") + bytes(16) + jpeg("L")
    yield "sa dodatkom.jpg", jpeg("RGB") + b"Image_UTC_Data1700000000000SEFHe\x00\x00\x00SEFT"
    yield "velika.jpg", written(Image.new("L", (6000, 6000)), "JPEG")
