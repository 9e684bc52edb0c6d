"""One transition through the real view against the same SQL sent by hand, in one run.

python -m bench.transition
"""

import os
import sqlite3
import statistics
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

import psycopg  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.databases import (  # noqa: E402
    is_durable,
    is_sqlite,
    new_database,
    remove,
    server,
    use_copy,
)
from bench.world import make_world  # noqa: E402
from workflow.models import Participation  # noqa: E402

ROUNDS = 200
WARM = 20
Statement = tuple[str, Any]


def main() -> None:
    base, first, second, third = (name(part) for part in ("base", "recorded", "timed", "by_hand"))
    new_database(base)
    manager, participations = make_world(ROUNDS + WARM)
    references = [one.reference for one in participations]

    use_copy(first, base)
    recorded = record(manager, references)
    use_copy(second, base)
    view = through_the_view(manager, references)
    use_copy(third, base)
    connection.close()
    hand = by_hand(third, recorded)

    report(view[WARM:], hand[WARM:], recorded[-1])
    remove(first, second, third, base)


def name(part: str) -> str:
    return f"var/bench-{part}.sqlite3" if is_sqlite() else f"koraci_bench_{part}"


def signed_in(manager) -> Client:
    client = Client()
    client.force_login(manager)
    return client


def post(client: Client, reference: str) -> None:
    facts = {
        "decided_on": "2026-03-02",
        "reason": "The memorandum is signed.",
        "expected_version": 0,
        "idempotency_key": uuid4(),
    }
    url = reverse("workflow:transition", args=[reference, "start_assessment"])
    response = client.post(url, facts)
    if response.status_code != 302:
        raise RuntimeError(f"{reference}: {response.status_code}")


def record(manager, references: list[str]) -> list[list[Statement]]:
    """Every statement that each POST sends, with its parameters."""
    client, recorded = signed_in(manager), []
    for reference in references:
        sent: list[Statement] = []
        with recording(sent):
            post(client, reference)
        recorded.append(sent)
    moved = Participation.objects.filter(stage="assessment").count()
    if moved != len(references):
        raise RuntimeError(f"{moved} of {len(references)} moved")
    return recorded


@contextmanager
def recording(sent: list[Statement]):
    """Keep what goes to the database, also begin and commit, which pass by Django's wrapper."""

    def keep(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        if many:
            sent.extend((sql, tuple(row)) for row in params)
        else:
            sent.append((sql, tuple(params or ())))
        return execute(sql, params, many, context)

    commit, set_autocommit = connection.commit, connection.set_autocommit

    def note_begin(autocommit, **kwargs):
        if not autocommit and not is_sqlite():  # SQLite's BEGIN IMMEDIATE is a statement
            sent.append(("BEGIN", ()))
        return set_autocommit(autocommit, **kwargs)

    def note_commit():
        sent.append(("COMMIT", ()))
        return commit()

    connection.set_autocommit, connection.commit = note_begin, note_commit
    try:
        with connection.execute_wrapper(keep):
            yield
    finally:
        connection.set_autocommit, connection.commit = set_autocommit, commit


def through_the_view(manager, references: list[str]) -> list[float]:
    client, times = signed_in(manager), []
    for reference in references:
        began = time.perf_counter()
        post(client, reference)
        times.append(time.perf_counter() - began)
    return times


def by_hand(database: str, recorded: list[list[Statement]]) -> list[float]:
    """The same statements by the bare driver, fetching what they return."""
    send = sqlite_sender(database) if is_sqlite() else postgres_sender(database)
    times = []
    for statements in recorded:
        began = time.perf_counter()
        for sql, params in statements:
            send(sql, params)
        times.append(time.perf_counter() - began)
    return times


def sqlite_sender(database: str) -> Callable[[str, Any], None]:
    raw = sqlite3.connect(database, isolation_level=None, cached_statements=512)
    raw.execute("PRAGMA journal_mode=WAL")
    raw.execute("PRAGMA synchronous=FULL")
    raw.execute("PRAGMA foreign_keys=ON")
    spelled: dict[str, str] = {}

    def send(sql: str, params: Any) -> None:
        sql = "BEGIN IMMEDIATE" if sql.startswith("BEGIN") else sql
        text = spelled.setdefault(sql, sql.replace("%s", "?").replace("%%", "%"))
        raw.execute(text, [plain(value) for value in params]).fetchall()

    return send


def plain(value: Any) -> Any:
    return value if value is None or isinstance(value, int | float | bytes) else str(value)


def postgres_sender(database: str) -> Callable[[str, Any], None]:
    raw = psycopg.connect(**server(), dbname=database, autocommit=True, prepare_threshold=0)
    cursor = raw.cursor()

    def send(sql: str, params: Any) -> None:
        cursor.execute(sql, params or None)
        if cursor.description:
            cursor.fetchall()

    return send


def report(view: list[float], hand: list[float], statements: list[Statement]) -> None:
    queries = [sql for sql, _params in statements if sql.split()[0] not in ("BEGIN", "COMMIT")]
    middle, base = statistics.median(view), statistics.median(hand)
    print(f"{connection.vendor}, {is_durable()}, {len(view)} transitions")
    print(f"  through the view  median {middle * 1000:6.2f} ms   {1 / middle:5.0f} a second")
    print(f"  same SQL by hand  median {base * 1000:6.2f} ms")
    print(f"  ratio {middle / base:.2f} (goal ≤ 5)   queries {len(queries)} (goal ≤ 25)")


if __name__ == "__main__":
    main()
