"""A deadline that moved, a case on hold: the old date reaches nobody."""

from datetime import date
from uuid import uuid4

import pytest

from notifications.models import Delivery, Notice, Reminder
from notifications.services import tell_due
from tests.notifications.post_office import addressed, morning, send_all, work
from tests.stepping import the_step
from workflow import services
from workflow.models import Participation
from workflow.rules import Due

pytestmark = pytest.mark.django_db


def move(case, day: date, *, by) -> None:
    step = the_step(case, "inspection")
    services.move_deadline(
        step, Due(day), by=by, reason="The hall was closed.", expected_version=step.version,
        idempotency_key=uuid4(),
    )  # fmt: skip


def test_the_new_date_is_planned_in_the_act_that_moves_it(case, manager):
    move(case, date(2026, 12, 22), by=manager)

    planned = Reminder.objects.filter(step=the_step(case, "inspection"), version=2)
    assert planned.count() == 10


def test_the_people_are_told_the_new_date_and_reminded_of_it_alone(
    case, clock, coordinator, manager
):
    move(case, date(2026, 12, 22), by=manager)

    [mail] = work(clock)
    assert mail.to == [coordinator.email]
    assert mail.subject == "[Kikinda] Another deadline: Inspection"
    assert "22 December 2026" in mail.body
    assert "List-Unsubscribe" in mail.extra_headers  # nothing is to be done

    clock.now = morning(2026, 12, 1)  # the day for the old date
    assert work(clock) == []
    clock.now = morning(2026, 12, 8)
    [mail] = work(clock)
    assert mail.subject == "[Kikinda] Deadline in 14 days: Inspection"


def test_moved_between_telling_and_sending_the_old_date_is_not_sent(case, clock, manager):
    clock.now = morning(2026, 12, 1)
    tell_due()
    move(case, date(2027, 1, 15), by=manager)
    clock.let_pass(minutes=2)

    send_all()

    assert Notice.objects.get(kind="reminder").is_stale
    assert Delivery.objects.get(status="stale").attempts == 1


def test_on_hold_nobody_is_reminded_and_afterwards_of_the_moved_date(
    case, clock, manager, perform, coordinator
):
    perform(case, "hold", by=manager, decided_on=date(2026, 11, 16))
    work(clock)
    clock.now = morning(2026, 12, 1)
    assert work(clock) == []

    case = Participation.objects.get(pk=case.pk)
    perform(case, "resume", by=manager, decided_on=date(2026, 12, 1))
    work(clock)
    clock.now = morning(2026, 12, 16)  # 15 days later than 1 December

    assert addressed(work(clock)) == [coordinator.email]


def test_a_hold_without_a_day_between_loses_no_reminder(case, clock, manager, perform, coordinator):
    perform(case, "hold", by=manager, decided_on=date(2026, 11, 16))
    case = Participation.objects.get(pk=case.pk)
    perform(case, "resume", by=manager, decided_on=date(2026, 11, 16))
    work(clock)
    clock.now = morning(2026, 12, 1)

    assert addressed(work(clock)) == [coordinator.email]
