"""Processes of the product beside a test: on its database, with the settings that it names."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.db import connection


def database_url() -> str:
    """The database that this test works on."""
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    who = f"{told['USER']}:{told['PASSWORD']}@" if told["USER"] else ""
    return f"postgres://{who}{told['HOST'] or 'localhost'}:{told['PORT'] or 5432}/{told['NAME']}"


def environment(**more: Any) -> dict[str, str]:
    """No settings of tests: what a worker of an installation would find, and `more`."""
    named = {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "config.settings"}
    named |= {name: str(value) for name, value in more.items()}
    return {name: value for name, value in os.environ.items() if name != "DEBUG"} | named


def start(*command: str, **more: Any) -> subprocess.Popen[bytes]:
    """A Python process in the folder of the project, the head of a group of its own."""
    return subprocess.Popen(
        [sys.executable, *command], cwd=project.BASE_DIR, env=environment(**more),
        start_new_session=True,
    )  # fmt: skip


def kill(process: subprocess.Popen[bytes]) -> None:
    """At once and without asking: this process alone, as a machine out of memory would."""
    process.send_signal(signal.SIGKILL)
    process.wait()


def processes_told(word: str) -> dict[int, str]:
    """Processes with this word in their environment: their number and their command line."""
    found = {}
    for told in Path("/proc").glob("[0-9]*/environ"):
        try:
            if word.encode() in told.read_bytes():
                command = (told.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(told.parent.name)] = command
        except OSError:  # gone, or somebody else's
            continue
    return found


def wait_until(happens: Callable[[], object], seconds: float = 90, pause: float = 0.002) -> None:
    until = time.monotonic() + seconds
    while not happens():
        assert time.monotonic() < until, "did not happen in time"
        time.sleep(pause)
