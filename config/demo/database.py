"""The database of the demo: made new on request, and hurried while the demo world is loaded."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

PARTS = ["", "-wal", "-shm"]  # SQLite keeps a database in up to three files


class CannotReset(Exception):
    """This database is not deleted by a command; the text says what to do."""


def reset() -> None:
    """Delete the SQLite file of the demo in `var/`. Raises CannotReset for any other database."""
    if connection.vendor != "sqlite":
        raise CannotReset(
            _("Only a SQLite database is started anew by --reset. Drop the database “%s” yourself.")
            % connection.settings_dict["NAME"]
        )
    path = Path(connection.settings_dict["NAME"]).resolve()
    if path.parent != Path(settings.BASE_DIR, "var").resolve():
        raise CannotReset(
            _("Only a database in the folder var/ is started anew by --reset. Delete %s yourself.")
            % path
        )
    connection.close()
    for part in PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
    delete_papers()


def delete_papers() -> None:
    """What was uploaded to the demo and mailed by it before; only in `var/`, as its database."""
    var = Path(settings.BASE_DIR, "var").resolve()
    for folder in (settings.DOCUMENTS_ROOT, settings.QUARANTINE_ROOT, settings.DEMO_MAILBOX):
        if Path(folder).resolve().parent == var:
            shutil.rmtree(folder, ignore_errors=True)


def make_folder() -> None:
    """A fresh checkout has no folder for the SQLite file yet."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)


@contextmanager
def hurried() -> Iterator[None]:
    """No waiting for the disk inside. A crash meanwhile costs the demo, which is loaded anew."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA synchronous").fetchone()
        cursor.execute("PRAGMA synchronous=OFF")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA synchronous={int(before)}")
