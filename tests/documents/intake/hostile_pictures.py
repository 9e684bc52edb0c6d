"""Hostile pictures, files that are two things at once, and files that were cut off."""

import struct

from tests.documents.intake.frames import CONTAINERS, document
from tests.documents.intake.good_documents import book, open_document, text
from tests.documents.intake.good_pdfs import pdf, printed
from tests.documents.intake.good_pictures import chunk, jpeg, png, png_by_hand
from tests.documents.intake.hostile import Corpus, Hostile
from tests.documents.intake.hostile_names import CONTENTS, TEST_VIRUS
from tests.documents.intake.zip_by_hand import Part

END_OF_PNG = chunk(b"IEND", b"")
CUTS = (0.02, 0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.9, 0.97, 0.995)


def hostile_pictures() -> Corpus:
    for what, content, problem in pngs():
        yield Hostile(what, "a.png", content, (problem,))
    for what, content, problem in jpegs():
        yield Hostile(what, "a.jpg", content, (problem,))


def pngs():
    yield "50,000 × 50,000", png_by_hand(50_000, 50_000, bytes(99)), "too_many_pixels"
    yield "40,000,001 pixels", png_by_hand(40_000_001, 1, b"0"), "too_many_pixels"
    yield "no width", png_by_hand(0, 5, b""), "damaged"
    yield "more than four milliards", png_by_hand(2**32 - 1, 2**32 - 1, b"0"), "too_many_pixels"
    yield "depth of 3", png_by_hand(depth=3), "damaged"
    yield "interlaced 2", png_by_hand(interlaced=2), "damaged"
    yield "too few rows", png_by_hand(rows=bytes(4)), "cut_off"
    yield "too many rows", png_by_hand(rows=bytes(4000)), "more_behind"
    yield "a bomb of rows", png_by_hand(rows=bytes(30_000_000)), "more_behind"
    good = png("L")
    yield "check sum", good[:40] + b"\x00\x01" + good[42:], "damaged"
    yield "no picture", good[:33] + END_OF_PNG, "damaged"
    yield "unknown part", before_end(good, chunk(b"EVIL", b"1")), "damaged"
    yield "part without a name", before_end(good, chunk(b"\x00\x01\x02\x03", b"1")), "damaged"
    yield "second head", before_end(good, good[8:33]), "damaged"
    yield "page in a note", before_end(good, chunk(b"tEXt", CONTENTS["html"])), "two_kinds"
    yield (
        "wide page in a note",
        before_end(good, chunk(b"tEXt", "<script>".encode("utf-16-le"))),
        "two_kinds",
    )
    yield "drawing in a note", before_end(good, chunk(b"tEXt", b"<svg onload=a>")), "two_kinds"
    yield "php in a note", before_end(good, chunk(b"tEXt", CONTENTS["php"])), "two_kinds"
    yield "zip in a note", before_end(good, chunk(b"teXt", CONTENTS["zip"])), "two_kinds"
    yield "many parts", before_end(good, chunk(b"teXt", b"") * 100_000), "damaged"


def before_end(picture: bytes, more: bytes) -> bytes:
    return picture[: -len(END_OF_PNG)] + more + END_OF_PNG


def jpegs():
    good = jpeg("L")
    yield "65,000 × 65,000", resized(good, 65_000, 65_000), "too_many_pixels"
    yield "40,000,500 pixels", resized(good, 50_000, 801), "too_many_pixels"
    yield "no height", resized(good, 64, 0), "damaged"
    yield "no picture", b"\xff\xd8\xff\xe0\x00\x02\xff\xd9", "damaged"
    yield "length of 1", b"\xff\xd8\xff\xe0\x00\x01\xff\xd9", "damaged"
    yield "noise between", good[:20] + b"abc" + good[20:], "damaged"
    for kind in ("html", "svg", "php"):
        yield f"{kind} in a note", commented(good, CONTENTS[kind]), "two_kinds"
    yield "zip in a note", commented(good, CONTENTS["zip"]), "two_kinds"
    yield (
        "many notes",
        commented(good, b"")[:2] + b"\xff\xfe\x00\x02" * 20_000 + good[2:],
        "damaged",
    )
    yield "endless fill", good[:2] + b"\xff" * 5_000_000 + b"\x00", "damaged"
    yield "endless picture", good[:-2] + b"\xff\x00" * 2_000_000, "cut_off"
    yield "nine pictures", good * 9, "more_behind"
    yield "large second picture", good + resized(good, 65_000, 65_000), "too_many_pixels"


def resized(picture: bytes, width: int, height: int) -> bytes:
    """The same picture, telling another size."""
    place = picture.index(b"\xff\xc0") + 5
    return picture[:place] + struct.pack(">2H", height, width) + picture[place + 4 :]


def commented(picture: bytes, note: bytes) -> bytes:
    return picture[:2] + b"\xff\xfe" + struct.pack(">H", len(note) + 2) + note + picture[2:]


def two_at_once() -> Corpus:
    """Every pair: one sound file, and behind it another one."""
    refused = ("two_kinds", "more_behind", "infected", "program_inside", "cut_off", "damaged")
    refused += ("archive_inside", "untrue_sizes", "object_inside")
    firsts = {
        "pdf": pdf(),
        "jpg": jpeg("L"),
        "png": png("L"),
        "docx": text(),
        "odt": open_document("text"),
    }
    seconds = {**CONTENTS, "pdf": pdf(), "png": png("L"), "docx": text(), "xlsx": book()}
    for ending, first in firsts.items():
        for kind, second in seconds.items():
            yield Hostile(f"{ending} and {kind}", f"a.{ending}", first + second, refused)


def cut_off() -> Corpus:
    """Sound files that end too early."""
    refused = ("cut_off", "damaged", "not_its_kind", "empty")
    sound = {
        "pdf": printed("Odluka"),
        "docx": text(),
        "xlsx": book(),
        "odt": open_document("text"),
        "ods": open_document("spreadsheet"),
        "jpg": jpeg("RGB"),
        "png": png("RGB"),
    }
    for ending, content in sound.items():
        for cut in CUTS:
            part = content[: int(len(content) * cut)]
            yield Hostile(f"{ending} cut at {cut:.1%}", f"a.{ending}", part, refused)


def infected() -> Corpus:
    """The test virus in pictures, where no rule of their own finds it."""
    yield Hostile("virus", "a.png", before_end(png("L"), chunk(b"teXt", TEST_VIRUS)), ("infected",))
    yield Hostile("virus", "a.jpg", commented(jpeg("L"), TEST_VIRUS), ("infected",))
    for ending in CONTAINERS:
        hidden = document(ending, Part(b"docProps/a.xml", b"<a>%b</a>" % TEST_VIRUS))
        yield Hostile("virus in markup", f"a.{ending}", hidden, ("infected",))
