"""The virus scanner: a small client of clamd, which gets the bytes and never the path.

What the scanner does not call clean is not clean: no answer, half an answer and "too large for
me" are all `ScannerDown`, so that nobody takes them for a verdict.
"""

import socket
import time
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

NOT_CONFIGURED = "not configured"
CLEAN = "clean"
INFECTED = "infected:"
PATIENCE = 60.0  # seconds for one file, from the first byte to the answer
CHUNK = 64 * 1024
LONGEST_ANSWER = 4096
# With AlertExceedsMax clamd calls what it did not look at by such a name.
NOT_LOOKED_AT = "Heuristics.Limits.Exceeded"


class ScannerDown(Exception):
    """Nobody has said that this file is clean."""


class TooLargeToScan(ScannerDown):
    """The scanner answers, but does not look at files of this size; waiting does not help."""

    problem = "too_large_to_scan"


def scan(
    path: Path,
    *,
    address: str | None = None,
    required: bool | None = None,
    patience: float = PATIENCE,
) -> str:
    """`clean`, `infected:<name>` or `not configured`; where nothing is said, as settings say."""
    address = settings.CLAMD_ADDRESS if address is None else address
    required = settings.CLAMD_REQUIRED if required is None else required
    if not address:
        if required:
            raise ScannerDown("CLAMD_REQUIRED is set, CLAMD_ADDRESS is not.")
        return NOT_CONFIGURED
    try:
        with Line(address, time.monotonic() + patience) as line:
            return verdict_of(asked(line, path))
    except (OSError, ValueError) as error:
        raise ScannerDown(str(error)) from error


class Line:
    """A connection that ends at a given moment, however slowly the other side speaks."""

    def __init__(self, address: str, ends: float):
        self.ends = ends
        self.socket = connected(address, self.left())

    def __enter__(self) -> "Line":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def left(self) -> float:
        seconds = self.ends - time.monotonic()
        if seconds <= 0:
            raise TimeoutError("The scanner takes too long.")
        return seconds

    def send(self, text: bytes) -> None:
        self.socket.settimeout(self.left())
        self.socket.sendall(text)

    def answer(self) -> str:
        """One answer, up to its closing zero; without it the answer is not whole."""
        text = b""
        while not text.endswith(b"\x00"):
            self.socket.settimeout(self.left())
            more = self.socket.recv(LONGEST_ANSWER)
            if not more or len(text) > LONGEST_ANSWER:
                raise ScannerDown("The scanner broke off.")
            text += more
        return text[:-1].decode(errors="replace").strip()


def connected(address: str, seconds: float) -> socket.socket:
    """`/run/clamav/clamd.ctl`, or `host:port`."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(seconds)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=seconds)


def asked(line: Line, path: Path) -> str:
    """The answer about this file. A scanner that has read enough answers before the end."""
    try:
        line.send(b"zINSTREAM\x00")
        for piece in pieces_of(path):
            line.send(len(piece).to_bytes(4, "big") + piece)
        line.send(bytes(4))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it may have said why
    return line.answer()


def pieces_of(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            yield piece


def verdict_of(answer: str) -> str:
    """What an answer means; `stream: OK` alone is good."""
    told = answer.removeprefix("stream: ")
    if told == "OK":
        return CLEAN
    if "size limit exceeded" in told or told.startswith(NOT_LOOKED_AT):
        raise TooLargeToScan(answer)
    if told.endswith(" FOUND"):
        return INFECTED + told.removesuffix(" FOUND")
    raise ScannerDown(answer)
