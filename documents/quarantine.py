"""The folder where an upload waits. It streams in chunk by chunk, hashed and counted on its way.

Knows no models; nothing here looks into a file. What goes wrong while it arrives (too large, no
room) is remembered and told by the form: the rest of the request is read and thrown away.
"""

import errno
import hashlib
import logging
import os
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from documents.intake import Limits, clean_name
from documents.intake.verdict import MB

logger = logging.getLogger("koraci.documents")
HEAD = 8192  # bytes of the beginning that are looked at while the request runs
CHUNK = 1 << 16
TOO_LARGE, NO_ROOM = "too_large", "no_room"
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


def folder() -> Path:
    return Path(settings.QUARANTINE_ROOT)


def path_of(uuid: UUID) -> Path:
    return folder() / str(uuid)


def remove(uuid: UUID) -> None:
    path_of(uuid).unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def limits() -> Limits:
    """What a file may be at most, as the settings say."""
    return Limits(size=settings.UPLOAD_LIMIT_MB * MB)


class Received(UploadedFile):
    """A file that has arrived in quarantine, or what prevented it."""

    def __init__(self, uuid: UUID, name: str, size: int) -> None:
        super().__init__(name=name, size=size)
        self.uuid = uuid
        self.shown_name = clean_name(name)
        self.sha256, self.head, self.problem = "", b"", ""

    @property
    def path(self) -> Path:
        return path_of(self.uuid)

    def discard(self) -> None:
        remove(self.uuid)


class Incoming:
    """One file while it arrives."""

    def __init__(self) -> None:
        self.uuid, self.size, self.problem, self.head = uuid4(), 0, "", b""
        self.hash = hashlib.sha256()
        self.file: Any = None
        self._try(self._begin)

    def write(self, chunk: bytes) -> None:
        self.size += len(chunk)
        if self.size > limits().size:
            self._give_up(TOO_LARGE)
        if not self.problem:
            self._try(self._keep, chunk)

    def finish(self, name: str) -> Received:
        if not self.problem:
            self._try(self._sync)
        received = Received(self.uuid, name, self.size)
        received.sha256, received.head = self.hash.hexdigest(), self.head
        received.problem = self.problem
        return received

    def abandon(self) -> None:
        self._give_up(self.problem)

    def _begin(self) -> None:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        self.file = path_of(self.uuid).open("xb")

    def _keep(self, chunk: bytes) -> None:
        if len(self.head) < HEAD:
            self.head = (self.head + chunk)[:HEAD]
        self.hash.update(chunk)
        self.file.write(chunk)

    def _sync(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()

    def _try(self, act: Any, *told: Any) -> None:
        try:
            act(*told)
        except OSError as error:
            if error.errno not in FULL:
                self._give_up(NO_ROOM)
                raise
            logger.error("no room in quarantine: %s", error)
            self._give_up(NO_ROOM)

    def _give_up(self, problem: str) -> None:
        """Close and delete; what still arrives is counted and thrown away."""
        self.problem = problem
        if self.file and not self.file.closed:
            try:
                self.file.close()
            except OSError:  # what it still had in hand does not fit either
                logger.debug("closed with a rest", exc_info=True)
        remove(self.uuid)


class QuarantineHandler(FileUploadHandler):
    """Puts each file of a request into quarantine; set by the views that take uploads."""

    incoming: Incoming | None = None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.incoming = Incoming()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.incoming:
            self.incoming.write(raw_data)

    def file_complete(self, file_size: int) -> Received | None:
        if self.incoming is None:
            return None
        received = self.incoming.finish(str(self.file_name))
        self.incoming = None
        return received

    def upload_interrupted(self) -> None:
        """The line broke in the middle: nothing of the file that was arriving stays."""
        if self.incoming:
            self.incoming.abandon()
