"""What must never be kept, and what always must: the corpus of files, made here.

Most are examined in two processes that stay; a chosen few each in one of its own, as in use.
"""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import translation

from documents.intake import LIMITS, examine_apart, quick_look
from documents.intake.apart import PROJECT, ask_apart
from documents.intake.problems import PROBLEMS
from tests.documents.intake.good_documents import good_documents
from tests.documents.intake.good_pdfs import good_pdfs
from tests.documents.intake.good_pictures import good_pictures
from tests.documents.intake.hostile import Hostile
from tests.documents.intake.hostile_containers import hostile_containers
from tests.documents.intake.hostile_markup import hostile_markup
from tests.documents.intake.hostile_names import (
    disguised,
    exchanged,
    hostile_names,
    without_measure,
)
from tests.documents.intake.hostile_pdfs import hostile_pdfs
from tests.documents.intake.hostile_pictures import cut_off, hostile_pictures, infected, two_at_once

HOSTILE = [
    hostile_names,
    disguised,
    exchanged,
    without_measure,
    hostile_containers,
    hostile_markup,
    hostile_pdfs,
    hostile_pictures,
    two_at_once,
    cut_off,
    infected,
]
PROCESSES = 2
MOST_SECONDS = 10
MOST_KB = 300 * 1000
BATCH = [sys.executable, "-S", "-E", "-s", "-m", "tests.documents.intake.batch"]
# Each of these in a process of its own.
APART = {
    "200 MB of zeros",
    "zeros of a size that is not told",
    "100,000 entries",
    "quoted overlap",
    "nested zips",
    "a billion laughs",
    "a mark that never ends",
    "50,000 × 50,000",
    "65,000 × 65,000",
    "endless fill",
    "endless picture",
    "a bomb of rows",
    "250 MB of zeros",
    "objects of zeros",
    "200,001 objects",
    "in packed objects",
    "too large",
    "link",
    "test virus",
    "png and html",
    "name 'a\\x00fdp.pdf'",
}


def lay_down(folder: Path, files: list[Hostile]) -> list[Path]:
    """The files under names of ours, as in quarantine."""
    paths = []
    for number, hostile in enumerate(files):
        paths.append(folder / str(number))
        with paths[-1].open("wb") as file:
            file.write(hostile.content)
            file.truncate(len(hostile.content) + hostile.hole)
    return paths


def examined(asked: list[tuple[str, str]], scratch: Path) -> tuple[list[dict], int]:
    """The answers, in the same order, and the most memory that one process took."""
    running = []
    for share in range(PROCESSES):
        process = subprocess.Popen(
            BATCH,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=PROJECT,
            env={"LC_ALL": "C.UTF-8", "TMPDIR": str(scratch)},
        )
        assert process.stdin
        process.stdin.write(json.dumps(asked[share::PROCESSES]).encode())
        process.stdin.close()
        running.append(process)
    told = []
    for process in running:
        assert process.stdout
        told.append(json.loads(process.stdout.read()))
        process.stdout.close()
        assert process.wait() == 0
    shares = [iter(one["answers"]) for one in told]
    answers = [next(shares[index % PROCESSES]) for index in range(len(asked))]
    return answers, max(one["peak_kb"] for one in told)


def sentence(problem: str, values: dict, language: str) -> str:
    with translation.override(language):
        return str(PROBLEMS[problem]) % values


@pytest.fixture(scope="module")
def hostile() -> list[Hostile]:
    return [one for make in HOSTILE for one in make()]


@pytest.fixture(scope="module")
def sound() -> list[tuple[str, bytes]]:
    return [*good_documents(), *good_pictures(), *good_pdfs()]


def test_no_hostile_file_is_kept(hostile, tmp_path, capsys):
    folder, scratch = tmp_path / "quarantine", tmp_path / "scratch"
    folder.mkdir()
    scratch.mkdir()
    paths = lay_down(folder, hostile)
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}

    answers, peak_kb = examined(
        [(str(path), one.name) for path, one in zip(paths, hostile, strict=True)], scratch
    )

    told = list(zip(hostile, answers, strict=True))
    assert [one.what for one, answer in told if answer["accepted"]] == []
    wrong = [
        f"{one.what} ({one.name!a}): {answer['problem']}"
        for one, answer in told
        if answer["problem"] not in one.problems
    ]
    assert wrong == []
    assert max(answer["seconds"] for answer in answers) <= MOST_SECONDS
    assert peak_kb <= MOST_KB
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before
    assert list(scratch.iterdir()) == []
    for answer in answers:
        assert "llowed" in sentence(answer["problem"], answer["values"], "en")
        assert "озвољен" in sentence(answer["problem"], answer["values"], "sr")
    assert len(hostile) >= 300
    with capsys.disabled():
        slowest = max(answer["seconds"] for answer in answers)
        print(  # noqa: T201
            f"\n{len(hostile)} hostile files, 0 kept; slowest {slowest:.1f} s,"
            f" most memory {peak_kb // 1000} MB,"
            f" {len({answer['problem'] for answer in answers})} reasons"
        )


def test_every_sound_file_is_kept(sound, tmp_path):
    files = [Hostile("", name, content, ()) for name, content in sound]
    paths = lay_down(tmp_path, files)

    answers, peak_kb = examined(
        [(str(path), one.name) for path, one in zip(paths, files, strict=True)], tmp_path
    )

    told = zip(files, answers, strict=True)
    assert [(one.name, answer["problem"]) for one, answer in told if answer["problem"]] == []
    assert all(answer["accepted"] and answer["content_type"] for answer in answers)
    assert peak_kb <= MOST_KB
    assert len(sound) >= 40


def test_the_web_process_lets_every_sound_file_pass(sound):
    verdicts = [quick_look(name, content[:64], len(content)) for name, content in sound]

    assert all(verdict.accepted for verdict in verdicts)


def test_the_worst_are_refused_each_in_a_process_of_its_own(hostile, tmp_path):
    chosen = list({one.what: one for one in hostile if one.what in APART}.values())
    assert {one.what for one in chosen} == APART
    paths = lay_down(tmp_path, chosen)
    before = sorted(tmp_path.iterdir())

    for one, path in zip(chosen, paths, strict=True):
        began = time.monotonic()
        answer = ask_apart(path, one.name, LIMITS)

        assert answer is not None, one.what
        assert answer["problem"] in one.problems, one.what
        assert not answer["accepted"]
        assert answer["peak_kb"] <= MOST_KB, one.what
        assert time.monotonic() - began <= MOST_SECONDS, one.what
    assert sorted(tmp_path.iterdir()) == before


def test_a_sound_file_is_kept_by_a_process_of_its_own(sound, tmp_path):
    for name, content in sound[::12]:
        path = tmp_path / "file"
        path.write_bytes(content)

        assert examine_apart(path, name).accepted, name
