"""Reading in a child process: what an uploaded file does to a parser, it does there."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from documents.reading.limits import LIMITS, Limits
from documents.reading.problems import GAVE_UP
from documents.reading.signature import UNREADABLE, Signature
from documents.reading.text import PDF

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Reading:
    """What a file says, and what hindered reading all of it, as a key of `PROBLEMS`."""

    text: str = ""
    signatures: tuple[Signature, ...] = ()
    problem: str = ""


def read_apart(
    path: Path, content_type: str, *, roots: Path | None = None, limits: Limits = LIMITS
) -> Reading:
    """Text and signatures of one file. Whatever the file does, this returns within the limits."""
    task = {
        "path": str(path.resolve(strict=True)),  # a missing file is no problem of reading
        "content_type": content_type,
        "roots": str(roots.resolve()) if roots else "",
        "limits": asdict(limits),
        "parent": os.getpid(),
    }
    with tempfile.TemporaryFile() as answer:
        if not _ran(task, answer, limits.seconds_by_the_clock):
            return _given_up(content_type)
        answer.seek(0)
        try:
            return _reading(json.load(answer))
        except (ValueError, KeyError, TypeError):  # killed in mid-sentence
            return _given_up(content_type)


def _ran(task: dict[str, Any], answer: IO[bytes], seconds: int) -> bool:
    """Whether the child came to its end. It inherits no environment: there are keys in it."""
    command = [sys.executable, "-m", "documents.reading.child", json.dumps(task)]
    try:
        ended = subprocess.run(
            command,
            cwd=PROJECT,
            env={"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.DEVNULL,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return ended.returncode == 0


def _reading(told: dict[str, Any]) -> Reading:
    signatures = tuple(Signature.from_facts(facts) for facts in told["signatures"])
    return Reading(told["text"], signatures, told["problem"])


def _given_up(content_type: str) -> Reading:
    """A PDF that was not read to its end may well be signed, and that is said."""
    unknown = (Signature(problem=UNREADABLE),) if content_type == PDF else ()
    return Reading(signatures=unknown, problem=GAVE_UP)
