"""A database of its own for a test that commits.

Append-only triggers refuse the flush with which Django cleans up after such tests. So the test
works on a copy of the migrated test database, which is thrown away afterwards. In the module:

    from tests.own_database import db, own_database  # noqa: F401

Every fixture that asks for `db` (all people and participations of tests/conftest.py) then lives
in the copy, in autocommit. Other threads see it too: each opens its own connection and closes it,
which `together` does for its threads. Do not mark such tests with `django_db`.
"""

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, connection, connections


@contextmanager
def in_a_copy(blocker: Any, template: str = "") -> Iterator[str]:
    """The default connection, in every thread, leads to a copy; gone at the end.

    A copy of the test database, or of another `template`.
    """
    with blocker.unblock():
        usual = connection.settings_dict["NAME"]
        connections.close_all()
        name = copy_of(template or str(usual))
        point_to(name)
        try:
            yield name
        finally:
            connections.close_all()
            point_to(usual)
            drop(name)


@pytest.fixture
def own_database(django_db_setup, django_db_blocker) -> Iterator[str]:
    """The name of the copy; the default connection, in every thread, leads to it."""
    with in_a_copy(django_db_blocker) as name:
        yield name


@pytest.fixture
def db(own_database: str) -> str:
    """In place of pytest-django's: no transaction around the test, commits are real."""
    return own_database


def point_to(name: Any) -> None:
    """New connections of all threads share these settings."""
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


def copy_of(template: str) -> str:
    """Make the copy; its name."""
    if connection.vendor == "sqlite":
        return copied_file(template)
    name = f"{template[:40]}_{uuid4().hex[:12]}"
    for attempt in range(50):
        try:
            command(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
            return name
        except OperationalError:  # a connection that was just closed is still being ended
            if attempt == 49:
                raise
            time.sleep(0.1)
    raise AssertionError("not reached")


def copied_file(template: str) -> str:
    name = f"{template}.{uuid4().hex[:12]}"
    with sqlite3.connect(template) as source, sqlite3.connect(name) as copy:
        source.backup(copy)
    source.close()
    copy.close()
    return name


def drop(name: str) -> None:
    if connection.vendor == "sqlite":
        for suffix in ("", "-wal", "-shm"):
            Path(name + suffix).unlink(missing_ok=True)
        return
    command(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def command(statement: str) -> None:
    """On the server, outside all its databases."""
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)


def together(acts: Sequence[Callable[[], Any]], *, timeout: float = 120) -> list[Any]:
    """Run all at once, each in a thread with a connection of its own.

    Their results in the order of `acts`; where one raised, the exception stands in its place.
    """
    results: list[Any] = [TimeoutError("did not end in time")] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(number: int) -> None:
        try:
            gate.wait()
            results[number] = acts[number]()
        except Exception as error:
            results[number] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[n], daemon=True) for n in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout)
    return results
