"""Fifty at once on each transition: one success, forty-nine are told who was faster."""

from collections import Counter
from uuid import uuid4

import pytest
from django.test import Client

from tests.conftest import facts_for, open_in
from tests.own_database import db, own_database, together  # noqa: F401
from tests.stepping import TOLD, the_step
from tests.world import ROUTE, step
from workflow import services
from workflow.audit.verify import verify
from workflow.errors import MovedMeanwhile, NotReady, Refused
from workflow.models import KeyReused, Participation, Proposal

MANY = 50
FROM = {
    "select": "application",
    "reject": "application",
    "start_assessment": "memorandum",
    "adopt_strategy": "assessment",
    "award_cofinancing": "strategy_adopted",
    "move_to_sustainability": "cofinancing",
    "complete": "sustainability",
    "withdraw": "assessment",
    "discontinue": "assessment",
    "hold": "assessment",
    "resume": "assessment",
}


def at_once(participation: Participation, name: str, *, by, times: int = MANY, **facts) -> list:
    """What became of so many equal requests, each with a key of its own unless one is given."""
    acts = [
        lambda: services.perform_transition(
            Participation.objects.get(pk=participation.pk),
            name,
            by=by,
            **facts_for(participation, **facts),
        )
    ] * times
    return together(acts)


def counted(results: list) -> Counter:
    return Counter(type(result).__name__ for result in results)


@pytest.mark.parametrize("name", FROM)
def test_one_success_and_the_others_are_told(make_participation, manager, perform, name):
    participation = make_participation(stage=FROM[name])
    if name == "resume":
        perform(participation, "hold", by=manager)
    participation = Participation.objects.get(pk=participation.pk)
    before = participation.entries.count()

    results = at_once(participation, name, by=manager)

    assert counted(results) == {"Entry": 1, "MovedMeanwhile": MANY - 1}
    moved = Participation.objects.get(pk=participation.pk)
    assert moved.version == participation.version + 1
    assert moved.entries.filter(verb=name, version=moved.version).count() == 1
    assert moved.entries.count() > before
    assert not verify().damages


def test_step_back_is_approved_once(make_participation, manager, deputy, perform):
    participation = make_participation(stage="assessment", route=ROUTE)
    perform(participation, "step_back", by=manager)
    proposal = Proposal.objects.get()

    results = together(
        [lambda: services.approve_proposal(proposal, by=deputy, idempotency_key=uuid4())] * MANY
    )

    entries = [result for result in results if not isinstance(result, Exception)]
    lost = [result for result in results if isinstance(result, Refused | MovedMeanwhile)]
    assert (len(entries), len(lost)) == (1, MANY - 1)
    assert Participation.objects.get(pk=participation.pk).stage == "memorandum"


def test_one_key_fifty_times_is_one_act_with_fifty_equal_answers(make_participation, manager):
    participation = make_participation()

    results = at_once(participation, "select", by=manager, idempotency_key=uuid4())

    assert {type(result).__name__ for result in results} == {"Entry"}
    assert len({result.pk for result in results}) == 1


def test_one_key_on_two_participations_serves_one(make_participation, neighbour, manager):
    first, second = make_participation(), make_participation(of=neighbour)
    key = uuid4()
    acts = [
        lambda one=one: services.perform_transition(
            one, "select", by=manager, **facts_for(one, idempotency_key=key)
        )
        for one in [first, second] * 10
    ]

    results = together(acts)

    assert {type(result).__name__ for result in results} == {"Entry", "KeyReused"}
    assert sum(isinstance(result, KeyReused) for result in results) == 10
    assert Participation.objects.filter(stage="memorandum").count() == 1


def test_the_last_place_is_not_given_twice(make_track, municipality, neighbour, manager):
    track = make_track(places=1)
    both = [open_in(track, unit, by=manager) for unit in (municipality, neighbour)]
    acts = [
        lambda one=one: services.perform_transition(one, "select", by=manager, **facts_for(one))
        for one in both * 10
    ]

    results = together(acts)

    assert counted(results)["Entry"] == 1
    lost = [result for result in results if isinstance(result, MovedMeanwhile | NotReady)]
    assert len(lost) == len(acts) - 1
    assert track.participations.holding_a_place().count() == 1


def test_competing_transitions_leave_one_winner(make_participation, manager):
    participation = make_participation(stage="assessment")
    acts = [
        lambda name=name: services.perform_transition(
            participation, name, by=manager, **facts_for(participation)
        )
        for name in ["adopt_strategy", "withdraw", "discontinue", "hold"] * 10
    ]

    results = together(acts)

    assert counted(results) == {"Entry": 1, "MovedMeanwhile": 39}
    assert not verify().damages


def test_a_step_is_handed_in_once(make_participation, coordinator):
    participation = make_participation(stage="memorandum", stages={"memorandum": [step("sign")]})
    page = the_step(participation, "sign")
    acts = [
        lambda: services.hand_in(
            page,
            TOLD["record"],
            by=coordinator,
            expected_version=page.version,
            idempotency_key=uuid4(),
        )
    ] * MANY

    results = together(acts)

    assert counted(results) == {"Entry": 1, "MovedMeanwhile": MANY - 1}
    assert page.evidence.count() == 1


def test_through_the_page_the_losers_get_409_and_nobody_500(make_participation, manager):
    participation = make_participation(stage="assessment")
    url = f"{participation.get_absolute_url()}transitions/adopt_strategy/"

    def press() -> int:
        client = Client()
        client.force_login(manager)
        told = facts_for(participation) | {"decided_on": "2026-03-02"}
        return client.post(url, told).status_code

    results = together([press] * 20)

    assert Counter(results) == {302: 1, 409: 19}
