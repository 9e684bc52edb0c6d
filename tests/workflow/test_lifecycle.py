"""The whole lifecycle, as the design has it."""

import pytest
from django_fsm import State

from workflow.guards import every_member_consents
from workflow.models import Participation
from workflow.stages import CLOSED, OPEN, Stage

BEFORE_MONEY = ["application", "memorandum", "assessment", "strategy_adopted"]

# transition: (from, to). Whatever is not in this table is refused.
LIFECYCLE = {
    "select": (["application"], "memorandum"),
    "reject": (["application"], "rejected"),
    "start_assessment": (["application", "memorandum"], "assessment"),
    "adopt_strategy": (["assessment"], "strategy_adopted"),
    "award_cofinancing": (BEFORE_MONEY, "cofinancing"),
    "move_to_sustainability": (["strategy_adopted", "cofinancing"], "sustainability"),
    "complete": (["strategy_adopted", "cofinancing", "sustainability"], "completed"),
    "withdraw": (OPEN, "withdrawn"),
    "discontinue": (OPEN, "discontinued"),
    "hold": (OPEN, "the same"),
    "resume": (OPEN, "the same"),
    "step_back": (OPEN[1:], "the previous"),
}
MANAGER = ["programme_manager"]
WHO = dict.fromkeys(LIFECYCLE, MANAGER) | {"withdraw": ["signatory", "programme_manager"]}
OWE_A_REASON = {"reject", "withdraw", "discontinue", "hold", "step_back"}


def test_the_lifecycle_is_exactly_this_table():
    declared = {(move.source, move.name, target(move)) for move in transitions()}
    listed = {(s, name, to) for name, (sources, to) in LIFECYCLE.items() for s in sources}
    assert declared == listed


def target(move) -> str:
    if isinstance(move.target, State):
        return "the previous"
    return move.target or "the same"


def transitions():
    return list(Participation().get_all_stage_transitions())


def test_every_transition_names_its_roles():
    assert {move.name: move.permission.roles for move in transitions()} == WHO


def test_every_transition_has_its_words():
    for move in transitions():
        assert str(move.custom["label"])
        assert str(move.custom["sentence"]).endswith(".")


def test_these_owe_a_reason():
    assert {move.name for move in transitions() if move.custom["reason"]} == OWE_A_REASON


def test_what_closes_a_participation_says_that_it_is_final():
    final = {move.name for move in transitions() if move.custom["final"]}
    assert final == {move.name for move in transitions() if move.target in CLOSED}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_reachable(stage):
    assert stage == "application" or stage in {to for _, to in LIFECYCLE.values()}


@pytest.mark.parametrize("stage", OPEN)
def test_every_open_stage_has_a_way_out(stage):
    assert {name for name, (sources, _) in LIFECYCLE.items() if stage in sources} >= {
        "withdraw",
        "discontinue",
    }


def test_every_guard_can_explain_itself(make_participation):
    participation = make_participation()
    guards = {guard for move in transitions() for guard in move.conditions}
    assert every_member_consents in guards
    assert all(str(guard(participation).sentence) for guard in guards)


def test_no_stage_by_assignment(make_participation):
    with pytest.raises(AttributeError, match="only by a transition"):
        make_participation().stage = "completed"
