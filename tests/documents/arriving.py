"""Papers through the doors, without a page: for worlds that only need them to be there."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from unittest.mock import patch
from uuid import uuid4

from documents import services
from documents.intake import examine
from documents.models import Version
from documents.quarantine import Incoming, Received
from documents.reading import Reading, signatures_in
from documents.reading.child import may_be_signed
from documents.reading.text import read_text
from documents.services import Target
from tests.documents.intake.pdf_by_hand import pdf

PDF = pdf()


def arrived(name: str = "strategija.pdf", content: bytes = PDF) -> Received:
    """A file in quarantine, as the upload handler leaves it."""
    incoming = Incoming()
    incoming.write(content)
    return incoming.finish(name)


def receive(target: Target, *files: Received, by, **told):
    return services.receive(
        target, list(files) or [arrived()], by=by, **{"idempotency_key": uuid4()} | told
    )


def examine_all() -> int:
    """What the worker does, until nothing waits; how many files that were.

    It reads in this process: that a child does it is told by tests/documents/reading.
    """
    count = 0
    with patch("documents.services.reading.read_apart", read_here):
        while services.examine_next():
            count += 1
    return count


def examine_here() -> int:
    """The same by the same rules, but the worker starts no process: for tests of what follows.

    One for each file costs more than all the rest of such a test. That it is one is told by
    tests/documents/intake, test_intake.py and whoever calls `examine_all`.
    """
    with patch("documents.services.intake.examine_apart", examine):
        return examine_all()


def read_here(path: Path, content_type: str, *, roots: Path | None) -> Reading:
    return beside(read_once, path.read_bytes(), content_type, roots)


def beside(function: Callable[..., Any], *arguments: Any) -> Any:
    """In a thread: pyHanko starts a loop, and where Chromium is driven one runs already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(function, *arguments).result()


@cache
def read_once(content: bytes, content_type: str, roots: Path | None) -> Reading:
    """Most tests upload one and the same paper."""
    with NamedTemporaryFile() as file:
        Path(file.name).write_bytes(content)
        read = read_text(Path(file.name), content_type)
        is_signed = content_type == "application/pdf" and may_be_signed(content)
        signatures = signatures_in(Path(file.name), roots) if is_signed else []
    return Reading(read.text, tuple(signatures), read.problem)


def kept(
    target: Target, *, by, name: str = "strategija.pdf", content: bytes = PDF, **told
) -> Version:
    """One paper uploaded and examined."""
    [intake] = receive(target, arrived(name, content), by=by, **told)
    examine_here()
    return Version.objects.get(uuid=intake.uuid)


def published(version: Version, *, by, visibility: str = "public") -> Version:
    document = version.document
    services.change_visibility(
        document, visibility, by=by, reason="By decision.", expected=document.visibility,
        idempotency_key=uuid4(),
    )  # fmt: skip
    return Version.objects.get(pk=version.pk)


def versions_of(case) -> Sequence[Version]:
    return list(Version.objects.filter(document__participation=case).order_by("pk"))
