"""A deadline is set, and its people are told in time: from the plan to the mail and the log."""

from datetime import UTC, datetime

import pytest

from notifications.models import Delivery, Notice, Reminder
from notifications.services import plan_missing, tell_due
from notifications.services.planning import plan_for
from tests.notifications.post_office import addressed, morning, work
from tests.stepping import hand_in, settle, the_step
from tests.world import step
from workflow import services

pytestmark = pytest.mark.django_db


def test_opening_a_step_plans_its_reminders_in_the_same_act(case):
    planned = Reminder.objects.filter(step=the_step(case, "inspection"))

    told = sorted((one.offset, one.recipient) for one in planned)
    assert told == sorted(
        [(14, "turn"), (7, "turn"), (3, "turn"), (1, "turn"), (0, "turn"), (-1, "turn"),
         (-1, "above"), (-7, "turn"), (-7, "above"), (-7, "manager")]
    )  # fmt: skip
    assert planned.get(offset=14).due_at == datetime(2026, 12, 1, 7, tzinfo=UTC)


def test_the_coordinator_gets_one_mail_at_the_time(case, clock, coordinator):
    clock.now = morning(2026, 12, 1)

    [mail] = work(clock)

    assert mail.to == [coordinator.email]
    assert mail.subject == "[Kikinda] Deadline in 14 days: Inspection"
    assert "“Inspection” is due by 15 December 2026." in mail.body
    assert mail.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "List-Unsubscribe" not in mail.extra_headers


def test_told_once_however_often_the_worker_looks(case, clock):
    clock.now = morning(2026, 12, 1)
    work(clock)

    assert tell_due() == 0
    assert work(clock) == []


def test_the_mail_comes_in_the_readers_language_and_script(case, clock, coordinator):
    coordinator.language = "sr"
    coordinator.save(update_fields=["language"])
    clock.now = morning(2026, 12, 8)

    [mail] = work(clock)

    assert mail.subject == "[Кикинда] Рок за 7 дана: Јавни увид"
    assert "рок је 15. децембра 2026" in mail.body
    [(html, kind)] = mail.alternatives
    assert kind == "text/html"
    assert '<html lang="sr-Cyrl">' in html


def test_what_was_handed_in_is_not_asked_for_again(case, clock, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)
    work(clock)
    clock.now = morning(2026, 12, 14)

    work(clock)

    told = Notice.objects.filter(kind="reminder").values_list("user", flat=True)
    assert list(told) == [manager.pk]  # whose move it is now


def test_what_is_handed_in_before_the_reminder_leaves_is_not_asked_for(case, clock, coordinator):
    clock.now = morning(2026, 12, 8)
    tell_due()
    hand_in(the_step(case, "inspection"), by=coordinator)

    assert coordinator.email not in addressed(work(clock))
    assert Notice.objects.get(user=coordinator, kind="reminder").is_stale


def test_what_is_settled_reminds_nobody(case, clock, coordinator, manager):
    settle(case, "inspection", by=coordinator, accepted_by=manager)
    work(clock)
    clock.now = morning(2026, 12, 16)

    assert work(clock) == []
    assert not Reminder.objects.filter(status="told").exists()


def test_a_new_coordinator_gets_the_reminders_of_the_old_one(
    case, clock, coordinator, person, municipality, system
):
    [mandate] = coordinator.mandates.all()
    services.end_mandate(mandate, by=system)
    successor = person("coordinator", over=municipality)
    work(clock)
    clock.now = morning(2026, 12, 1)

    assert addressed(work(clock)) == [successor.email]


def test_what_was_sent_stands_in_the_log(case, clock, coordinator):
    clock.now = morning(2026, 12, 1)
    work(clock)

    told = case.entries.filter(verb="tell")
    assert told.count() == Delivery.objects.filter(status="sent").count() > 0
    last = told.order_by("seq").last()
    assert last.facts["user"] == coordinator.pk
    assert last.facts["told"] == ["reminder"]
    assert not Notice.objects.filter(delivery__status="sent", told_in=None).exists()


def test_planning_again_plans_nothing_twice(case):
    entries = list(case.entries.order_by("seq"))
    before = Reminder.objects.count()

    plan_for(None, entries)

    assert Reminder.objects.count() == before
    assert plan_missing() == 0


def test_the_sweep_plans_what_is_missing(case, clock):
    Reminder.objects.all().delete()
    clock.now = morning(2026, 12, 7)

    assert plan_missing() == 9  # the line of 14 days before is past
    assert plan_missing() == 0


def test_working_days_where_the_rule_says_so(clock, make_participation):
    rule = {"rule": "fixed", "on": "2027-01-11"}  # a Monday after Christmas and New Year
    counted = step(
        deadline=rule, reminders=[3], reminders_overdue=[1], reminders_count="working_days"
    )
    case = make_participation(stage="assessment", stages={"assessment": [counted]})

    planned = Reminder.objects.filter(step=the_step(case, "inspection"), recipient="turn")

    days = {one.offset: one.due_at.date().isoformat() for one in planned}
    assert days == {3: "2027-01-05", -1: "2027-01-12"}  # 1, 2 and 7 January are holidays
