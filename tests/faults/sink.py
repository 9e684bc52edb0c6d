"""A mail server for tests: keeps what it takes as lines of a file, and errs as addresses ask.

    python -m tests.faults.sink PORT FILE [SECONDS]

An address "x450.2.17@example.org" is answered 450 for the first two tries, then taken. What else
may stand before the first stop: any code of the server; `late` (answers after two seconds);
`silent` (never answers); `cut` (hangs up in the middle of the message); `lost` (takes the message,
and hangs up before it says so). SECONDS is how long it takes over each message.
"""

import asyncio
import contextlib
import json
import os
import re
import sys
import time
from collections import Counter
from email import message_from_bytes
from email.header import decode_header, make_header
from typing import Any

from aiosmtpd.smtp import SMTP

ASKS = re.compile(r"x(?P<fault>\d{3}|late|silent|cut|lost)\.(?P<times>\d+)\.")
HUNG_UP = "421 hung up"


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


async def serve(port: int, path: str, seconds: float) -> None:
    sink = Sink(path, seconds)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, enable_SMTPUTF8=True, hostname="sink.example.org"), "127.0.0.1", port
    )
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    pause = float(sys.argv[3]) if len(sys.argv) > 3 else 0.0
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(int(sys.argv[1]), sys.argv[2], pause))
