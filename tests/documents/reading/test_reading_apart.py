"""Reading in a child process: it answers in time, whatever the file does."""

import os
import subprocess
import sys
import zipfile
import zlib

import pytest

from documents.reading import PROBLEMS, Reading, Signature, apart, read_apart
from documents.reading.child import may_be_signed
from documents.reading.limits import MEGABYTE, Limits
from documents.reading.text import DOCX, PDF, XLSX
from tests.documents.reading.printed import file_of, pdf, stream
from tests.documents.reading.signing import SIGNER, Authority

UNKNOWN = (Signature(problem="unreadable"),)


def test_text_and_signatures_come_together(file, tmp_path):
    authority = Authority()
    roots = authority.trusted_in(tmp_path / "roots")
    path = file(authority.issue().sign(pdf(["Одлука о усвајању стратегије"])))

    read = read_apart(path, PDF, roots=roots)

    assert (read.text, read.problem) == ("Одлука о усвајању стратегије", "")
    [signature] = read.signatures
    assert (signature.name, signature.intact, signature.trust) == (SIGNER, True, "trusted")


def test_a_file_without_text_is_read_as_well(file):
    assert read_apart(file(b"\x89PNG\r\n\x1a\n"), "image/png") == Reading()


def test_a_missing_file_is_not_taken_for_a_broken_one(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_apart(tmp_path / "missing", PDF)


def test_a_broken_pdf_tells_so_twice(file):
    read = read_apart(file(b"%PDF-1.7\nnothing"), PDF)

    assert read == Reading("", UNKNOWN, "unreadable")


ENDLESS = stream(b"BT /F1 9 Tf (a) Tj ET " * 1_000_000)


def pages(*contents: bytes) -> bytes:
    """A PDF whose pages are drawn by these streams, with a font F1."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    }
    for number, content in zip(range(10, 99, 2), contents, strict=False):
        objects[number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents {number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        ).encode()
        objects[number + 1] = content
    kids = " ".join(f"{10 + 2 * place} 0 R" for place in range(len(contents)))
    objects[2] = f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode()
    return file_of(objects)


def test_a_page_that_never_ends_is_given_up_and_those_before_it_are_kept(file):
    content = pages(stream(b"BT /F1 9 Tf (Prva strana) Tj ET"), ENDLESS)

    read = read_apart(file(content), PDF, limits=Limits(seconds_for_text=1))

    assert (read.text, read.signatures, read.problem) == ("Prva strana", (), "incomplete")


def test_a_child_that_uses_the_processor_for_too_long_is_killed(file):
    read = read_apart(file(pages(ENDLESS)), PDF, limits=Limits(seconds=2))

    assert read == Reading("", UNKNOWN, "gave_up")


def test_a_page_that_unpacks_without_end_costs_bounded_memory(file):
    zeros = zlib.compress(zlib.compress(b"\0" * 100 * MEGABYTE))
    head = f"<< /Length {len(zeros)} /Filter [/FlateDecode /FlateDecode] >>".encode()

    read = read_apart(file(pages(head + b"\nstream\n" + zeros + b"\nendstream")), PDF)

    assert read.text == ""


def test_a_child_that_has_too_little_memory_is_given_up(file):
    read = read_apart(file(pdf(["Одлука"])), PDF, limits=Limits(memory=30 * MEGABYTE))

    assert read == Reading("", UNKNOWN, "gave_up")


def test_a_child_that_takes_too_long_is_stopped(file):
    read = read_apart(file(b"a"), DOCX, limits=Limits(seconds_by_the_clock=0))

    assert read == Reading("", (), "gave_up")


def test_shared_words_without_end_cost_bounded_memory(tmp_path):
    head = '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    path = tmp_path / "paper"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/sharedStrings.xml", head + "<si><t>a</t></si>" * 4_000_000)
        packed.writestr("xl/workbook.xml", "<workbook/>")
        packed.writestr("[Content_Types].xml", "<Types/>")

    read = read_apart(path, XLSX, limits=Limits(seconds_for_text=1))

    assert read.text == ""
    assert read.problem


def test_the_child_knows_no_key_of_ours(file, monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "a secret of the tests")
    seen = tmp_path / "seen"
    spy = tmp_path / "spy"
    spy.write_text(f"#!/bin/sh\nenv > {seen}\n")
    spy.chmod(0o700)
    monkeypatch.setattr(apart.sys, "executable", str(spy))

    read_apart(file(b"a"), DOCX)

    assert "a secret" in str(os.environ)
    assert "a secret" not in seen.read_text()


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
    ],
)
def test_what_runs_in_the_child_opens_no_connection_and_starts_no_program(attempt):
    limited = (
        "from documents.reading.child import limit_this_process; "
        "from documents.reading.limits import LIMITS; limit_this_process(LIMITS); "
    )

    ended = subprocess.run(
        [sys.executable, "-c", limited + attempt], capture_output=True, text=True, check=False
    )

    assert ended.returncode != 0
    assert "PermissionError" in ended.stderr


def test_every_problem_has_its_sentence():
    assert {"long", "incomplete", "locked", "unreadable", "gave_up"} == set(PROBLEMS)
    assert all(str(sentence).endswith(".") for sentence in PROBLEMS.values())


def test_only_a_file_that_may_be_signed_is_looked_at_for_signatures():
    paper = pdf(["Одлука"])

    assert not may_be_signed(paper)
    assert may_be_signed(Authority().issue().sign(paper))
    assert may_be_signed(paper + b"<< /Byte#52ange [0 1 2 3] >>")
    assert may_be_signed(paper + b"<< /Encrypt 7 0 R >>")
