"""PDF files made by hand: pages of lines with a real embedded font, so that no library that
prints has to be installed. The letters come from the fonts of the pages themselves.
"""

import io
import zlib
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).parents[3] / "web/static/web/fonts"
PARTS = ["latin", "latin-ext", "cyrillic"]  # each with letters of its own


@cache
def font(part: str) -> tuple[bytes, dict[int, str], list[int]]:
    """The font as TrueType, the glyph of each letter, and the widths."""
    loaded = TTFont(FONTS / f"source-sans-3-{part}-400-normal.woff2")
    loaded.flavor = None
    written = io.BytesIO()
    loaded.save(written)
    glyphs = {code: loaded.getGlyphID(name) for code, name in loaded.getBestCmap().items()}
    widths = [loaded["hmtx"][name][0] for name in loaded.getGlyphOrder()]
    return written.getvalue(), glyphs, widths


def pdf(*pages: list[str], catalog: str = "", page: str = "") -> bytes:
    """A PDF with these lines on each page; further entries of the catalog and of each page."""
    objects = {1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode()}
    for place, part in enumerate(PARTS):
        objects |= _font_objects(10 + 10 * place, part)
    kids = []
    for place, lines in enumerate(pages or [[]]):
        number = 100 + 2 * place
        fonts = " ".join(f"/F{place} {10 + 10 * place} 0 R" for place in range(len(PARTS)))
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {number + 1} 0 R "
            f"/Resources << /Font << {fonts} >> >> {page} >>"
        ).encode()
        objects[number + 1] = stream(_drawn(lines))
        kids.append(f"{number} 0 R")
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    return file_of(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"


def file_of(objects: dict[int, bytes]) -> bytes:
    """The objects in a file with its table of places."""
    written = io.BytesIO()
    written.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = written.tell()
        written.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = written.tell()
    last = max(objects) + 1
    written.write(f"xref\n0 {last}\n0000000000 65535 f \n".encode())
    for number in range(1, last):
        used = number in places
        written.write(f"{places.get(number, 0):010} {0 if used else 65535:05} ".encode())
        written.write(b"n \n" if used else b"f \n")
    written.write(f"trailer\n<< /Size {last} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode())
    return written.getvalue()


def _font_objects(number: int, part: str) -> dict[int, bytes]:
    program, glyphs, widths = font(part)
    name = f"/SourceSans-{part}"
    return {
        number: (
            f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
            f"/DescendantFonts [{number + 1} 0 R] /ToUnicode {number + 4} 0 R >>"
        ).encode(),
        number + 1: (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {number + 2} 0 R /W [0 [{' '.join(map(str, widths))}]] >>"
        ).encode(),
        number + 2: (
            f"<< /Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [0 -400 1000 1000] "
            f"/ItalicAngle 0 /Ascent 900 /Descent -300 /CapHeight 660 /StemV 80 "
            f"/FontFile2 {number + 3} 0 R >>"
        ).encode(),
        number + 3: stream(program, f"/Length1 {len(program)}"),
        number + 4: stream(_letters_of(glyphs)),
    }


def _letters_of(glyphs: dict[int, str]) -> bytes:
    """Which letter each glyph is: without this a PDF cannot be read, only looked at."""
    lines = [
        f"<{glyph:04x}> <{chr(code).encode('utf-16-be').hex()}>" for code, glyph in glyphs.items()
    ]
    blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
    said = "\n".join(
        f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar" for block in blocks
    )
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Letters def "
        "/CMapType 2 def 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{said}\nendcmap end end"
    ).encode()


def _drawn(lines: list[str]) -> bytes:
    """Each line in its place, each letter from the font that has it."""
    drawn = ["BT"]
    for place, line in enumerate(lines):
        drawn.append(f"1 0 0 1 50 {790 - 16 * place} Tm")
        for letter in line:
            part = next(part for part in PARTS if ord(letter) in font(part)[1])
            drawn.append(f"/F{PARTS.index(part)} 11 Tf <{font(part)[1][ord(letter)]:04x}> Tj")
    return "\n".join([*drawn, "ET"]).encode()
