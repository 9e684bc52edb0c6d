"""A sender reads several messages at once: what changes before their turn comes is noticed."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from notifications.models import Delivery, Notice
from notifications.services import Sender, tell_due
from notifications.services.claiming import AHEAD, claim, read, reserve
from notifications.services.posting import new_message, post
from tests.notifications.mail_server import MailServer, in_place_of_the_real_one
from tests.notifications.post_office import morning, send_all
from tests.stepping import the_step
from workflow import services
from workflow.rules import Due

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch) -> MailServer:
    return in_place_of_the_real_one(monkeypatch)


@pytest.fixture
def sender(case, clock, coordinator, signatory, server) -> Sender:
    """Has read two messages and sent the first; the second is the coordinator's reminder."""
    clock.now = morning(2026, 12, 1)
    post([Notice(user=signatory, kind="test")])
    tell_due()
    clock.let_pass(minutes=2)
    sender = Sender()
    assert sender.send_next()
    return sender


def test_what_did_not_change_is_sent_as_it_was_read(sender, server, coordinator):
    sender.send_next()

    assert [mail.to for mail in server.taken][1] == [coordinator.email]


def test_a_deadline_moved_meanwhile_is_not_told(sender, server, case, manager, coordinator):
    step = the_step(case, "inspection")
    services.move_deadline(
        step, Due(date(2027, 1, 15)), by=manager, reason="The hall was closed.",
        expected_version=step.version, idempotency_key=uuid4(),
    )  # fmt: skip

    sender.send_next()

    assert len(server.taken) == 1
    assert Delivery.objects.get(notices__kind="reminder").status == "stale"


def test_a_mandate_ended_meanwhile_is_noticed(sender, server, coordinator, signatory):
    services.end_mandate(coordinator.mandates.get(), by=signatory)

    sender.send_next()

    assert len(server.taken) == 1


def test_a_right_taken_away_by_hand_is_noticed_too(sender, server, coordinator):
    coordinator.mandates.get().right.delete()

    sender.send_next()

    assert len(server.taken) == 1


def test_another_address_given_meanwhile_is_written_to(sender, server, coordinator):
    coordinator.email = "other@example.org"
    coordinator.save()

    sender.send_next()

    assert server.taken[1].to == ["other@example.org"]


def test_paused_meanwhile_it_is_not_sent(sender, server, coordinator):
    Delivery.objects.filter(status="new").update(status="paused")

    assert not sender.send_next()

    assert len(server.taken) == 1


def test_what_was_read_a_second_ago_is_read_again(many_messages, monkeypatch):
    taken = read(reserve("mail"))[0]
    notices = taken.notices
    taken.refresh()
    assert taken.notices is notices

    monkeypatch.setattr("notifications.services.claiming.OLDEST", 0)
    taken.refresh()

    assert taken.notices is not notices


def test_two_senders_do_not_read_the_same(many_messages):
    first, second = reserve("mail"), reserve("mail")

    assert len(first) == AHEAD
    assert len(second) == 5
    assert not set(first) & set(second)


def test_what_a_killed_sender_had_read_is_free_again_without_a_try_counted(
    many_messages, clock, server
):
    reserve("mail")  # and then it is killed
    clock.let_pass(seconds=31)

    send_all()

    assert len(server.taken) == AHEAD + 5
    assert set(Delivery.objects.filter(status="sent").values_list("attempts", flat=True)) == {1}


def test_what_somebody_else_took_over_is_not_claimed(many_messages, clock):
    slow = read(reserve("mail"))[0].delivery
    clock.let_pass(seconds=31)
    assert slow.pk in reserve("mail")

    assert not claim(slow)


def test_each_message_costs_three_statements_and_those_of_reading_are_shared(many_messages, server):
    with CaptureQueriesContext(connection) as captured:
        send_all()

    assert len(server.taken) == AHEAD + 5
    shared = 13  # asked, reserved, read and released, twice; and asked once more
    assert len(captured) <= 3 * (AHEAD + 5) + 2 * shared


@pytest.fixture
def many_messages(case, clock, coordinator):
    """More than a sender reads at once, each about the same participation."""
    clock.now = morning(2026, 11, 20)
    for _number in range(AHEAD + 5):
        message = new_message(coordinator.pk, "now", None, clock.now)
        message.save()
        Notice.objects.create(
            user=coordinator, kind="moved", role="coordinator", participation=case,
            delivery=message, made_at=clock.now,
        )  # fmt: skip
    clock.let_pass(minutes=2)
