"""The child process that reads one file: `python -m documents.reading.child`, with its task as
JSON in the first argument and its answer as JSON on standard output.

It limits itself before it looks at the file, and lets nothing of what it runs open a connection
or start a program. It knows no settings, no database and no key.
"""

import json
import re
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from documents.confinement import allow_at_most, end_unless_asked_by, end_with_parent, forbid
from documents.reading.limits import MEGABYTE, Limits
from documents.reading.problems import GAVE_UP, UNREADABLE, TimeIsUp
from documents.reading.signature import Signature
from documents.reading.text import PDF, read_text

LARGEST_ANSWER = 32 * MEGABYTE
_ESCAPED_NAME = re.compile(rb"/[A-Za-z]*#[0-9A-Fa-f]{2}[A-Za-z#]")
FORBIDDEN = (
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.posix_spawn",
    "os.fork",
)


def main(task: dict[str, Any]) -> dict[str, Any]:
    """Read the file of the task; what is too much for one half is left out, the other is kept."""
    limits = Limits(**task["limits"])
    end_with_parent()
    end_unless_asked_by(task["parent"])
    limit_this_process(limits)
    path, roots = Path(task["path"]), task["roots"]
    signatures = _signatures(path, Path(roots) if roots else None, task["content_type"], limits)
    text = _text(path, task["content_type"], limits)
    if task["content_type"] == PDF and text["problem"] == UNREADABLE and not signatures:
        signatures = [Signature(problem=UNREADABLE).facts()]  # what is lost may have been signed
    return {"signatures": signatures} | text


def limit_this_process(limits: Limits) -> None:
    """From here on: so much memory and time, no connection, no other program."""
    allow_at_most(
        {
            resource.RLIMIT_AS: limits.memory,
            resource.RLIMIT_CPU: limits.seconds,
            resource.RLIMIT_FSIZE: LARGEST_ANSWER,
        }
    )
    forbid(*FORBIDDEN)


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """`TimeIsUp` in the middle of whatever uses the processor for longer."""

    def ring(_signal: int, _frame: object) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def may_be_signed(content: bytes) -> bool:
    """Whether to look closer, which takes half a second.

    What a signature covers is told in places of the file, so its own dictionary cannot lie in a
    compressed part (ISO 32000-2, 12.8.1): the key stands there for all to see, unless a sign of it
    is written as a number. Of a locked file nothing can be told from outside.
    """
    return any(sign in content for sign in (b"/ByteRange", b"/Encrypt")) or bool(
        _ESCAPED_NAME.search(content)
    )


def _signatures(
    path: Path, roots: Path | None, content_type: str, limits: Limits
) -> list[dict[str, Any]]:
    if content_type != PDF or not may_be_signed(path.read_bytes()):
        return []
    from documents.reading.signatures import signatures_in

    try:
        with at_most(limits.seconds_for_signatures):
            return [signature.facts() for signature in signatures_in(path, roots)]
    except TimeIsUp:
        return [Signature(problem=UNREADABLE).facts()]


def _text(path: Path, content_type: str, limits: Limits) -> dict[str, str]:
    try:
        with at_most(limits.seconds_for_text):
            read = read_text(path, content_type, limits)
    except TimeIsUp:  # between two parsers; within one, what was read so far is kept
        return {"text": "", "problem": GAVE_UP}
    return {"text": read.text, "problem": read.problem}


if __name__ == "__main__":
    json.dump(main(json.loads(sys.argv[1])), sys.stdout)
