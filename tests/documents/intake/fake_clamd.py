"""A virus scanner that speaks the protocol of clamd, and misbehaves when asked to."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.documents.intake.hostile_names import TEST_VIRUS

TOO_LARGE = b"INSTREAM size limit exceeded. ERROR\x00"


class FakeClamd:
    """Listens on a socket; `largest` is how many bytes it takes, `habit` how it misbehaves."""

    def __init__(self, listener: socket.socket, habit: str, largest: int):
        self.listener = listener
        self.habit = habit
        self.largest = largest
        self.received: list[bytes] = []
        self.thread = threading.Thread(target=self.serve, daemon=True)
        self.thread.start()

    def serve(self) -> None:
        while True:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return  # closed by the test
            with line, suppress(OSError):  # the other side has gone
                self.answer(line)

    def answer(self, line: socket.socket) -> None:
        if self.habit == "closes at once":
            return
        assert self.exactly(line, 10) == b"zINSTREAM\x00"
        if self.habit == "closes mid-way":
            line.recv(1000)
            return
        content = self.stream(line)
        if content is None:
            line.sendall(TOO_LARGE)
            return
        self.received.append(content)
        self.say(line, self.verdict(content))

    def stream(self, line: socket.socket) -> bytes | None:
        """What was sent, or nothing where it was too much."""
        content = b""
        while length := int.from_bytes(self.exactly(line, 4), "big"):
            if len(content) + length > self.largest:
                return None
            content += self.exactly(line, length)
        return content

    def verdict(self, content: bytes) -> bytes:
        if self.habit.startswith("says "):
            return self.habit.removeprefix("says ").encode()
        if TEST_VIRUS in content:
            return b"stream: Eicar-Test-Signature FOUND"
        return b"stream: OK"

    def say(self, line: socket.socket, verdict: bytes) -> None:
        if self.habit == "stays silent":
            time.sleep(3)
        elif self.habit == "drips":
            for letter in verdict:
                line.sendall(bytes([letter]))
                time.sleep(0.1)
        elif self.habit == "says half":
            line.sendall(verdict)
        else:
            line.sendall(verdict + b"\x00")

    @staticmethod
    def exactly(line: socket.socket, length: int) -> bytes:
        text = b""
        while len(text) < length:
            more = line.recv(length - len(text))
            if not more:
                raise OSError("gone")
            text += more
        return text


@contextmanager
def clamd(where: Path | None = None, *, habit: str = "", largest: int = 25_000_000) -> Iterator:
    """A scanner and its address: on a socket of the file system, or on a port."""
    family = socket.AF_UNIX if where else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.bind(str(where) if where else ("127.0.0.1", 0))
        listener.listen()
        address = str(where) if where else "127.0.0.1:{1}".format(*listener.getsockname())
        scanner = FakeClamd(listener, habit, largest)
        yield scanner, address
        listener.shutdown(socket.SHUT_RDWR)
    scanner.thread.join(5)
