"""Databases for benchmarks: made once, copied for each round, with every commit on disk."""

import shutil
from pathlib import Path
from typing import Any

import psycopg
from django.db import connection


def is_sqlite() -> bool:
    return connection.vendor == "sqlite"


def use_copy(name: str, of: str) -> None:
    """Point Django at a fresh copy `name` of the database `of`."""
    connection.close()
    settings = connection.settings_dict
    if is_sqlite():
        shutil.copyfile(of, name)
    else:
        with psycopg.connect(**server(), dbname="postgres", autocommit=True) as admin:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}"')
            admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{of}"')
    settings["NAME"] = name


def remove(*names: str) -> None:
    connection.close()
    for name in names:
        if is_sqlite():
            for end in ("", "-wal", "-shm"):
                Path(name + end).unlink(missing_ok=True)
        else:
            with psycopg.connect(**server(), dbname="postgres", autocommit=True) as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{name}"')


def new_database(name: str) -> None:
    """An empty database, and Django pointed at it."""
    remove(name)
    if is_sqlite():
        Path(name).parent.mkdir(exist_ok=True)
    else:
        with psycopg.connect(**server(), dbname="postgres", autocommit=True) as admin:
            admin.execute(f'CREATE DATABASE "{name}"')
    connection.settings_dict["NAME"] = name


def server() -> dict[str, Any]:
    """How to reach the PostgreSQL server of the settings, for psycopg."""
    settings = connection.settings_dict
    said = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
    return {name: value for name, value in said.items() if value}


def is_durable() -> str:
    """How this database keeps a commit, for the printed figures."""
    with connection.cursor() as cursor:
        if is_sqlite():
            cursor.execute("PRAGMA synchronous")
            return {2: "synchronous=FULL", 3: "synchronous=EXTRA"}.get(
                cursor.fetchone()[0], "NOT DURABLE"
            )
        cursor.execute("SELECT current_setting('fsync'), current_setting('synchronous_commit')")
        fsync, commit = cursor.fetchone()
    return f"fsync={fsync} synchronous_commit={commit}"
