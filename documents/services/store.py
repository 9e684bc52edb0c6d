"""The storage of papers: object first, row after. An object bears the uuid of its version."""

from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


class StoreDown(Exception):
    """The storage does not answer, or has no room left. Trying later may help."""


class ObjectMissing(Exception):
    """The object of a version is not there: an incident."""


def store() -> Storage:
    return storages["documents"]


def keep(uuid: UUID, path: Path) -> None:
    """Put a file into the storage; doing it twice is harmless. Raises StoreDown."""
    try:
        with path.open("rb") as file:
            put(uuid, File(file))
    except OSError as error:
        raise StoreDown(str(error)) from error


def keep_content(uuid: UUID, content: bytes) -> None:
    """As `keep`, of what was made here and lies in no file. Raises StoreDown."""
    put(uuid, ContentFile(content))


def put(uuid: UUID, file: File) -> None:
    try:
        store().save(str(uuid), file)
    except OSError as error:
        raise StoreDown(str(error)) from error


def opened(uuid: UUID) -> IO[Any]:
    """The object, open for reading. Raises ObjectMissing, StoreDown."""
    try:
        return store().open(str(uuid), "rb")
    except FileNotFoundError as error:
        raise ObjectMissing(str(uuid)) from error
    except OSError as error:
        raise StoreDown(str(error)) from error
