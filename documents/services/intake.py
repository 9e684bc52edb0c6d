"""The worker's side of an intake: claim, commit, examine, store, record. In this order nothing
is ever half there.

No lock and no transaction while a file is examined or stored. A worker that is killed holds its
intake until the lease runs out; the next one begins anew, and storing the same object twice is
harmless. The object comes first, then version, document and entry in one transaction.
"""

import logging
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from documents import quarantine
from documents.intake import Verdict, examine_apart
from documents.intake.scanning import INFECTED, ScannerDown, TooLargeToScan, scan
from documents.models import Document, Intake, Version
from documents.reading import Reading
from documents.refusals import LOST, UNEXAMINABLE
from documents.services import store
from documents.services.reading import keep_reading, read
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.services.locks import locked
from workflow.services.saving import save_head

logger = logging.getLogger("koraci.documents")
LEASE = timedelta(minutes=10)
RETRY = timedelta(minutes=1)
MOST_ATTEMPTS = 5
Status = Intake.Status


def examine_next() -> bool:
    """Take up one upload and finish it. False when none waits."""
    intake = claim_next()
    if intake is None:
        return False
    try:
        finish(intake)
    except ScannerDown as error:
        put_back(intake, "scanner", error)
    except store.StoreDown as error:
        put_back(intake, "storage", error)
    return True


def claim_next() -> Intake | None:
    """The next upload that nobody works on; committed as ours before it is touched."""
    if not Intake.objects.due(timezone.now()).exists():  # asked without a lock, every second
        return None
    with transaction.atomic(durable=True):
        due = Intake.objects.due(timezone.now()).select_for_update(skip_locked=True)
        intake = due.first()
        if intake is None:
            return None
        intake.status, intake.attempts = Status.EXAMINING, intake.attempts + 1
        intake.lease_until = timezone.now() + LEASE
        intake.save(update_fields=["status", "attempts", "lease_until"])
    return intake


def finish(intake: Intake) -> None:
    if intake.attempts > MOST_ATTEMPTS:  # it has killed its worker every time
        return refuse(intake, UNEXAMINABLE)
    path = quarantine.path_of(intake.uuid)
    if not path.exists() or quarantine.digest_of(path) != intake.sha256:
        return refuse(intake, LOST)
    verdict = examine_apart(path, intake.name, limits=quarantine.limits())
    if not verdict.accepted:
        return refuse(intake, verdict.problem, verdict.values)
    try:
        scanned = scan(path)
    except TooLargeToScan as refused:
        return refuse(intake, refused.problem)
    if scanned.startswith(INFECTED):
        return refuse(intake, "infected", {"name": scanned.removeprefix(INFECTED)})
    reading = read(path, verdict.content_type)
    store.keep(intake.uuid, path)
    record(intake, verdict, scanned, reading)
    quarantine.remove(intake.uuid)


@transaction.atomic(durable=True)
def record(intake: Intake, verdict: Verdict, scanned: str, reading: Reading) -> None:
    """Document, version and entry together; nothing where another worker was faster."""
    [participation] = locked([intake.participation_id])
    if not is_ours(intake):
        return
    document = intake.document or begun(intake)
    version = Version.objects.create(
        uuid=intake.uuid, document=document, number=document.versions.count() + 1,
        name=intake.name, size=intake.size, sha256=intake.sha256,
        content_type=verdict.content_type, by=intake.by, role=intake.role,
        received_at=intake.received_at, reason=intake.reason, scan=scanned,
    )  # fmt: skip
    keep_reading(version, reading)
    line = Line("add_document", step=document.step, reason=intake.reason, facts=facts_of(version))
    log.append(participation, line, by=Actor(intake.by, intake.role, intake.function))
    save_head(participation)
    close(intake, Status.KEPT, document=document, scan=scanned)


def begun(intake: Intake) -> Document:
    """The paper that a first version begins."""
    return Document.objects.create(
        participation_id=intake.participation_id, step=intake.step, kind=intake.kind,
        title=intake.title, visibility=intake.visibility, created_at=intake.received_at,
    )  # fmt: skip


def facts_of(version: Version) -> dict[str, Any]:
    """What an entry says of a version. Never its name: that may tell of people."""
    return {
        "document": str(version.document.uuid),
        "version": str(version.uuid),
        "number": version.number,
        "sha256": version.sha256,
        "size": version.size,
        "content_type": version.content_type,
        "kind": version.document.kind,
        "visibility": str(version.document.visibility),
    }


def is_ours(intake: Intake) -> bool:
    """Whether it is still this attempt that counts; the row is locked from here on."""
    row = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
    return row.status == Status.EXAMINING and row.attempts == intake.attempts


def refuse(intake: Intake, problem: str, values: dict[str, Any] | None = None) -> None:
    """The sentence is kept by its key, for each reader in their language; the file goes."""
    with transaction.atomic(durable=True):
        if is_ours(intake):
            because = {"problem": problem, "values": values or {}}
            close(intake, Status.REFUSED, refused_because=because)
            logger.warning("refused upload %s: %s", intake.uuid, problem)
    quarantine.remove(intake.uuid)


def close(intake: Intake, status: Status, **told: Any) -> None:
    told |= {"status": status, "lease_until": None, "delayed_by": ""}
    Intake.objects.filter(pk=intake.pk).update(**told)


def put_back(intake: Intake, waits_for: str, error: Exception) -> None:
    """Nothing is wrong with the file: the attempt does not count, and a later one may succeed."""
    logger.error("upload %s waits for the %s: %s", intake.uuid, waits_for, error)
    with transaction.atomic(durable=True):
        if is_ours(intake):
            Intake.objects.filter(pk=intake.pk).update(
                status=Status.WAITING, attempts=intake.attempts - 1, delayed_by=waits_for,
                lease_until=timezone.now() + RETRY,
            )  # fmt: skip
