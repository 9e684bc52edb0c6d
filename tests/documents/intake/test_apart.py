"""The process in which a file is examined: confined, short-lived, never a reason to crash."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from documents.intake import LIMITS, examine, examine_apart
from documents.intake.apart import CHILD, PROJECT
from tests.documents.intake.frames import document
from tests.documents.intake.good_documents import text
from tests.documents.intake.good_pictures import jpeg
from tests.documents.intake.zip_by_hand import Part

AFTER_CONFINEMENT = """
import resource, sys
from documents.intake.child import confine
from documents.intake.verdict import LIMITS
confine(LIMITS, 0)
"""


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "paper"
    path.write_bytes(text())
    return path


def confined(code: str, **options) -> subprocess.CompletedProcess:
    """What becomes of this code in a process that is confined like the one of an examination."""
    return subprocess.run(
        [sys.executable, "-S", "-E", "-s", "-c", AFTER_CONFINEMENT + code],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        **options,
    )


def test_both_ways_say_the_same(paper):
    assert examine_apart(paper, "Odluka.docx") == examine(paper, "Odluka.docx")
    assert examine_apart(paper, "Odluka.pdf") == examine(paper, "Odluka.pdf")


def test_names_that_no_command_line_takes_are_refused_in_words(paper):
    assert examine_apart(paper, "a\x00.docx").problem == "name_unseen"
    assert examine_apart(paper, "a\ud800.docx").problem == "name_unseen"


def test_it_cannot_write(tmp_path):
    ended = confined(
        f"import os; os.write(os.open({str(tmp_path / 'new')!r}, os.O_CREAT | os.O_WRONLY), b'a')"
    )

    assert "File too large" in ended.stderr
    assert (tmp_path / "new").stat().st_size == 0


def test_it_cannot_take_much_memory():
    ended = confined("a = bytearray(400_000_000)")

    assert "MemoryError" in ended.stderr


def test_it_cannot_open_many_files():
    ended = confined("kept = [open('/dev/null') for _ in range(100)]")

    assert "Too many open files" in ended.stderr


def test_it_leaves_no_core():
    ended = confined("print(resource.getrlimit(resource.RLIMIT_CORE))")

    assert ended.stdout.strip() == "(0, 0)"


def test_it_loads_neither_django_nor_any_package():
    loaded = confined("print([m for m in sys.modules if 'django' in m or 'site-packages' in m])")

    assert loaded.stdout.strip() == "[]"


def test_no_variable_of_the_environment_reaches_it(paper, monkeypatch):
    monkeypatch.setenv("PYTHONSTARTUP", "/nowhere")
    monkeypatch.setenv("SECRET_KEY_FILE", "/nowhere")

    assert examine_apart(paper, "Odluka.docx").accepted


def test_what_takes_too_long_is_refused(tmp_path):
    path = tmp_path / "long"
    path.write_bytes(document("xlsx", Part(b"xl/a.xml", b"<a>" + b"<b/>" * 100)))
    hurried = replace(LIMITS, seconds=0.001)

    verdict = examine_apart(path, "a.xlsx", limits=hurried)

    assert (verdict.accepted, verdict.problem) == (False, "took_too_long")


def test_an_examination_without_memory_is_refused(paper):
    verdict = examine_apart(paper, "Odluka.docx", limits=replace(LIMITS, memory=1))

    assert (verdict.accepted, verdict.problem) == (False, "not_examined")


def test_a_file_that_is_gone_is_refused(tmp_path):
    verdict = examine_apart(tmp_path / "gone", "Odluka.docx")

    assert (verdict.accepted, verdict.problem) == (False, "not_examined")


def test_a_file_that_shrinks_while_it_is_read_is_refused(tmp_path):
    """The kernel ends a process that reads where no file is any more."""
    path = tmp_path / "picture"
    path.write_bytes(jpeg("L"))

    ended = confined(
        f"""
import mmap, os
file = open({str(path)!r}, 'rb')
mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
os.truncate({str(path)!r}, 0)
mapped[:]
"""
    )

    assert ended.returncode == -signal.SIGBUS


def test_it_ends_with_the_one_that_asked():
    """A parent starts an examination that waits for its question, and is killed."""
    reading, writing = os.pipe()
    code = (
        "import subprocess, time;"
        f"print(subprocess.Popen({CHILD!r}, cwd={str(PROJECT)!r}).pid, flush=True);"
        "time.sleep(60)"
    )
    parent = subprocess.Popen([sys.executable, "-c", code], stdin=reading, stdout=subprocess.PIPE)
    assert parent.stdout
    child = Path("/proc", parent.stdout.readline().strip().decode())
    wait_for(lambda: "_ctypes" in (child / "maps").read_text())
    time.sleep(0.3)
    assert child.exists()

    parent.kill()

    wait_for(lambda: not child.exists() or ") Z " in (child / "stat").read_text())
    parent.wait()
    parent.stdout.close()
    os.close(reading)
    os.close(writing)


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("It did not come to that.")
