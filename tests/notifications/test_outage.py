"""Three days without a worker: all is told once or overtaken, in one mail to each person."""

from datetime import UTC, datetime

import pytest

from notifications.models import Notice, Reminder
from notifications.services import telling
from tests.notifications.post_office import morning, work
from tests.world import step

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(clock, make_participation, coordinator, signatory):
    """Steps due on five days running, so that within three days many reminders fall due."""
    owed = [
        step(f"part_{day}", deadline={"rule": "fixed", "on": f"2026-12-{day}"})
        for day in range(11, 16)
    ]
    case = make_participation(stage="assessment", stages={"assessment": owed})
    work(clock)
    clock.now = datetime(2026, 12, 7, 12, tzinfo=UTC)
    work(clock)
    return case


def test_one_mail_tells_all_that_fell_due_meanwhile(busy, clock, coordinator):
    clock.now = morning(2026, 12, 10)

    [mail] = work(clock)

    assert mail.to == [coordinator.email]
    assert "and 3 more" in mail.subject
    told = [line for line in mail.body.splitlines() if line.startswith("[Kikinda] Deadline")]
    assert len(told) == len(set(told)) == 4


def test_of_several_for_one_deadline_the_last_is_told_and_the_others_are_overtaken(busy, clock):
    clock.now = morning(2026, 12, 10)
    work(clock)

    due = Reminder.objects.filter(due_at__gt=datetime(2026, 12, 7, 12, tzinfo=UTC))
    due = due.filter(due_at__lte=clock.now)
    assert not due.filter(status="planned").exists()
    for one in due.filter(status="told"):
        same = due.filter(step=one.step, recipient=one.recipient)
        assert one.offset == min(same.values_list("offset", flat=True))
    assert due.filter(status="overtaken").exists()


def test_so_it_is_when_they_are_too_many_to_be_told_at_once(busy, clock, monkeypatch):
    monkeypatch.setattr(telling, "AT_ONCE", 1)
    clock.now = morning(2026, 12, 10)

    [mail] = work(clock)

    told = [line for line in mail.body.splitlines() if line.startswith("[Kikinda] Deadline")]
    assert len(told) == len(set(told)) == 4


def test_days_are_counted_from_today_not_from_the_day_that_was_planned(busy, clock):
    clock.now = morning(2026, 12, 10)

    [mail] = work(clock)

    assert "Deadline in 1 day: Part 11" in mail.body
    assert "Deadline in 5 days: Part 15" in mail.body
    assert Notice.objects.filter(kind="reminder").values("user").distinct().count() == 1
