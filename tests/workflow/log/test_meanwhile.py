"""Verifying while people work: one moment of the database, no false alarm, nobody kept waiting."""

import pytest
from django.db import connection

from tests.own_database import db, own_database, together  # noqa: F401
from tests.workflow.log.lived import live, perform
from workflow.audit.models import Entry
from workflow.audit.snapshot import one_snapshot
from workflow.audit.verify import verify
from workflow.gaps import find_gaps


@pytest.fixture
def lived(make_track, person, programme):
    """A world of its own, in which the tests commit."""
    return live(make_track, person, programme)


def test_entries_written_meanwhile_raise_no_alarm(lived):
    def write():
        for _ in range(10):
            perform(lived, 5, "hold", reason="Elections.")
            perform(lived, 5, "resume")

    def read():
        return [report.damages for _ in range(10) for report in (verify(), find_gaps())]

    wrote, found = together([write, read])

    assert wrote is None
    assert found == [[]] * 20


def test_a_snapshot_does_not_see_what_is_committed_after_it_began(lived):
    with one_snapshot():
        before = Entry.objects.count()
        [error] = together([lambda: perform(lived, 5, "hold", reason="Meanwhile.")])
        during = Entry.objects.count()

    assert error is None, "the writer was not kept waiting"
    assert during == before
    assert Entry.objects.count() > before
    assert not connection.in_atomic_block


def test_after_a_snapshot_writing_goes_on_as_before(lived):
    with one_snapshot():
        Entry.objects.count()

    perform(lived, 5, "hold", reason="Afterwards.")

    assert verify().is_whole
