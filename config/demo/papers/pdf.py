"""A sample as a PDF, written by hand: the demo has to have some where Pango is not installed.

Letters come from the fonts of `documents/fonts`, of which only those that Serbian needs go along.
"""

import textwrap
import zlib
from collections.abc import Sequence

from config.demo.papers.letters import Letters, letters
from config.demo.papers.sample import Sample

PAGE, LEFT, TOP = "0 0 595 842", 60, 780
ACROSS = 84  # characters of the running text that fit beside each other
Line = tuple[str, str, int, int]  # face, text, size, how far below the line before


def pdf_of(sample: Sample) -> bytes:
    """One page, with the words in reach of whoever searches or copies them."""
    faces = {"F1": letters("Regular"), "F2": letters("Bold")}
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R /Lang (sr-Cyrl-RS) >>",
        2: b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        3: (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [{PAGE}] /Contents 4 0 R "
            "/Resources << /Font << /F1 10 0 R /F2 20 0 R >> >> >>"
        ).encode(),
        4: stream(drawn(lines_of(sample), faces)),
        5: f"<< /Title <feff{sample.title.encode('utf-16-be').hex()}> >>".encode(),
    }
    for first, face in zip((10, 20), faces.values(), strict=True):
        objects |= font_objects(first, face)
    return file_of(objects)


def lines_of(sample: Sample) -> list[Line]:
    """Every line with its place. ValueError where they do not fit on the page."""
    found: list[Line] = [("F2", line, 16, 22) for line in textwrap.wrap(sample.title, 54)]
    for size, across, paragraphs in [(11, ACROSS, sample.lines), (9, 104, sample.about)]:
        for paragraph in paragraphs:
            first, *others = textwrap.wrap(paragraph, across)
            found += [("F1", first, size, size + 12), *(("F1", one, size, 16) for one in others)]
    if sum(below for *_line, below in found) > TOP - LEFT:
        raise ValueError(f"{sample.name} is longer than a page")
    return found


def drawn(lines: Sequence[Line], faces: dict[str, Letters]) -> bytes:
    """The content of the page."""
    told, height = ["BT"], TOP
    for face, text, size, below in lines:
        height -= below
        told.append(f"/{face} {size} Tf 1 0 0 1 {LEFT} {height} Tm <{faces[face].glyphs(text)}> Tj")
    return "\n".join([*told, "ET"]).encode()


def font_objects(number: int, face: Letters) -> dict[int, bytes]:
    name = f"/KORACI+NotoSans-{face.name}"
    return {
        number: (
            f"<< /Type /Font /Subtype /Type0 /BaseFont {name} /Encoding /Identity-H "
            f"/DescendantFonts [{number + 1} 0 R] /ToUnicode {number + 4} 0 R >>"
        ).encode(),
        number + 1: (
            f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont {name} /CIDToGIDMap /Identity "
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor {number + 2} 0 R /W [0 [{' '.join(map(str, face.widths))}]] >>"
        ).encode(),
        number + 2: (
            f"<< /Type /FontDescriptor /FontName {name} /Flags 4 /FontBBox [-600 -300 1400 1100] "
            f"/ItalicAngle 0 /Ascent 1069 /Descent -293 /CapHeight 714 /StemV 80 "
            f"/FontFile2 {number + 3} 0 R >>"
        ).encode(),
        number + 3: stream(face.program, f"/Length1 {len(face.program)}"),
        number + 4: stream(face.to_unicode),
    }  # fmt: skip


def stream(content: bytes, entries: str = "") -> bytes:
    packed = zlib.compress(content)
    head = f"<< /Length {len(packed)} /Filter /FlateDecode {entries} >>".encode()
    return head + b"\nstream\n" + packed + b"\nendstream"


def file_of(objects: dict[int, bytes]) -> bytes:
    """The objects one after another, and the table that says where each begins."""
    written, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), {}
    for number, content in sorted(objects.items()):
        places[number] = len(written)
        written += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    begins, size = len(written), max(objects) + 1
    written += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        written += b"%d 1\n%010d 00000 n \n" % (number, place)
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{begins}\n%%EOF\n"
    return bytes(written) + trailer.encode()
