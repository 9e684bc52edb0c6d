"""Hold and resume: the clock stops, and deadlines move by the days held."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.stepping import act_on, the_step
from tests.world import step
from workflow import services
from workflow.errors import MovedMeanwhile, NotReady, Refused
from workflow.models import Participation, Step
from workflow.rules import Due

DUE = {"memorandum": [step("sign", deadline={"rule": "fixed", "on": "2026-05-31", "at": "24:00"})]}
HELD, RESUMED = date(2026, 4, 1), date(2026, 4, 11)


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=DUE)


def again(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


@pytest.fixture
def held(participation, manager, perform) -> Participation:
    perform(participation, "hold", by=manager, decided_on=HELD)
    return again(participation)


def test_nothing_moves_on_while_the_clock_stands(held, manager, perform):
    assert held.on_hold_since == HELD
    with pytest.raises(NotReady, match="not on hold"):
        perform(held, "start_assessment", by=manager, decided_on=HELD)


def test_held_participations_are_not_overdue(held):
    Step.objects.filter(participation=held).update(due_at="2026-03-01T00:00:00+00:00")
    assert not Step.objects.overdue().exists()


def test_deadlines_move_by_the_days_held_with_that_reason(held, manager, perform):
    perform(held, "resume", by=manager, decided_on=RESUMED)

    moved = the_step(held, "sign").deadlines.last()
    assert (moved.version, moved.on, moved.at) == (2, date(2026, 6, 10), "24:00")
    assert moved.why == "10 days on hold."
    entry = held.entries.get(verb="move_deadline")
    assert (entry.facts["from"]["on"], entry.facts["to"]["on"]) == ("2026-05-31", "2026-06-10")


def test_a_deadline_set_in_between_moves_by_the_days_since(held, manager, perform, settle_clock):
    settle_clock(date(2026, 4, 6))
    act_on(
        services.move_deadline,
        the_step(held, "sign"),
        by=manager,
        due=Due(date(2026, 7, 1)),
        reason="Agreed.",
    )
    settle_clock(RESUMED)

    perform(held, "resume", by=manager, decided_on=RESUMED)

    assert the_step(held, "sign").deadlines.last().on == date(2026, 7, 6)


@pytest.fixture
def settle_clock(monkeypatch):
    """Set what the calendar of Belgrade shows."""
    from django.utils import timezone

    def show(day: date) -> None:
        monkeypatch.setattr(timezone, "localdate", lambda *args: day)

    return show


def test_hold_twice_from_one_page_holds_once(participation, manager, perform):
    perform(participation, "hold", by=manager)
    with pytest.raises(MovedMeanwhile):
        perform(participation, "hold", by=manager)


def test_what_stands_cannot_be_held_and_what_runs_cannot_resume(held, manager, perform):
    with pytest.raises(NotReady):
        perform(held, "hold", by=manager, decided_on=HELD)
    perform(held, "resume", by=manager, decided_on=RESUMED)
    with pytest.raises(NotReady):
        perform(again(held), "resume", by=manager, decided_on=RESUMED)


def test_a_held_participation_can_still_be_withdrawn(held, signatory, perform):
    assert perform(held, "withdraw", by=signatory).target == "withdrawn"


class TestMovingADeadline:
    def move(self, participation, by, **facts):
        usual = {"due": Due(date(2026, 6, 15)), "reason": "Elections."}
        return act_on(
            services.move_deadline, the_step(participation, "sign"), by=by, **usual | facts
        )

    def test_keeps_the_old_version_and_the_reason(self, participation, manager):
        self.move(participation, manager)

        old, new = the_step(participation, "sign").deadlines.all()
        assert (old.on, new.on, new.reason) == (date(2026, 5, 31), date(2026, 6, 15), "Elections.")
        assert new.set_by == manager

    def test_not_without_a_reason(self, participation, manager):
        with pytest.raises(Refused, match="why"):
            self.move(participation, manager, reason="")

    def test_makes_an_older_page_stale(self, participation, manager):
        page = the_step(participation, "sign")
        self.move(participation, manager)
        with pytest.raises(MovedMeanwhile):
            services.move_deadline(
                page, Due(date(2026, 7, 1)), by=manager, reason="x", expected_version=page.version,
                idempotency_key=uuid4(),
            )  # fmt: skip


def test_the_shift_is_a_law_of_days(held, manager, perform):
    days = 17
    perform(held, "resume", by=manager, decided_on=HELD + timedelta(days=days))
    moved = the_step(held, "sign").deadlines.last()
    assert moved.on - date(2026, 5, 31) == timedelta(days=days)
