"""The tool that lets tests commit: real commits, seen by every thread, gone afterwards."""

from django.db import connection

from municipalities.models import Municipality
from tests.conftest import facts_for
from tests.own_database import db, own_database, together  # noqa: F401
from workflow import services
from workflow.audit.verify import verify
from workflow.errors import MovedMeanwhile
from workflow.models import Participation


def test_what_is_written_is_committed_and_seen_by_other_threads(municipality):
    [seen] = together([lambda: Municipality.objects.filter(pk=municipality.pk).exists()])

    assert not connection.in_atomic_block
    assert seen is True


def test_every_test_begins_anew(db):  # noqa: F811
    assert not Municipality.objects.filter(code="80209").exists()


def test_an_empty_log_is_whole(db):  # noqa: F811
    report = verify()

    assert (report.entries, report.participations, report.damages) == (0, 0, [])


def test_five_who_come_at_once(make_participation, manager):
    participation = make_participation()
    asked = [facts_for(participation) | {"reason": "Elections."} for _ in range(5)]

    answers = together(
        [
            lambda facts=facts: services.perform_transition(
                participation, "hold", by=manager, **facts
            )
            for facts in asked
        ]
    )

    lost = [answer for answer in answers if isinstance(answer, MovedMeanwhile)]
    assert len(lost) == 4
    assert Participation.objects.get(pk=participation.pk).version == participation.version + 1
