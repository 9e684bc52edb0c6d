"""Every object hashed again, and compared with its row and with the entry that tells of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from documents.gaps import Gap, compare_papers, in_parts
from documents.models import Version
from documents.services import store

CHUNK = 1 << 20


@dataclass
class Verified:
    """How much was read, and what is wrong, each as name and sentence."""

    versions: int = 0
    size: int = 0
    damages: list[Gap] = field(default_factory=list)


def verify() -> Verified:
    """Read everything. Repairs nothing; memory does not grow with the papers."""
    told = Verified(damages=list(compare_papers()))
    for part in in_parts(Version.objects.select_related("document__participation")):
        for version in part:
            told.versions += 1
            told.size += version.size
            name = version.document.participation.reference
            told.damages += [(name, why) for why in damage_of(version)]
    return told


def damage_of(version: Version) -> Iterator[str]:
    try:
        size, digest = measured(version)
    except store.ObjectMissing:
        yield _("The object of the version %s is missing.") % version.uuid
        return
    except store.StoreDown as error:
        told = {"uuid": version.uuid, "error": error}
        yield _("The object of the version %(uuid)s cannot be read: %(error)s") % told
        return
    if (size, digest) != (version.size, version.sha256):
        yield _("The object of the version %s is not what was uploaded.") % version.uuid


def measured(version: Version) -> tuple[int, str]:
    """Size and digest of the object as it lies in the storage."""
    size, digest = 0, hashlib.sha256()
    with store.opened(version.uuid) as file:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            digest.update(chunk)
    return size, digest.hexdigest()
