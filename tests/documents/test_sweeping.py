"""Sweeping takes what nobody needs, verifying reads every paper again, gaps are named."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from documents.models import Document, Version
from documents.services import Target
from documents.services.sweeping import Swept, sweep
from documents.triggers import OF_PAPERS
from tests.clock import after
from tests.documents.arriving import kept, published, receive
from tests.documents.stores import ON_BOTH
from workflow.gaps import find_gaps


@pytest.fixture
def version(case, manager) -> Version:
    return kept(Target(case), by=manager, title="Letter")


@ON_BOTH
def test_what_is_left_over_for_a_day_goes_and_nothing_else(version, case, manager, storage):
    [waiting] = receive(Target(case), by=manager, title="Another")
    storage.put(str(uuid4()))
    for name in (str(uuid4()), "README"):
        (storage.quarantine / name).write_bytes(b"left over")
    before = storage.objects(), storage.waiting()

    assert sweep() == Swept(objects=0, files=0)  # somebody may be about to need them
    assert (storage.objects(), storage.waiting()) == before
    with after(hours=25):
        assert sweep() == Swept(objects=1, files=1)

    assert storage.objects() == [str(version.uuid)]
    assert storage.waiting() == sorted(["README", str(waiting.uuid)])


@ON_BOTH
def test_where_nothing_was_ever_uploaded_there_is_nothing_to_sweep(db, storage, capsys):
    call_command("sweep_documents")

    assert "Deleted: 0 objects, 0 files." in capsys.readouterr().out


@ON_BOTH
def test_every_paper_is_read_and_found_whole(version, capsys):
    call_command("verify_documents")

    told = capsys.readouterr().out
    assert "versions: 1, read: 1 kB" in told
    assert "Every paper is as it was uploaded." in told


@ON_BOTH
@pytest.mark.parametrize(
    ("damage", "said"),
    [("put", "is not what was uploaded"), ("lose", "is missing")],
    ids=["changed", "missing"],
)
def test_a_damaged_object_is_named(version, storage, capsys, damage, said):
    getattr(storage, damage)(str(version.uuid))

    with pytest.raises(CommandError, match="1"):
        call_command("verify_documents")

    told = capsys.readouterr().out
    assert f"The object of the version {version.uuid} {said}." in told


def test_papers_and_log_agree(version, manager):
    published(version, by=manager)

    assert find_gaps().damages == []


TAMPERINGS = {
    "another fingerprint": ("UPDATE documents_version SET sha256 = 'f'", "is not what the log"),
    "another number": ("UPDATE documents_version SET number = 9", "is not what the log says"),
    "shown to others": ("UPDATE documents_document SET visibility = 'public'", "shown to others"),
    "withdrawn in silence": (
        "UPDATE documents_version SET withdrawn_at = received_at", "differ on its withdrawal",
    ),
    "gone": ("DELETE FROM documents_version", "A version that the log tells of is gone"),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_changed_behind_the_doors_is_named(version, name):
    statement, said = TAMPERINGS[name]
    with connection.cursor() as cursor:
        for removal in OF_PAPERS.removals(connection.vendor):
            cursor.execute(removal)
        cursor.execute("UPDATE documents_intake SET document_id = NULL")
        cursor.execute("DELETE FROM documents_versiontext")
        cursor.execute(statement)

    told = [str(damage) for damage in find_gaps().damages]

    assert any(said in one for one in told), told
    assert Document.objects.count() == 1
