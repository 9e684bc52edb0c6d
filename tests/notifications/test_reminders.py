"""A deadline is set, and its people are told in time: from the plan to the mail."""

from datetime import UTC, date, datetime

import pytest

from notifications.models import Delivery, Notice, Reminder
from notifications.services import Sender, record_sent, tell_due, tell_happened
from tests.stepping import the_step

pytestmark = pytest.mark.django_db


def send_all() -> None:
    sender = Sender()
    while sender.send_next():
        pass


def test_opening_a_step_plans_its_reminders_in_the_same_act(case):
    planned = Reminder.objects.filter(step=the_step(case, "inspection"))

    told = sorted((one.offset, one.recipient) for one in planned)
    assert told == sorted(
        [(14, "turn"), (7, "turn"), (3, "turn"), (1, "turn"), (0, "turn"), (-1, "turn"),
         (-1, "above"), (-7, "turn"), (-7, "above"), (-7, "manager")]
    )  # fmt: skip
    assert planned.get(offset=14).due_at == datetime(2026, 12, 1, 7, tzinfo=UTC)


def test_the_coordinator_gets_one_mail_at_the_time(case, clock, coordinator, mailoutbox):
    tell_happened()
    clock.let_pass(minutes=2)
    send_all()
    mailoutbox.clear()
    clock.now = datetime(2026, 12, 1, 7, 0, 30, tzinfo=UTC)

    tell_due()
    clock.let_pass(minutes=2)
    send_all()

    [mail] = mailoutbox
    assert mail.to == [coordinator.email]
    assert mail.subject == "[Kikinda] Deadline in 14 days: Inspection"
    assert "“Inspection” is due by 15 December 2026." in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail.extra_headers


def test_what_was_sent_stands_in_the_log(case, clock, coordinator):
    tell_happened()
    clock.now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    tell_due()
    clock.let_pass(minutes=2)
    send_all()

    record_sent()

    told = case.entries.filter(verb="tell")
    assert told.count() == Delivery.objects.filter(status="sent").count() > 0
    assert {one.facts["user"] for one in told} >= {coordinator.pk}
    assert not Notice.objects.filter(delivery__status="sent", told_in=None).exists()
