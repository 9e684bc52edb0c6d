"""Papers through the doors, without a page: for worlds that only need them to be there."""

from collections.abc import Sequence
from uuid import uuid4

from documents import services
from documents.models import Version
from documents.quarantine import Incoming, Received
from documents.services import Target
from tests.documents.intake.pdf_by_hand import pdf

PDF = pdf()


def arrived(name: str = "strategija.pdf", content: bytes = PDF) -> Received:
    """A file in quarantine, as the upload handler leaves it."""
    incoming = Incoming()
    incoming.write(content)
    return incoming.finish(name)


def receive(target: Target, *files: Received, by, **told):
    return services.receive(
        target, list(files) or [arrived()], by=by, **{"idempotency_key": uuid4()} | told
    )


def examine_all() -> int:
    """What the worker does, until nothing waits; how many files that were."""
    count = 0
    while services.examine_next():
        count += 1
    return count


def kept(target: Target, *, by, name: str = "strategija.pdf", **told) -> Version:
    """One paper uploaded and examined."""
    [intake] = receive(target, arrived(name), by=by, **told)
    examine_all()
    return Version.objects.get(uuid=intake.uuid)


def published(version: Version, *, by, visibility: str = "public") -> Version:
    document = version.document
    services.change_visibility(
        document, visibility, by=by, reason="By decision.", expected=document.visibility,
        idempotency_key=uuid4(),
    )  # fmt: skip
    return Version.objects.get(pk=version.pk)


def versions_of(case) -> Sequence[Version]:
    return list(Version.objects.filter(document__participation=case).order_by("pk"))
