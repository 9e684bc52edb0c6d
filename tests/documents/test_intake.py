"""What the worker does with an upload, and what it makes of everything that goes wrong."""

from uuid import uuid4

import pytest

from documents import quarantine, services
from documents.models import Intake, Version
from documents.services import Target
from documents.services.intake import MOST_ATTEMPTS, claim_next
from tests.clock import after
from tests.documents.arriving import PDF, arrived, examine_all, receive
from tests.documents.stores import ON_BOTH
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text

Status = Intake.Status


@pytest.fixture
def target(case):
    return Target(case, the_step(case, "strategy"))


@pytest.fixture
def waiting(target, coordinator) -> Intake:
    [intake] = receive(target, by=coordinator)
    return intake


def test_without_work_it_says_so(db):
    assert services.examine_next() is False


def test_the_oldest_comes_first(target, coordinator):
    first, second = (receive(target, by=coordinator)[0] for _ in range(2))

    services.examine_next()

    assert [one.status for one in again(first, second)] == [Status.KEPT, Status.WAITING]


def again(*intakes):
    return [Intake.objects.get(pk=one.pk) for one in intakes]


@ON_BOTH
def test_what_the_examination_refuses_is_deleted_and_told(
    client, target, coordinator, storage, case
):
    [intake] = receive(target, arrived("plan.pdf", b"no pdf at all"), by=coordinator)

    examine_all()

    [refused] = again(intake)
    assert refused.status == Status.REFUSED
    assert storage.waiting() == storage.objects() == []
    assert Version.objects.count() == 0
    assert not case.entries.filter(verb="add_document").exists()
    page = text(read(client, coordinator, target.step.get_absolute_url()))
    assert "refused plan.pdf" in page
    assert "The name says PDF, but the content is something else;" in page


def test_it_is_told_in_the_language_of_each_reader(client, target, coordinator):
    receive(target, arrived("plan.pdf", b"no pdf at all"), by=coordinator)
    examine_all()
    coordinator.language = "sr"
    coordinator.save()

    page = text(read(client, coordinator, target.step.get_absolute_url()))

    assert "По називу је ово PDF, али је садржај нешто друго;" in page


@ON_BOTH
def test_a_file_that_changed_in_quarantine_is_not_kept(waiting, storage):
    (storage.quarantine / str(waiting.uuid)).write_bytes(PDF + b"something else")

    examine_all()

    [refused] = again(waiting)
    assert refused.refused_because["problem"] == "lost"
    assert storage.objects() == storage.waiting() == []


def test_a_file_that_is_gone_is_told_and_does_not_stop_the_others(target, coordinator, waiting):
    quarantine.remove(waiting.uuid)
    [other] = receive(target, by=coordinator)

    examine_all()

    assert [one.status for one in again(waiting, other)] == [Status.REFUSED, Status.KEPT]


def test_what_somebody_works_on_nobody_else_takes(waiting):
    claimed = claim_next()

    assert claimed == waiting
    assert claim_next() is None


@ON_BOTH
def test_a_worker_that_was_not_heard_of_is_replaced(waiting, storage):
    claim_next()

    with after(minutes=11):
        assert services.examine_next()

    [kept] = again(waiting)
    assert (kept.status, kept.attempts) == (Status.KEPT, 2)


@ON_BOTH
def test_the_worker_that_comes_back_too_late_records_nothing(waiting, case, storage):
    from documents.services.intake import finish

    late = claim_next()
    with after(minutes=11):
        services.examine_next()
    # It still holds the file in its hands; a copy stands in for the one that is gone.
    quarantine.path_of(waiting.uuid).write_bytes(PDF)

    finish(late)

    assert Version.objects.count() == len(storage.objects()) == 1
    assert case.entries.filter(verb="add_document").count() == 1


def test_an_upload_that_kills_every_worker_is_given_up(waiting, storage):
    for attempt in range(MOST_ATTEMPTS):
        with after(minutes=11 * attempt):
            assert claim_next() == waiting

    with after(hours=2):
        examine_all()

    [refused] = again(waiting)
    assert refused.refused_because["problem"] == "unexaminable"
    assert storage.waiting() == []


def test_a_demanded_scanner_that_is_not_there_keeps_the_upload_waiting(
    client, waiting, target, coordinator, settings, storage
):
    settings.CLAMD_REQUIRED = True
    services.examine_next()

    [held] = again(waiting)
    assert (held.status, held.delayed_by, held.attempts) == (Status.WAITING, "scanner", 0)
    page = text(read(client, coordinator, target.step.get_absolute_url()))
    assert "The virus scan is pending" in page
    assert storage.objects() == []
    settings.CLAMD_REQUIRED = False
    with after(minutes=2):
        services.examine_next()
    assert again(waiting)[0].status == Status.KEPT


@ON_BOTH
def test_a_storage_that_does_not_answer_loses_nothing(
    client, waiting, target, coordinator, storage
):
    storage.break_down()

    services.examine_next()

    [held] = again(waiting)
    assert (held.status, held.delayed_by) == (Status.WAITING, "storage")
    assert Version.objects.count() == 0
    page = text(read(client, coordinator, target.step.get_absolute_url()))
    assert "The storage does not answer." in page
    storage.mend()
    with after(minutes=2):
        services.examine_next()
    assert again(waiting)[0].status == Status.KEPT
    assert storage.objects() == [str(waiting.uuid)]


def test_who_uploaded_stands_in_the_entry_also_after_the_mandate_ended(
    waiting, coordinator, system, case
):
    from workflow import services as doors

    doors.end_mandate(coordinator.mandates.get(), by=system)

    examine_all()

    entry = case.entries.get(verb="add_document")
    assert (entry.by, entry.role) == (coordinator, "coordinator")


def test_the_same_key_is_one_upload(target, coordinator):
    key = uuid4()
    first, second = (
        receive(target, arrived(), by=coordinator, idempotency_key=key) for _ in range(2)
    )

    assert first == second
    assert Intake.objects.count() == 1
