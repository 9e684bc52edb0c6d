"""What is late reaches whoever stands above, announced before; what is not looked at, too."""

import pytest

from notifications.models import Notice, Reminder
from notifications.services import tell_due
from tests.notifications.post_office import addressed, morning, work
from tests.stepping import act_on, hand_in, the_step
from workflow import services

pytestmark = pytest.mark.django_db


@pytest.fixture
def mentor(person, case):
    return person("mentor", over=case)


def test_it_is_announced_before_it_happens(case, clock, mentor):
    work(clock)
    clock.now = morning(2026, 12, 14)

    [mail] = work(clock)

    assert (
        "If nothing arrives before 16 December 2026, these are told too: Signatory, Mentor."
        in mail.body
    )


def test_a_day_late_signatory_and_mentor_are_told_too(case, clock, coordinator, signatory, mentor):
    work(clock)
    clock.now = morning(2026, 12, 16)

    mails = work(clock)

    assert addressed(mails) == sorted([coordinator.email, signatory.email, mentor.email])
    [to_mentor] = [mail for mail in mails if mail.to == [mentor.email]]
    assert to_mentor.subject == "[Kikinda] 1 day late: Inspection"
    assert "“Inspection” was due by 15 December 2026." in to_mentor.body
    assert "It is the move of: Coordinator." in to_mentor.body


def test_handed_in_before_the_mail_leaves_nobody_above_is_told(
    case, clock, coordinator, signatory, mentor
):
    clock.now = morning(2026, 12, 16)
    tell_due()
    hand_in(the_step(case, "inspection"), by=coordinator)

    assert not [mail for mail in work(clock) if "late" in mail.subject]
    assert Notice.objects.filter(kind="reminder_above", is_stale=True).count() == 2


def test_a_week_late_the_programme_manager_is_told_too(case, clock, manager):
    clock.now = morning(2026, 12, 22)

    assert manager.email in addressed(work(clock))


def test_where_nobody_holds_the_role_the_manager_is_told_that(
    case, clock, coordinator, manager, system
):
    services.end_mandate(coordinator.mandates.get(), by=system)
    work(clock)
    clock.now = morning(2026, 12, 1)

    mails = work(clock)

    assert addressed(mails) == [manager.email]
    assert mails[0].subject == "[Kikinda] Nobody to remind: Inspection"
    assert Reminder.objects.get(offset=14).status == "nobody"


def test_what_waits_for_the_programme_reminds_the_programme(case, clock, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)
    work(clock)
    clock.now = morning(2026, 11, 21)

    [mail] = work(clock)

    assert mail.to == [manager.email]
    assert mail.subject == "[Kikinda] Waits for 5 days: Inspection"


def test_and_the_municipality_is_told_where_it_lies(case, clock, coordinator, signatory, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)
    work(clock)
    clock.now = morning(2026, 11, 26)

    mails = work(clock)

    assert addressed(mails) == sorted([manager.email, coordinator.email, signatory.email])
    [waiting] = Notice.objects.filter(kind="waiting", user=coordinator)
    assert not waiting.needs_action
    [told] = [mail for mail in mails if mail.to == [coordinator.email]]
    assert "What you handed in lies with: Programme manager." in told.body


def test_handed_in_again_the_silence_is_counted_anew(case, clock, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)
    clock.let_pass(days=3)
    act_on(services.return_step, the_step(case, "inspection"), by=manager, remarks=["Add dates."])
    hand_in(the_step(case, "inspection"), by=coordinator)
    work(clock)

    clock.now = morning(2026, 11, 21)  # five days after the first time
    assert work(clock) == []
    clock.now = morning(2026, 11, 24)
    assert addressed(work(clock)) == [manager.email]
