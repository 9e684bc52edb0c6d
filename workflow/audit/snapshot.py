"""Reading much at one moment: what is written meanwhile stays unseen until the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_snapshot() -> Iterator[None]:
    """All statements inside see the database as it was at the first of them. For reading only.

    PostgreSQL reads in one repeatable transaction. SQLite must not go through `atomic`, which
    would take the write lock (transaction_mode IMMEDIATE) and keep everybody waiting. Inside a
    transaction of the caller nothing is begun: then that one decides what is seen.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield


@contextmanager
def _deferred() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
