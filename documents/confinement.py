"""What a process that looks into a foreign file does first: it gives up nearly everything.

Nothing but the standard library: the process of the examination has no packages.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Mapping
from typing import Any

PR_SET_PDEATHSIG = 1


def end_with_parent() -> None:
    """The kernel ends this process when the one that asked is gone."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end_unless_asked_by(parent: int) -> None:
    """It may have gone before the kernel was asked."""
    if os.getppid() != parent:
        sys.exit(1)


def forbid(*begins: str) -> None:
    """Whatever in this process begins so, by the names of Python's audit events, is refused."""

    def refuse(event: str, _arguments: tuple[Any, ...]) -> None:
        if event.startswith(begins):
            raise PermissionError(event)

    sys.addaudithook(refuse)


def allow_at_most(limits: Mapping[int, int]) -> None:
    """From here on, by what of `resource`; there is no way back. Never a core file."""
    for what, most in {resource.RLIMIT_CORE: 0, **limits}.items():
        resource.setrlimit(what, (most, most))
