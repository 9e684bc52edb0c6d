"""What a file says, kept beside its version: its text, its words, the signatures in it.

Read once, when the file arrives; anew only by command, such as when the list of trusted issuers
has changed. None of it is evidence: the object and its fingerprint are.
"""

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from documents.gaps import in_parts
from documents.models import Version, VersionText
from documents.reading import PROBLEMS, Reading, read_apart
from documents.services import store
from documents.words import words_of


def read(path: Path, content_type: str) -> Reading:
    """Text and signatures of a file that was examined, by a process of its own."""
    roots = Path(settings.SIGNATURE_ROOTS) if settings.SIGNATURE_ROOTS else None
    return read_apart(path, content_type, roots=roots)


@transaction.atomic
def keep_reading(version: Version, reading: Reading) -> None:
    """In place of what was read before, if anything was."""
    version.signatures = [one.facts() for one in reading.signatures]
    version.save(update_fields=["signatures"])
    told = {
        "text": reading.text,
        "problem": reading.problem,
        "words": words_of(*names_of(version), reading.text),
    }
    VersionText.objects.update_or_create(version=version, defaults=told)


def names_of(version: Version) -> Iterator[str]:
    """All that somebody may call the paper by, in every language that there is."""
    document, case = version.document, version.document.participation
    yield from (version.name.replace("_", " "), document.title, case.reference)
    yield case.municipality.search_key
    if document.step:
        yield from (text for text in document.step.demands.get("paper", {}).values() if text)


@dataclass
class ReadAgain:
    """How many papers were read, and what hindered it: their uuid with a sentence."""

    count: int = 0
    problems: list[tuple[UUID, str]] = field(default_factory=list)
    missing: int = 0  # papers whose object cannot be had


def read_again() -> ReadAgain:
    """Every stored paper, the oldest first. One that cannot be had does not hold up the others."""
    told = ReadAgain()
    rows = Version.objects.select_related("document__participation__municipality", "document__step")
    for part in in_parts(rows):
        for version in part:
            try:
                problem = str(PROBLEMS.get(read_one_again(version), ""))
                told.count += 1
            except (store.ObjectMissing, store.StoreDown):
                problem = _("The file itself cannot be had.")
                told.missing += 1
            told.problems += [(version.uuid, problem)] if problem else []
    return told


def read_one_again(version: Version) -> str:
    """The problem of its reading by its key, or "". Raises ObjectMissing, StoreDown."""
    with tempfile.NamedTemporaryFile() as file, store.opened(version.uuid) as kept:
        shutil.copyfileobj(kept, file)
        file.flush()
        reading = read(Path(file.name), version.content_type)
    keep_reading(version, reading)
    return reading.problem
