"""What nobody needs any more: objects without a version, files without an intake. A day old."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.utils import timezone

from documents import quarantine
from documents.models import Intake, Version
from documents.services.store import store

SPARED_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Swept:
    """How many of each were deleted."""

    objects: int
    files: int


def sweep() -> Swept:
    """Delete what is left over from broken uploads. What is younger than a day may be needed."""
    before = timezone.now() - SPARED_FOR
    return Swept(sweep_objects(before), sweep_files(before))


def sweep_objects(before: datetime) -> int:
    """Objects that were stored and then never got their row; parts that were never finished."""
    kept = set(map(str, Version.objects.values_list("uuid", flat=True).iterator()))
    kept |= set(map(str, Intake.objects.running().values_list("uuid", flat=True)))
    orphans = [name for name in names() if name not in kept]
    old = [name for name in orphans if store().get_modified_time(name) < before]
    for name in old:
        store().delete(name)
    return len(old)


def names() -> list[str]:
    """Every object. A folder is made with its first paper."""
    try:
        return store().listdir("")[1]
    except FileNotFoundError:
        return []


def sweep_files(before: datetime) -> int:
    """Files in quarantine that no running intake waits for."""
    if not quarantine.folder().is_dir():
        return 0
    waiting = set(map(str, Intake.objects.running().values_list("uuid", flat=True)))
    swept = 0
    for path in quarantine.folder().iterdir():
        is_old = datetime.fromtimestamp(path.stat().st_mtime, UTC) < before
        if is_uuid(path.name) and path.name not in waiting and is_old:
            path.unlink(missing_ok=True)
            swept += 1
    return swept


def is_uuid(name: str) -> bool:
    """Only what we put there ourselves is deleted."""
    try:
        return str(UUID(name)) == name
    except ValueError:
        return False
