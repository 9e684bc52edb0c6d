"""The demo world, loaded once in a run of the tests and copied by every module that needs it.

On SQLite the command loads it, as people type it; on PostgreSQL the module does. In the module:

    from tests.demo.loaded import db  # noqa: F401
"""

import fcntl
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.db import connection
from django.test import override_settings

from config.demo.people import PASSWORD
from config.demo.world import load_world
from config.environment import document_storage
from tests.own_database import in_a_copy

TOO_LONG = 300  # seconds; a machine that runs all tests at once is slow


@dataclass(frozen=True)
class Answer:
    """What a command said, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


def environment(path: Path, **more: str) -> dict[str, str]:
    named = {"DATABASE_URL": f"sqlite:///{path}", "DJANGO_SETTINGS_MODULE": "config.settings"}
    named |= {"DOCUMENTS_ROOT": papers_of(path), "QUARANTINE_ROOT": f"{path}.quarantine"}
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO")}
    return kept | named | more


def papers_of(path: Path) -> str:
    """Where the papers of the demo in this SQLite file lie; what it says of them is copied."""
    return f"{path}.documents"


def stored(root: str) -> Any:
    """Settings under which papers are read from, and written to, this folder."""
    there = document_storage("", root=root, access_key="", secret_key="")
    return override_settings(STORAGES=settings.STORAGES | {"documents": there})


def demo(path: Path, *options: str, **more: str) -> Answer:
    """Run `manage.py demo` to its end, on this SQLite file."""
    ended = subprocess.run(
        [sys.executable, "manage.py", "demo", *options],
        cwd=settings.BASE_DIR, env=environment(path, **more), timeout=TOO_LONG,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    return Answer(ended.returncode, ended.stdout, ended.stderr)


def loaded_once(factory: pytest.TempPathFactory) -> tuple[Path, Answer]:
    """The file that the first run of the command made, in whichever process, and what it said."""
    shared = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    path, said = shared / "loaded" / "demo.sqlite3", shared / "loaded.json"
    with (shared / "loaded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            said.write_text(json.dumps(asdict(demo(path, "--no-serve"))))
    return path, Answer(**json.loads(said.read_text()))


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """In place of pytest-django's: a database with the demo world, for all tests of the module."""
    on_sqlite = connection.vendor == "sqlite"
    template = loaded_once(tmp_path_factory)[0] if on_sqlite else None
    root = papers_of(template) if template else str(tmp_path_factory.mktemp("papers"))
    with in_a_copy(django_db_blocker, str(template or "")) as name, stored(root):
        assert load_world() is not on_sqlite
        # The command hashes slowly, as production does; tests know only a fast way.
        get_user_model().objects.update(password=make_password(PASSWORD))
        yield name
