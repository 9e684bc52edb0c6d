"""`manage.py up`: web, worker and clock in one command; killed with -9 it leaves none behind."""

import urllib.request
from pathlib import Path

import pytest

from tests.own_database import db, own_database  # noqa: F401
from tests.postgres import free_port
from tests.processes import kill, start, wait_until


def family(mark: str) -> dict[int, str]:
    """Every process that was started with this word in its environment."""
    found = {}
    for told in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in told.read_bytes():
                command = (told.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                found[int(told.parent.name)] = command
        except OSError:
            continue
    return found


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def up(db, port, tmp_path):  # noqa: F811
    process = start("manage.py", "up", "--port", str(port), CELERY_BROKER_FOLDER=tmp_path)
    yield process
    if process.poll() is None:
        kill(process)


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


def test_killed_without_asking_it_leaves_no_process_behind(up, port, tmp_path):
    wait_until(lambda: answers(port), 60, pause=0.2)
    wait_until(lambda: len(family(str(tmp_path))) >= 4, 30, pause=0.2)
    commands = " ".join(family(str(tmp_path)).values())
    assert "worker" in commands
    assert "beat" in commands

    kill(up)

    wait_until(lambda: not family(str(tmp_path)), 30, pause=0.2)
