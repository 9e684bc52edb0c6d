"""`manage.py up`: web, worker and clock in one command; killed with -9 it leaves none behind."""

import os
import signal
import urllib.request

import pytest

from tests.own_database import db, own_database  # noqa: F401
from tests.postgres import free_port
from tests.processes import kill, processes_told, start, wait_until


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
    wait_until(lambda: len(processes_told(str(tmp_path))) >= 4, 30, pause=0.2)
    commands = " ".join(processes_told(str(tmp_path)).values())
    assert "worker" in commands
    assert "beat" in commands

    kill(up)

    wait_until(lambda: not processes_told(str(tmp_path)), 30, pause=0.2)


def test_a_worker_or_a_clock_that_dies_begins_anew(up, port, tmp_path):
    for role in ("worker", "beat"):
        wait_until(lambda role=role: running(tmp_path, role), 60, pause=0.2)
        [before, *_] = running(tmp_path, role)

        os.kill(before, signal.SIGKILL)

        wait_until(lambda role=role, old=before: running(tmp_path, role) - {old}, 30, pause=0.2)


def running(folder, role: str) -> set[int]:
    return {pid for pid, told in processes_told(str(folder)).items() if f" {role} " in told}
