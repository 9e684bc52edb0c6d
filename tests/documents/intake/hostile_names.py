"""Files with hostile names, files of kinds that are not taken, and kinds that are not true."""

from tests.documents.intake.good_documents import book, open_document, text
from tests.documents.intake.good_pdfs import pdf
from tests.documents.intake.good_pictures import jpeg, png
from tests.documents.intake.hostile import Corpus, Hostile
from tests.documents.intake.zip_by_hand import Part, zipped

ENDINGS = ("pdf", "docx", "xlsx", "odt", "ods", "jpg", "png")
BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\x00\x01\t\n\r\x1b\x7f\x85\x9f\u2028\u2029"
PATHS = (
    "../../etc/passwd.pdf",
    "..pdf",
    "/etc/cron.d/a.pdf",
    "folder/a.pdf",
    "..\\..\\a.pdf",
    "C:\\Windows\\a.pdf",
    "c:a.pdf",
    "\\\\server\\share\\a.pdf",
    "//server/share/a.pdf",
    "a/../b.pdf",
)
LONG = ("a" * 251 + ".pdf", "a" * 147 + ".pdf", "ж" * 74 + ".pdf", "e\u0301" * 100 + ".pdf")
WITHOUT_ENDING = ("strategija", ".pdf", "..", "a.pdf.", "pdf", " .docx")
WITH_MACROS = ("docm", "dotm", "xlsm", "xltm", "xlam", "xlsb", "pptm", "DOCM")
# The test virus of scanners, in halves, so that this file is none.
TEST_VIRUS = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"

CONTENTS = {
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
    "xml": b'<?xml version="1.0"?><x/>',
    "exe": b"MZ\x90\x00\x03" + bytes(200) + b"PE\x00\x00",
    "elf": b"\x7fELF\x02\x01\x01" + bytes(200),
    "sh": b"#!/bin/sh\nrm -rf /\n",
    "js": b"require('child_process').exec('id')\n",
    "vbs": b'CreateObject("WScript.Shell").Run "cmd"\n',
    "php": b"<?php system($_GET['c']); ?>",
    "bat": b"@echo off\r\ndel *.*\r\n",
    "lnk": b"L\x00\x00\x00\x01\x14\x02\x00" + bytes(100),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "rtf": b"{\\rtf1\\object}",
    "rar": b"Rar!\x1a\x07\x01\x00" + bytes(100),
    "7z": b"7z\xbc\xaf'\x1c\x00\x04" + bytes(100),
    "gz": b"\x1f\x8b\x08\x00" + bytes(100),
    "tar": b"a".ljust(257, b"\x00") + b"ustar\x0000" + bytes(500),
    "zip": zipped([Part(b"a.txt", b"a")]),
    "gif": b"GIF89a" + bytes(100),
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "txt": "Обичан текст\n".encode(),
    "eicar": TEST_VIRUS,
}


def hostile_names() -> Corpus:
    for character in BIDI + UNSEEN:
        yield named(f"a{character}fdp.pdf", "name_unseen")
    for name in PATHS:
        yield named(name, "name_path")
    for name in LONG:
        yield named(name, "name_long")
    for name in WITHOUT_ENDING:
        yield named(name, "no_ending", "name_path", "ending")
    for ending in WITH_MACROS:
        yield Hostile("macro ending", f"a.{ending}", text(), ("macro_ending",))
    for ending, content in CONTENTS.items():
        yield Hostile(f"an honest {ending}", f"a.{ending}", content, ("ending",))


def named(name: str, *problems: str) -> Hostile:
    """A sound PDF of a hostile name."""
    return Hostile(f"name {name[:12]!a}", name, pdf(), problems)


def disguised() -> Corpus:
    """Whatever it is, under each ending that is taken."""
    refused = ("not_its_kind", "old_or_locked", "object_inside")
    for kind, content in CONTENTS.items():
        for ending in ENDINGS:
            yield Hostile(f"{kind} as {ending}", f"a.{ending}", content, refused)


def exchanged() -> Corpus:
    """One taken kind under the ending of another."""
    sound = {
        "pdf": pdf(),
        "docx": text(),
        "xlsx": book(),
        "odt": open_document("text"),
        "ods": open_document("spreadsheet"),
        "jpg": jpeg("L"),
        "png": png("L"),
    }
    for kind, content in sound.items():
        for ending in ENDINGS:
            if ending != kind:
                yield Hostile(f"{kind} as {ending}", f"a.{ending}", content, ("not_its_kind",))


def without_measure() -> Corpus:
    """Empty, and larger than is taken."""
    for ending in ENDINGS:
        yield Hostile("empty", f"a.{ending}", b"", ("empty",))
        yield Hostile(
            "too large", f"a.{ending}", b"%PDF-1.7", ("too_large",), hole=50 * 1024 * 1024
        )
