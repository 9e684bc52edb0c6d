"""A full disk, at the boundary of the operating system: a clear page, nothing half stored.

The limit of a process on the size of a file stands in for the disk: writing beyond it fails in
the same call, with an error of the same kind.
"""

import resource
from contextlib import contextmanager

from django.core.files.uploadedfile import SimpleUploadedFile

from documents import services
from documents.models import Intake, Version
from documents.services import Target
from tests.clock import after
from tests.documents.arriving import arrived, receive
from tests.documents.intake.pdf_by_hand import large_pdf
from tests.documents.uploaded import send_files, upload_url
from tests.stepping import the_step
from tests.workflow.pages.reading import text

LARGE = large_pdf(45_000_000)
ROOM = 40_000_000  # more than the database of the tests, less than the file


@contextmanager
def no_room():
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_in_quarantine_the_page_says_so_and_later_it_works(client, case, coordinator, storage):
    url = upload_url(the_step(case, "strategy"))

    with no_room():
        answer = send_files(client, coordinator, url, SimpleUploadedFile("a.pdf", LARGE))

    assert answer.status_code == 507
    assert "There is no room for this file just now" in text(answer)
    assert storage.waiting() == []
    assert Intake.objects.count() == 0
    again = send_files(client, coordinator, url, SimpleUploadedFile("a.pdf", LARGE))
    assert again.status_code == 302


def test_in_the_storage_the_upload_waits_and_is_kept_later(case, coordinator, storage):
    target = Target(case, the_step(case, "strategy"))
    [intake] = receive(target, arrived("a.pdf", LARGE), by=coordinator)

    with no_room():
        services.examine_next()

    waiting = Intake.objects.get()
    assert (waiting.status, waiting.delayed_by) == ("waiting", "storage")
    assert storage.objects() == []  # not even a part of it
    assert Version.objects.count() == 0
    with after(minutes=2):
        services.examine_next()
    assert Version.objects.get().uuid == intake.uuid
