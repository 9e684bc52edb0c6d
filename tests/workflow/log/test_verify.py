"""An honest log verifies whole, and what may lawfully happen raises no alarm."""

import pytest
from django.db import connection

from tests.stepping import act_on, the_step
from tests.workflow.log.lived import fresh, perform
from workflow import services
from workflow.audit.models import Commitment, Entry
from workflow.audit.snapshot import one_snapshot
from workflow.audit.verify import verify
from workflow.models import Participation


def test_a_log_that_has_lived_is_whole(lived):
    report = verify()

    assert report.damages == []
    assert report.participations == 6
    assert report.entries == Entry.objects.count() > 50


def test_one_participation_alone(lived):
    kikinda = lived.participations[0]

    report = verify([kikinda])

    assert report.is_whole
    assert (report.participations, report.entries) == (1, kikinda.entries.count())


def test_the_participations_of_a_list(lived):
    report = verify(Participation.objects.filter(track__key="test_1").order_by("-reference"))

    assert (report.participations, report.damages) == (5, [])


def test_a_reason_that_was_erased_leaves_the_chain_whole(lived):
    Commitment.objects.all().delete()

    assert verify().is_whole


def test_a_new_key_leaves_what_the_old_one_sealed_whole(lived, settings):
    settings.LOG_HMAC_OLD_KEYS = {settings.LOG_HMAC_KEY_ID: settings.LOG_HMAC_KEY}
    settings.LOG_HMAC_KEY_ID, settings.LOG_HMAC_KEY = "next", "another key " * 6
    perform(lived, 0, "hold", reason="After the key changed.")

    assert verify().is_whole


def test_a_key_that_is_not_set_here_is_named(lived, settings):
    settings.LOG_HMAC_KEY_ID = "next"

    report = verify()

    assert len(report.damages) == 6 + 2  # every participation, and the counts of both tracks
    assert "“1”, which is not set here" in str(report.damages[0].why)


def test_another_key_fits_nothing(lived, settings):
    settings.LOG_HMAC_KEY = "of somebody else " * 4

    assert {damage.seq for damage in verify([lived.participations[0]]).damages} == {0, 1}


def test_reads_in_one_statement_for_all_chains(lived, django_assert_num_queries):
    with django_assert_num_queries(3):  # chains, counts of the tracks, orphans
        verify()


def test_nothing_is_begun_inside_a_transaction_of_the_caller(lived):
    with one_snapshot():
        perform(lived, 5, "hold", reason="In the same transaction.")

    assert fresh(lived.participations[5]).on_hold_since is not None


@pytest.mark.parametrize("door", [services.reopen_step])
def test_what_is_opened_again_verifies_too(lived, door):
    kikinda = fresh(lived.participations[0])

    act_on(door, the_step(kikinda, "paper"), by=lived.manager, reason="A page is missing.")

    assert verify().is_whole


def test_a_thousand_entries_of_one_participation_are_verified_alone(lived):
    participation = lived.participations[0]
    lengthen(participation, lived.manager, 1000)

    report = verify([participation])

    assert report.is_whole
    assert report.participations == 1
    assert report.entries > 1000


def lengthen(participation: Participation, manager, entries: int) -> None:
    from workflow.audit import log
    from workflow.services.saving import save_head

    participation.refresh_from_db()
    lines = [log.Line("return", reason="Потпис недостаје.") for _ in range(entries)]
    log.append_all(participation, lines, by=log.Actor(manager, "programme_manager"))
    save_head(participation)
    assert connection.in_atomic_block
