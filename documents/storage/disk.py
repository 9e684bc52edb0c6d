"""Papers in a folder of this machine. Once kept they are on the disk, not only on their way."""

import os
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.storage import FileSystemStorage

PART = ".part"


class DiskStorage(FileSystemStorage):
    """Writes beside its place, syncs, then renames: a paper is there whole or not at all."""

    def _save(self, name: str, content: Any) -> str:
        place = Path(self.path(name))
        place.parent.mkdir(parents=True, exist_ok=True)
        beside = place.with_name(f"{place.name}.{uuid4().hex}{PART}")
        try:
            with beside.open("wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(place)
        except OSError:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(place.parent)
        return name


def sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut, too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
