"""`manage.py work` as it runs: killed in the middle of an upload it leaves nothing half stored."""

import signal
import subprocess
import sys

import pytest
from django.conf import settings as project

from documents.models import Document, Intake, Version
from documents.services import Target, examine_next
from documents.services.sweeping import sweep_objects
from tests.clock import after
from tests.documents.arriving import arrived, receive
from tests.documents.intake.pdf_by_hand import large_pdf
from tests.own_database import db, own_database  # noqa: F401
from tests.processes import environment, wait_until
from tests.stepping import the_step

LARGE = large_pdf(40_000_000)


@pytest.fixture
def start(storage):
    """`start()`: a worker in a process of its own; none is left behind."""
    started = []
    folders = {"DOCUMENTS_ROOT": storage.documents, "QUARANTINE_ROOT": storage.quarantine}

    def begin(*options: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "work", *options],
            cwd=project.BASE_DIR, env=environment(**folders), stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def intake(case, coordinator):
    target = Target(case, the_step(case, "strategy"))
    return receive(target, arrived("plan.pdf", LARGE), by=coordinator)[0]


def status_of(intake: Intake) -> str:
    return Intake.objects.get(pk=intake.pk).status


def test_killed_in_mid_intake_it_leaves_nothing_half_stored(start, intake, storage, case):
    worker = start()
    wait_until(lambda: status_of(intake) == "examining")

    worker.send_signal(signal.SIGKILL)
    worker.wait()

    assert status_of(intake) == "examining"
    assert Version.objects.count() == Document.objects.count() == 0
    assert not case.entries.filter(verb="add_document").exists()
    assert storage.waiting() == [str(intake.uuid)]  # the file is still there for the next one
    assert str(intake.uuid) not in storage.objects() or len(storage.objects()) == 1


def test_the_next_worker_takes_it_up_when_the_lease_has_run_out(start, intake, storage, case):
    worker = start()
    wait_until(lambda: status_of(intake) == "examining")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    assert examine_next() is False  # nobody else takes it before

    with after(minutes=11):
        assert examine_next() is True

    [version] = Version.objects.all()
    assert (storage.documents / str(version.uuid)).read_bytes() == LARGE
    assert case.entries.filter(verb="add_document").count() == 1
    assert storage.waiting() == []
    with after(days=2):
        sweep_objects(before_now())
    assert storage.objects() == [str(version.uuid)]  # a part that the killed one left is gone


def before_now():
    from django.utils import timezone

    return timezone.now()


def test_it_does_what_waits_and_ends_when_it_is_asked_to(start, intake):
    worker = start()
    wait_until(lambda: status_of(intake) == "kept")

    worker.send_signal(signal.SIGTERM)

    assert worker.wait(30) == 0


def test_once_it_ends_by_itself(start, intake):
    worker = start("--once")

    assert worker.wait(90) == 0
    assert status_of(intake) == "kept"
