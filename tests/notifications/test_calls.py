"""The deadline of a call: whoever has begun an application is reminded before it."""

from datetime import date

import pytest

from notifications.models import Reminder
from notifications.services import tell_due
from tests.notifications.post_office import addressed, morning, work
from workflow import services
from workflow.rules import Due

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(clock, make_track, manager):
    track = make_track()
    return services.publish_call(
        track, by=manager, due=Due(date(2026, 12, 15)), opens_on=date(2026, 11, 1),
        published_on=date(2026, 11, 1),
    )  # fmt: skip


@pytest.fixture
def draft(call, municipality, coordinator, signatory):
    return services.open_application(call, municipality, by=coordinator)


def test_publishing_plans_the_reminders(call):
    planned = Reminder.objects.filter(call=call)

    assert {one.offset for one in planned} == {14, 7, 3, 1, 0}
    assert {one.recipient for one in planned} == {"applicants"}


def test_who_has_begun_is_reminded_who_has_not_is_not(
    call, draft, clock, coordinator, signatory, person, neighbour
):
    person("coordinator", over=neighbour)
    clock.now = morning(2026, 12, 8)

    mails = work(clock)

    assert addressed(mails) == sorted([coordinator.email, signatory.email])
    assert mails[0].subject.startswith("[Kikinda] Deadline in 7 days: Application to the call")


def test_an_extended_call_reminds_of_the_new_date_alone(call, draft, clock, manager):
    services.extend_call(call, Due(date(2026, 12, 22)), by=manager, reason="Asked for.")
    clock.now = morning(2026, 12, 8)
    [first, _second] = work(clock)
    assert "Deadline in 14 days" in first.subject

    assert Reminder.objects.filter(call=call, version=1, status="overtaken").count() == 2


def test_what_was_taken_back_is_not_asked_for(call, draft, clock, coordinator):
    services.withdraw_draft(draft, by=coordinator, expected_version=draft.version)
    clock.now = morning(2026, 12, 8)

    assert work(clock) == []


def test_what_is_taken_back_before_the_mail_leaves_is_not_asked_for(
    call, draft, clock, coordinator
):
    clock.now = morning(2026, 12, 8)
    tell_due()
    services.withdraw_draft(draft, by=coordinator, expected_version=draft.version)
    clock.let_pass(minutes=2)

    assert work(clock) == []


def test_a_call_that_is_closed_reminds_nobody_after_an_outage(call, draft, clock):
    clock.now = morning(2026, 12, 20)

    assert work(clock) == []
    assert set(Reminder.objects.values_list("status", flat=True)) == {"overtaken"}
