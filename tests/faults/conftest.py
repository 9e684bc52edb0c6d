"""What the long forms tell when they are done."""

import time
from collections.abc import Callable

import pytest
from django.db import connection


@pytest.fixture
def row(capfd) -> Callable[..., None]:
    """`row("Redis", 500, "5 kills", doubles=1)`: a row of docs/soak.md, printed at once."""
    began = time.monotonic()

    def tell(what: str, messages: int, faults: str, *, doubles: int = 0, lost: int = 0) -> None:
        took = time.monotonic() - began
        with capfd.disabled():
            print(  # noqa: T201
                f"\n| {connection.vendor} | {what} | {messages:,} | {faults} | "
                f"{doubles} | {lost} | {took:.0f} s |"
            )

    return tell
