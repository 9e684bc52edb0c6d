"""Hostile zips behind the endings of documents."""

import struct

from tests.documents.intake.frames import CONTAINERS, document, frame
from tests.documents.intake.good_documents import book, text
from tests.documents.intake.hostile import Corpus, Hostile
from tests.documents.intake.hostile_names import CONTENTS, TEST_VIRUS
from tests.documents.intake.zip_by_hand import DEFLATED, LINK, STORED, Part, deflated, zeros, zipped

MB = 1_000_000


def hostile_containers() -> Corpus:
    """Each of them as each kind of document."""
    large, check = zeros(200 * MB)
    bombs = {
        "200 MB of zeros": Part(b"a.xml", packed=large, crc=check, size=200 * MB),
        "zeros of a size that is not told": Part(b"a.xml", packed=large, crc=check, size=1000),
    }
    for ending in CONTAINERS:
        for what, bomb in bombs.items():
            problems = ("packed_too_well", "untrue_sizes", "unpacks_to_much", "damaged")
            yield Hostile(what, f"a.{ending}", document(ending, bomb), problems)
        for what, content, *problems in [
            *sizes(ending),
            *places(ending),
            *names_inside(ending),
            *locks(ending),
            *strangers(ending),
        ]:
            yield Hostile(what, f"a.{ending}", content, tuple(problems))


def sizes(ending: str):
    noise = bytes(range(256)) * 16
    yield "ratio", document(ending, Part(b"a.xml", bytes(4 * MB))), "packed_too_well"
    many = [Part(b"a%d.xml" % n, bytes(2 * MB)) for n in range(20)]
    yield "ratio of all", document(ending, *many), "packed_too_well"
    much = [Part(b"a%d.xml" % n, b"", size=50 * MB) for n in range(5)]
    yield "told total", document(ending, *much), "unpacks_to_much"
    little = Part(b"a.png", noise, size=10)
    yield "told too little", document(ending, little), "untrue_sizes"
    yield "told too much", document(ending, Part(b"a.png", noise, size=9999)), "damaged"
    yield "check sum", document(ending, Part(b"a.png", noise, crc=1)), "damaged"
    wrong = Part(b"a.png", noise, STORED, size=10)
    yield "stored too little", document(ending, wrong), "untrue_sizes"
    entries = [Part(b"%d.xml" % n, b"<a/>") for n in range(1001)]
    yield "1,001 entries", document(ending, *entries), "too_many_parts"
    yield "100,000 entries", hundred_thousand(), "too_many_parts", "damaged"
    yield "more than told", document(ending, *entries, count=5), "two_kinds", "untrue_sizes"
    yield "fewer than told", document(ending, count=60), "damaged"


def hundred_thousand() -> bytes:
    """The number of entries does not fit into 16 bits; what is told is the rest."""
    part = Part(b"a.xml", b"", STORED)
    listed = part.listed(0) * 100_000
    local = part.local()
    count = 100_000 % 65_536
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(local), 0)
    return local + listed + end


def places(ending: str):
    yield "prefix", document(ending, before=b"#!/bin/sh\n" * 9), "not_its_kind"
    moved = document(ending, Part(b"x.xml", b"<x/>", offset=0))
    yield "same place twice", moved, "overlap"
    yield "gap", document(ending, between=CONTENTS["html"]), "two_kinds"
    yield "hidden entry", document(ending, unlisted=[Part(b"evil.js", b"1")]), "two_kinds"
    yield "behind the end", document(ending) + CONTENTS["exe"], "more_behind"
    yield "comment", document(ending, comment=CONTENTS["sh"]), "more_behind", "damaged"
    yield "zip behind", document(ending) + CONTENTS["zip"], "two_kinds", "damaged"
    yield "quoted overlap", quoted(150, 1_000), "overlap"
    yield "large quoted overlap", quoted(150, 100_000), "packed_too_well"
    yield "full overlap", shared(ending, 900), "packed_too_well"
    yield "small full overlap", shared(ending, 15), "overlap"
    yield (
        "bytes after the data",
        document(ending, Part(b"a.png", b"1", packed=deflated(b"1") + b"<script>")),
        ("damaged"),
        "two_kinds",
    )


