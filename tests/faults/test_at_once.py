"""Five clocks, three senders and somebody who moves the deadline, all at the same moment."""

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.models import User
from municipalities.models import Municipality
from notifications.models import Delivery, Notice, Occasion, Reminder
from notifications.services import (
    Sender,
    plan_missing,
    planning,
    record_sent,
    tell_due,
    tell_happened,
)
from tests.clock import set_to
from tests.faults.crowd import appoint, hold_back, municipality, programme_manager
from tests.faults.long import long_form, part_of
from tests.notifications.mail_server import MailServer, in_place_of_the_real_one
from tests.own_database import db, own_database, together  # noqa: F401
from tests.stepping import the_step
from tests.world import procedure_text, step
from workflow import services
from workflow.models import Step, Track
from workflow.rules import Due

DEADLINES, PLACES_AT_FULL_SIZE = 40, part_of(25)
OFFSETS, TO_COME = [7, 6, 4, 3, 2, 1], 4  # days before; the first two fell due meanwhile
LONGEST_PAUSE = 0.03  # seconds, before a deadline moves; it is told and sent about as fast
RACES, RACES_AT_FULL_SIZE = 12, part_of(1_000)


@pytest.fixture
def server(monkeypatch) -> MailServer:
    return in_place_of_the_real_one(monkeypatch)


@pytest.fixture
def make_busy(db, settings) -> Callable[..., list[Any]]:  # noqa: F811
    """Participations, each with many steps whose reminders fell due since it was opened."""
    settings.MAIL_GATHERED_SECONDS = settings.MAILS_PER_SECOND = 0
    today = timezone.localdate()
    then, on = today - timedelta(days=3), (today + timedelta(days=5)).isoformat()
    rule = {"deadline": {"rule": "fixed", "on": on}, "reminders": OFFSETS, "reminders_overdue": []}
    owed = [step(f"part_{number}", **rule) for number in range(DEADLINES)]
    text = procedure_text(route=["assessment"], places=None, stages={"assessment": owed})

    def make(places: int) -> list[Any]:
        with set_to(then.year, then.month, then.day):
            manager = programme_manager()
            track = services.load_procedure(text).track
            cases = [open_at(municipality(number), track, manager) for number in range(places)]
        Occasion.objects.update(told_at=timezone.now())
        return cases

    return make


def open_at(unit: Municipality, track: Track, manager: User) -> Any:
    appoint([f"coordinator.{unit.code}@example.org"], unit)
    case = services.open_participation(
        track, unit, by=manager, decided_on=timezone.localdate(), reason="",
        idempotency_key=uuid4(),
    )  # fmt: skip
    case.manager = manager
    return case


@pytest.fixture
def busy(make_busy):
    [case] = make_busy(1)
    return case


def send_all() -> int:
    sender, tried = Sender(), 0
    while sender.send_next():
        tried += 1
    return tried


def test_five_clocks_and_three_senders_tell_each_line_once(busy, server):
    Reminder.objects.filter(step__position__lt=10).delete()  # some were never planned
    acts = [plan_missing] * 5 + [tell_due] * 5 + [send_all] * 3 + [record_sent] * 2

    for _round in range(3):
        results = together(acts)
        assert not [one for one in results if isinstance(one, Exception)]
    together([tell_due, send_all, record_sent])
    record_sent()

    plan = Reminder.objects.filter(recipient="turn").values_list("step", "version", "offset")
    assert max(Counter(plan).values()) == 1
    told = Notice.objects.filter(kind="reminder").values_list("step", flat=True)
    assert max(Counter(told).values()) == 1
    assert max(Counter(mail.extra_headers["Message-ID"] for mail in server.taken).values()) == 1
    assert not Reminder.objects.filter(status="planned", due_at__lte=timezone.now()).exists()
    assert not Delivery.objects.filter(status__in=["new", "sending"]).exists()
    assert not Delivery.objects.filter(status="sent", is_recorded=False).exists()


def test_five_clocks_plan_each_line_once(make_busy, server, monkeypatch):
    monkeypatch.setattr(planning, "AT_ONCE", 10)  # deadlines, so that each writes several times

    assert plan_at_once(make_busy(2)) == 2 * DEADLINES * TO_COME


@long_form
def test_five_clocks_plan_a_thousand_deadlines_each_line_once(make_busy, server, row):
    lines = plan_at_once(make_busy(PLACES_AT_FULL_SIZE))

    assert lines == PLACES_AT_FULL_SIZE * DEADLINES * TO_COME
    row("planned at once", lines, "5 clocks, 3 senders")


def plan_at_once(cases: list[Any]) -> int:
    """As if nothing had been planned. How many lines there are then."""
    Reminder.objects.all().delete()
    results = together([plan_missing] * 5 + [tell_due] * 2 + [send_all] * 3)
    assert not [one for one in results if isinstance(one, Exception)]
    return Reminder.objects.filter(step__participation__in=cases).count()


def test_a_deadline_that_moves_while_it_is_told_and_sent(busy, server):
    """What was claimed before the move counts as handed over (ADR 0025); nothing after it is."""
    race_often(busy, RACES)


@long_form
def test_a_thousand_deadlines_that_move_while_they_are_told_and_sent(busy, server, row):
    race_often(busy, RACES_AT_FULL_SIZE)

    told = Notice.objects.filter(kind="reminder")
    before = told.filter(is_stale=False, delivery__status="sent").count()
    faults = f"{before} told before the move, {RACES_AT_FULL_SIZE - before} overtaken by it"
    row("deadline that moves", RACES_AT_FULL_SIZE, faults)


def race_often(case, races: int) -> None:
    """Step after step, each again and again; every second time it was told before and is sent."""
    hold_back()
    for number in range(races):
        moved = the_step(case, f"part_{number % DEADLINES}")
        let_fall_due(moved)
        if number % 2:
            tell_due()
        race(moved, timezone.localdate() + timedelta(days=300 + number), by=case.manager)

    assert Notice.objects.filter(kind="deadline_moved", is_stale=False).count() == races


def let_fall_due(step: Step) -> None:
    """One line of the plan of its present deadline, and nothing else."""
    present = step.reminders.filter(version=step.deadline_version, recipient="turn", offset=7)
    assert present.update(due_at=timezone.now()) == 1


def race(moved: Step, to: date, *, by) -> None:
    def move() -> datetime:
        time.sleep(random.uniform(0, LONGEST_PAUSE))
        services.move_deadline(
            moved, Due(to), by=by, reason="The hall was closed.",
            expected_version=moved.version, idempotency_key=uuid4(),
        )  # fmt: skip
        return timezone.now()

    results = together([move, tell_due, send_all])
    assert not [one for one in results if isinstance(one, Exception)]
    committed = results[0]
    together([tell_due, tell_happened])
    send_all()
    told = Notice.objects.filter(step=moved, kind="reminder", is_stale=False)
    for notice in told.filter(reminder__version=moved.deadline_version, delivery__status="sent"):
        assert notice.delivery.claimed_at <= committed
