"""A mail server for tests: keeps what it takes as lines of a file, and errs as addresses ask.

    python -m tests.faults.sink PORT FILE [--seconds S] [--greets-late] [--tls PEM]

An address "x450.2.17@example.org" is answered 450 for the first two tries, then taken. What else
may stand before the first stop: any code of the server; `late` (answers after two seconds);
`silent` (never answers); `cut` (hangs up in the middle of the message); `lost` (takes the message,
and hangs up before it says so). `--seconds` is how long it takes over each message. With
`--greets-late` it says nothing for half a minute to whoever connects; with `--tls` it offers
STARTTLS with the key and the certificate of that file.
"""

import argparse
import asyncio
import contextlib
import json
import os
import re
import ssl
import time
from collections import Counter
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

from aiosmtpd.smtp import SMTP

ASKS = re.compile(r"x(?P<fault>\d{3}|late|silent|cut|lost)\.(?P<times>\d+)\.")
HUNG_UP = "421 hung up"
GREETS_AFTER = 30  # seconds


class Sink:
    """Hooks of aiosmtpd. A line of the file for each message taken: address, id, subject, when."""

    def __init__(self, path: str, seconds: float) -> None:
        self.file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        self.seconds = seconds
        self.tries: Counter[str] = Counter()

    def fault_of(self, address: str) -> str:
        """What this try of this address is to meet; "" for nothing."""
        asked = ASKS.match(address)
        return asked["fault"] if asked and self.tries[address] <= int(asked["times"]) else ""

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: Any
    ) -> str:
        self.tries[address] += 1
        fault = self.fault_of(address)
        if fault.isdigit():
            return f"{fault} as asked"
        if fault in ("late", "silent"):
            await asyncio.sleep({"late": 2, "silent": 3600}[fault])
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.seconds:
            await asyncio.sleep(self.seconds)
        [address] = envelope.rcpt_tos
        fault = self.fault_of(address)
        if fault == "cut":
            server.transport.abort()
            return HUNG_UP
        self.keep(address, envelope.content)
        if fault == "lost":
            server.transport.abort()
            return HUNG_UP
        return f"250 kept as {len(self.tries)}"

    def keep(self, address: str, content: bytes) -> None:
        mail = message_from_bytes(content)
        line = {
            "to": address,
            "id": mail["Message-ID"].strip(),
            "subject": str(make_header(decode_header(mail["Subject"]))),
            "at": time.time(),
        }
        os.write(self.file, (json.dumps(line) + "\n").encode())


class GreetsLate(SMTP):
    async def push(self, status: Any) -> None:
        if str(status).startswith("220 "):
            await asyncio.sleep(GREETS_AFTER)
        await super().push(status)


async def serve(told: argparse.Namespace) -> None:
    sink = Sink(told.file, told.seconds)
    kind, tls = GreetsLate if told.greets_late else SMTP, None
    if told.tls:
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(told.tls)

    def link() -> SMTP:
        return kind(sink, enable_SMTPUTF8=True, hostname="sink.example.org", tls_context=tls)

    server = await asyncio.get_running_loop().create_server(link, "127.0.0.1", told.port)
    async with server:
        await server.serve_forever()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("port", type=int)
    parser.add_argument("file")
    parser.add_argument("--seconds", type=float, default=0.0)
    parser.add_argument("--greets-late", action="store_true")
    parser.add_argument("--tls")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(arguments()))
