"""`manage.py demo` as people type it: in a process of its own, with a database of its own."""

import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from config.demo import database
from config.demo.people import PASSWORD
from tests.demo.loaded import demo, environment, loaded_once
from tests.own_database import copied_file, drop

pytestmark = pytest.mark.skipif(
    settings.DATABASES["default"]["ENGINE"].endswith("postgresql"),
    reason="the command brings its own SQLite and is tested in the run on SQLite",
)


def count(path, table):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """The first run: it makes the folder and the database, and loads everything."""
    return loaded_once(tmp_path_factory)[1]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """A copy of what the first run made."""
    copy = copied_file(str(loaded_once(tmp_path_factory)[0]))
    yield copy
    drop(copy)


@pytest.fixture
def served(path, first):
    """The second run, which serves; its process and its address."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port)],
        cwd=settings.BASE_DIR, env=environment(path),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    yield process, port
    process.kill()
    process.wait()


def answers(port, path="/sign-in/"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
        return response.status, response.headers["Content-Type"]


def wait_until(happens, seconds=60):
    """Whether it happens within that time; an error counts as not yet."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            if happens():
                return True
        except OSError:
            pass
        time.sleep(0.2)
    return False


def listens(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_the_first_run_prints_the_walk_and_the_accounts(first):
    assert first.returncode == 0, first.stderr
    for day in ["2007-04-16", "2007-06-15", "2007-07-10", "2007-12-20", "2008-05-15", "2009-01-15"]:
        assert day in first.stdout
    assert "SWS-2007-001" in first.stdout
    assert "koordinator.kikinda@example.org" in first.stdout
    assert PASSWORD in first.stdout


def test_the_second_run_keeps_everything_and_takes_seconds(path, first):
    before = count(path, "audit_entry"), count(path, "accounts_user")
    began = time.monotonic()

    second = demo(path, "--no-serve")

    assert second.returncode == 0, second.stderr
    assert (count(path, "audit_entry"), count(path, "accounts_user")) == before
    assert time.monotonic() - began < 30
    assert "2009-01-15" in second.stdout


def test_it_serves_pages_and_their_looks(served):
    _process, port = served

    assert wait_until(lambda: answers(port)[0] == 200)
    assert answers(port, "/static/web/kit.css")[1].startswith("text/css")


def test_no_worker_outlives_a_server_that_was_killed(served):
    process, port = served
    assert wait_until(lambda: answers(port)[0] == 200)
    workers = children_of(process.pid)
    for started in ("config.celery -q worker", "config.celery -q beat"):
        assert any(started in command_of(pid) for pid in workers)

    process.send_signal(signal.SIGKILL)

    assert wait_until(lambda: not listens(port), 15)
    assert wait_until(lambda: not any(command_of(pid) for pid in workers), 15)


def children_of(pid: int) -> list[int]:
    """Of all its threads: each process beside the server is the child of one."""
    children = [told.read_text() for told in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(child) for child in " ".join(children).split()]


def command_of(pid: int) -> str:
    """What runs under this number; nothing where it has ended."""
    try:
        with open(f"/proc/{pid}/cmdline") as line:
            return line.read().replace("\0", " ")
    except FileNotFoundError:
        return ""


def test_a_port_in_use_is_said_before_anything_is_loaded(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        refused = demo(tmp_path / "unused.sqlite3", "--port", str(port))

    assert refused.returncode == 1
    assert str(port) in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tmp_path / "unused.sqlite3").exists()


def test_only_the_folder_of_the_project_is_started_anew(path, first):
    before = count(path, "audit_entry")

    refused = demo(path, "--no-serve", "--reset")

    assert refused.returncode == 1
    assert str(path) in refused.stderr
    assert count(path, "audit_entry") == before


def test_in_production_there_is_no_demo(tmp_path):
    keys = {"SECRET_KEY": "s" * 60, "LOG_HMAC_KEY": "h" * 60}

    refused = demo(tmp_path / "unused.sqlite3", "--no-serve", DEBUG="0", **keys)

    assert refused.returncode == 1
    assert refused.stderr.startswith("CommandError: ")
    assert not (tmp_path / "unused.sqlite3").exists()


def test_a_reset_deletes_all_files_of_the_database_and_no_other(tmp_path, monkeypatch, settings):
    settings.BASE_DIR = tmp_path
    (tmp_path / "var").mkdir()
    for name in ["demo.sqlite3", "demo.sqlite3-wal", "demo.sqlite3-shm", "other.sqlite3"]:
        (tmp_path / "var" / name).touch()
    monkeypatch.setattr(database, "connection", Unused(tmp_path / "var" / "demo.sqlite3"))

    database.reset()

    assert [file.name for file in (tmp_path / "var").iterdir()] == ["other.sqlite3"]


def test_on_postgresql_a_reset_names_the_database_to_drop(monkeypatch):
    monkeypatch.setattr(database, "connection", Unused("koraci_demo", vendor="postgresql"))

    with pytest.raises(database.CannotReset, match="koraci_demo"):
        database.reset()


class Unused:
    """A connection that nobody has opened: where the database is, nothing more."""

    def __init__(self, name, vendor="sqlite"):
        self.vendor, self.settings_dict = vendor, {"NAME": name}

    def close(self):
        """Nothing is open."""
