"""What is kept for boards and lists: due, turns, ready; always as the steps stand."""

from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.apps import apps
from django.utils import timezone

from tests.conftest import facts_for
from tests.stepping import act_on, hand_in, the_step
from tests.world import step
from workflow import services
from workflow.gaps import find_gaps
from workflow.glance import BITS
from workflow.models import Participation, Proposal
from workflow.rules import Due

SOON = {"rule": "relative", "to": "stage", "days": 30}
LATER = {"rule": "relative", "to": "stage", "days": 60}
STAGES = {
    "memorandum": [
        step("sign", deadline=SOON, accepted_by="programme_manager"),
        step("publish", deadline=LATER, accepted_by=""),
        step("visit", required=False),
    ]
}
MANAGER, EVALUATOR = BITS["programme_manager"], BITS["evaluator"]
COORDINATOR = BITS["coordinator"]


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages=STAGES)


def kept(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


def test_on_entering_a_stage_the_first_deadline_and_who_owes_it(participation):
    sign = the_step(participation, "sign")

    assert (participation.next_due_at, participation.turn) == (sign.due_at, "coordinator")
    assert not participation.is_ready


def test_what_is_handed_in_is_the_turn_of_the_reviewer(participation, coordinator):
    hand_in(the_step(participation, "sign"), by=coordinator)

    assert kept(participation).turn == "programme_manager"
    assert kept(participation).next_due_at == the_step(participation, "sign").due_at


def test_when_every_required_step_is_settled_it_is_ready(participation, coordinator, manager):
    for key in ("sign", "publish"):
        hand_in(the_step(participation, key), by=coordinator)
    act_on(services.accept_step, the_step(participation, "sign"), by=manager)

    now = kept(participation)
    assert (now.is_ready, now.next_due_at, now.turn) == (True, None, "programme_manager")


def test_on_hold_nothing_is_due_and_resuming_brings_it_back(participation, manager, perform):
    perform(participation, "hold", by=manager)
    assert kept(participation).next_due_at is None

    services.perform_transition(
        participation, "resume", by=manager, **facts_for(kept(participation))
    )
    assert kept(participation).next_due_at == the_step(participation, "sign").due_at


def test_a_moved_deadline_is_the_next_one_at_once(participation, manager):
    tomorrow = Due(timezone.localdate() + timedelta(days=1), "", "day")

    act_on(
        services.move_deadline, the_step(participation, "sign"),
        by=manager, due=tomorrow, reason="Asked for.",
    )  # fmt: skip

    assert kept(participation).next_due_at == the_step(participation, "publish").due_at


def test_one_that_ended_owes_nothing(participation, manager, perform):
    perform(participation, "discontinue", by=manager)

    now = kept(participation)
    assert (now.next_due_at, now.turn, now.is_ready) == (None, "", False)


def test_it_is_kept_for_whom_anything_waits_required_or_not(participation, coordinator, manager):
    assert participation.turns == COORDINATOR

    hand_in(the_step(participation, "sign"), by=coordinator)
    assert kept(participation).turns == COORDINATOR | MANAGER

    hand_in(the_step(participation, "publish"), by=coordinator)
    act_on(services.accept_step, the_step(participation, "sign"), by=manager)
    ready = kept(participation)
    assert (ready.is_ready, ready.turns) == (True, COORDINATOR | MANAGER)  # there is the visit


def test_on_hold_and_once_it_has_ended_nothing_waits_for_anybody(participation, manager, perform):
    perform(participation, "hold", by=manager)
    assert kept(participation).turns == 0

    perform(kept(participation), "resume", by=manager)
    assert kept(participation).turns == COORDINATOR

    perform(kept(participation), "discontinue", by=manager)
    assert kept(participation).turns == 0


def test_what_waits_for_a_second_person_waits_for_no_role(
    make_participation, coordinator, evaluator, manager, deputy
):
    rated = step("rating", accepted_by="evaluator", second_person=True)
    participation = make_participation(stage="memorandum", stages={"memorandum": [rated]})
    hand_in(the_step(participation, "rating"), by=coordinator)
    assert kept(participation).turns == EVALUATOR

    act_on(services.accept_step, the_step(participation, "rating"), by=evaluator)
    assert kept(participation).turns == 0
    assert find_gaps().damages == []

    [proposal] = Proposal.objects.all()
    services.decline_proposal(proposal, by=deputy, reason="Look again.", idempotency_key=uuid4())
    assert kept(participation).turns == COORDINATOR


WRONG = [{"turn": "mentor"}, {"is_ready": True}, {"next_due_at": None}, {"turns": 2}]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_the_steps_is_found(participation, wrong):
    Participation.objects.filter(pk=participation.pk).update(**wrong)

    [damage] = find_gaps().damages

    assert damage.reference == participation.reference
    assert next(iter(wrong)) in damage.why


def test_rows_from_before_are_filled_in_by_the_migration(participation, coordinator):
    hand_in(the_step(participation, "sign"), by=coordinator)
    Participation.objects.update(turn="", next_due_at=None, is_ready=False)

    import_module("workflow.migrations.0003_glance").look(apps, None)

    assert find_gaps().damages == []


def test_whose_turn_it_is_anywhere_is_filled_in_by_its_migration(
    participation, make_participation, neighbour, coordinator, manager, perform
):
    hand_in(the_step(participation, "sign"), by=coordinator)
    held = make_participation(stage="memorandum", of=neighbour, stages=STAGES)
    perform(held, "hold", by=manager)
    ready = make_participation(stage="assessment", of=neighbour)
    assert kept(ready).is_ready
    Participation.objects.update(turns=0)

    import_module("workflow.migrations.0009_pages_by_index").look(apps, None)

    assert find_gaps().damages == []
    assert kept(participation).turns == COORDINATOR | MANAGER
