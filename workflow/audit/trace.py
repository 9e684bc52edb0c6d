"""Where a request came from, so that each entry can say by which channel it was written."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True)
class Trace:
    """The channel (web, admin, api, command, system) and the id of one request."""

    channel: str = "system"
    request_id: str = ""


_current: ContextVar[Trace] = ContextVar("trace", default=Trace())  # noqa: B039  (frozen)


def current_trace() -> Trace:
    return _current.get()


@contextmanager
def traced(channel: str, request_id: str = "") -> Iterator[None]:
    """All entries written inside say that they came by `channel`."""
    token = _current.set(Trace(channel, request_id))
    try:
        yield
    finally:
        _current.reset(token)