def quoted(count: int, size: int) -> bytes:
    """A sound zip, but the data of each entry are the head and the data of the next one."""
    part = Part(b"0.xml", bytes(size))
    text, offsets, parts = part.local(), [0], [part]
    for number in range(1, count):
        head = parts[-1].local()[: -len(parts[-1].packed)]
        block = b"\x00" + struct.pack("<2H", len(head), len(head) ^ 0xFFFF) + head
        packed, content = block + parts[-1].packed, head + parts[-1].content
        parts.append(Part(b"%d.xml" % number, content, packed=packed))
        before = parts[-1].local()[: -len(packed)] + block[:5]
        text, offsets = before + text, [at + len(before) for at in offsets] + [0]
    listed = b"".join(part.listed(at) for part, at in zip(parts, offsets, strict=True))
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(listed), len(text), 0)
    return text + listed + end


def shared(ending: str, count: int) -> bytes:
    """Many names for the data of one entry."""
    parts = frame(ending)
    first = len(b"".join(part.local() for part in parts))
    kernel = Part(b"kernel.xml", bytes(100_000))
    again = [Part(b"%d.xml" % n, bytes(100_000), offset=first) for n in range(count)]
    text = b"".join(part.local() for part in [*parts, kernel])
    at, listed = 0, b""
    for part in parts:
        listed, at = listed + part.listed(at), at + len(part.local())
    listed += b"".join(part.listed(first) for part in [kernel, *again])
    total = len(parts) + 1 + count
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, total, total, len(listed), len(text), 0)
    return text + listed + end


def names_inside(ending: str):
    for name in (b"../../a.xml", b"/etc/a.xml", b"a\\..\\b.xml", b"C:/a.xml", b"a/./b.xml"):
        yield f"way out {name!a}", document(ending, Part(name, b"<a/>")), "way_out"
    yield "name with zero", document(ending, Part(b"a.xml\x00.png", b"<a/>")), "way_out"
    link = Part(b"a.xml", b"/etc/passwd", STORED, attributes=LINK)
    yield "link", document(ending, link), "link_inside"
    device = Part(b"a.xml", b"", STORED, attributes=0o020666 << 16)
    yield "device", document(ending, device), "link_inside"
    twice = [Part(b"b.xml", b"<a/>"), Part(b"b.xml", b"<b/>")]
    yield "the same name twice", document(ending, *twice), "twice_inside"
    alike = [Part(b"b.xml", b"<a/>"), Part(b"B.XML", b"<b/>")]
    yield "names alike", document(ending, *alike), "twice_inside"
    other = Part(b"a.xml", b"<a/>", local_name=b"a.exe")
    yield "another name in front", document(ending, other), "untrue_sizes"
    yield "no name", document(ending, Part(b"", b"<a/>")), "way_out"
    yield "broken name", document(ending, Part(b"\xff\xfe.xml", b"<a/>", flags=0x800)), "damaged"
    yield "folder with content", document(ending, Part(b"a/", b"<a/>" * 9)), "damaged"


def locks(ending: str):
    for flag in (0x1, 0x41, 0x2000):
        yield f"locked {flag:x}", document(ending, Part(b"a.xml", b"1", flags=flag)), "locked"
    yield "locked AES", document(ending, Part(b"a.xml", b"1", 99)), "locked"
    for method in (1, 9, 12, 14, 93, 98):
        yield f"packing {method}", document(ending, Part(b"a.xml", b"1", method)), "damaged"


def strangers(ending: str):
    """Other kinds of file inside, honest about their name or as a picture."""
    inside = (
        "archive_inside",
        "program_inside",
        "object_inside",
        "infected",
        "damaged",
        "entities",
    )
    for kind in ("zip", "rar", "7z", "gz", "tar", "exe", "elf", "sh", "lnk", "doc", "rtf"):
        yield f"{kind} as picture", document(ending, Part(b"a.png", CONTENTS[kind])), *inside
    for name in (b"a.exe", b"a.js", b"a.html", b"a.zip", b"a.bin", b"a", b"a.docx", b"a.lnk"):
        yield f"part {name!a}", document(ending, Part(name, b"1")), "object_inside"
    deep = CONTENTS["zip"]
    for _ in range(5):
        deep = zipped([Part(b"a.zip", deep)])
    yield "nested zips", document(ending, Part(b"a.png", deep)), "archive_inside"
    yield "a text inside", document(ending, Part(b"a.png", text(), STORED)), "archive_inside"
    yield "a book inside", document(ending, Part(b"a.xlsx", book(), STORED)), "object_inside"
    yield "test virus", document(ending, Part(b"a.png", TEST_VIRUS)), "infected"
    late = bytes(range(256)) * 1100 + TEST_VIRUS
    for cut in (0, 30, 50):
        shifted = Part(b"a.png", late[cut:], DEFLATED)
        yield f"test virus late, {cut}", document(ending, shifted), "infected"
    stored = Part(b"a.png", TEST_VIRUS, STORED)
    yield "test virus, not packed", document(ending, stored), "infected"
