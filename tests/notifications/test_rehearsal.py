"""`manage.py reminders --dry-run`: whom the plan would tell on a day, and why."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from notifications.models import Delivery, Notice, Reminder
from notifications.services import tell_due
from tests.rights.probes import fingerprint
from tests.stepping import act_on, hand_in, the_step
from tests.world import step
from workflow import services
from workflow.services.people import end_mandate

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(opened):
    """A participation of which nothing is told yet."""
    return opened


def printed(on: str, **options) -> str:
    told = StringIO()
    call_command("reminders", "--dry-run", "--on", on, stdout=told, **options)
    return told.getvalue()


def test_says_who_is_told_of_what_and_why(case, coordinator):
    assert printed("2026-12-01").splitlines() == [
        "Kikinda, T1-001: Inspection. Deadline: 15 December 2026; 14 days before the deadline.",
        "    Coordinator: coordinator",
        "1 December 2026: 1 reminder. Nothing was sent or written.",
    ]


def test_once_it_is_late_those_above_are_told_too(case, person):
    person("mentor", over=case)

    assert printed("2026-12-22").splitlines() == [
        "Kikinda, T1-001: Inspection. Deadline: 15 December 2026; 7 days after the deadline.",
        "    Coordinator: coordinator",
        "Kikinda, T1-001: Inspection. Deadline: 15 December 2026; 7 days after the deadline.",
        "    Signatory: signatory",
        "    Mentor: mentor",
        "Kikinda, T1-001: Inspection. Deadline: 15 December 2026; 7 days after the deadline.",
        "    Programme manager: programme_manager",
        "22 December 2026: 3 reminders. Nothing was sent or written.",
    ]


def test_a_role_that_nobody_holds_is_named(case, coordinator, system):
    end_mandate(coordinator.mandates.get(), by=system)

    told = printed("2026-12-01")

    assert "    nobody holds the role: Coordinator. The programme managers are told so." in told


def test_on_other_days_and_for_what_is_done_nobody_is_told(case, coordinator, manager):
    none = "2 December 2026: 0 reminders. Nothing was sent or written.\n"
    assert printed("2026-12-02") == none

    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.accept_step, the_step(case, "inspection"), by=manager)
    assert "0 reminders" in printed("2026-12-01")


def test_what_was_handed_in_and_nobody_looks_at(case, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)

    told = printed("2026-11-26")

    assert "10 days after it was handed in." in told
    assert "    Programme manager: programme_manager" in told
    assert "    Coordinator: coordinator" in told


def test_of_today_it_names_what_an_outage_has_left_once(case, clock):
    clock.now = datetime(2026, 12, 12, 9, tzinfo=UTC)

    told = printed("2026-12-12")

    assert "3 days before the deadline" in told
    assert "14 days before" not in told


def test_it_says_what_the_worker_then_does(case, clock, person):
    person("mentor", over=case)
    clock.now = datetime(2026, 12, 22, 7, 0, 30, tzinfo=UTC)
    said = [line.strip() for line in printed("2026-12-22").splitlines() if line.startswith("  ")]

    tell_due()

    told = Notice.objects.filter(reminder__offset=-7).order_by("reminder__pk", "pk")
    assert [f"{one.get_role_display()}: {one.user}" for one in told] == said


def test_nothing_is_written(case, clock, coordinator, system):
    end_mandate(coordinator.mandates.get(), by=system)
    before = fingerprint()

    for on in ("2026-12-01", "2026-12-22"):
        printed(on)

    assert fingerprint() == before
    assert not Delivery.objects.exists()
    assert set(Reminder.objects.values_list("status", flat=True)) == {"planned"}


def test_one_programme_alone(case):
    assert "Kikinda" in printed("2026-12-01", programme="test_programme")
    with pytest.raises(CommandError, match="There is no programme “another”."):
        printed("2026-12-01", programme="another")


def test_working_days_are_said_as_such(clock, make_participation, coordinator):
    rule = step(
        deadline={"rule": "fixed", "on": "2026-12-15"}, reminders=[5], reminders_overdue=[2],
        reminders_count="working_days",
    )  # fmt: skip
    make_participation(stage="assessment", stages={"assessment": [rule]})

    assert "5 working days before the deadline." in printed("2026-12-08")
    assert "2 working days after the deadline." in printed("2026-12-17")


def test_without_the_dry_run_it_refuses():
    with pytest.raises(CommandError, match="Reminders are sent by the worker"):
        call_command("reminders", "--on", "2026-12-01")


def test_what_is_no_day_is_refused():
    with pytest.raises(CommandError, match="--on"):
        call_command("reminders", "--dry-run", "--on", "tomorrow")
