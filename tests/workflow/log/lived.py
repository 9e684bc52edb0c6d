"""A small world that has lived: six participations in two tracks, with every kind of act."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.applying import apply_on_paper
from tests.conftest import FIRST_DAY, facts_for, make_municipality
from tests.stepping import act_on, hand_in, the_step
from tests.world import step
from workflow import services
from workflow.models import Participation, Proposal
from workflow.rules import Due


def due_after(days: int, to: str = "stage") -> dict[str, Any]:
    return {"rule": "relative", "to": to, "days": days}


STAGES = {
    "application": [step("talk", required=False, deadline=due_after(60))],
    "memorandum": [
        step("paper", required=False, second_person=True, deadline=due_after(61)),
        step("visit", required=False, deadline=due_after(10, "step:paper")),
        step("survey", required=False, deadline=due_after(62)),
    ],
    "assessment": [step("report", required=False, accepted_by="", role="mentor")],
}
UNITS = [
    ("80209", "Kikinda", "Кикинда"), ("80195", "Kanjiža", "Кањижа"), ("80306", "Senta", "Сента"),
    ("80276", "Ada", "Ада"), ("80250", "Irig", "Ириг"),
]  # fmt: skip


@dataclass
class Lived:
    """The people, and the participations by number."""

    manager: Any
    deputy: Any
    coordinator: Any
    participations: list[Participation]


def live(make_track, person, programme) -> Lived:
    """Open and walk; everything through the doors."""
    manager = person("programme_manager", over=programme)
    deputy = person("programme_manager", over=programme)
    units = [make_municipality(*unit) for unit in UNITS]
    coordinator = person("coordinator", over=units[0])
    track = make_track(stages=STAGES)
    joint = apply_on_paper(track, units[:3], by=manager)
    single = [apply_on_paper(track, [unit], by=manager)[0] for unit in units[3:]]
    other = make_track(route=["assessment", "strategy_adopted"])
    direct = services.open_participation(
        other, units[0], by=manager, decided_on=FIRST_DAY, reason="По позиву из 2026.",
        idempotency_key=facts_for(single[0])["idempotency_key"],
    )  # fmt: skip
    lived = Lived(manager, deputy, coordinator, [*joint, *single, direct])
    services.ask_question(
        joint[0].application.call, units[0], by=coordinator, text="Смеју ли две општине заједно?"
    )
    work_on_steps(lived)
    move_about(lived)
    return lived


def fresh(participation: Participation) -> Participation:
    return Participation.objects.get(pk=participation.pk)


def perform(lived: Lived, number: int, name: str, *, by=None, **facts) -> None:
    participation = fresh(lived.participations[number])
    services.perform_transition(
        participation, name, by=by or lived.manager, **facts_for(participation, **facts)
    )


def work_on_steps(lived: Lived) -> None:
    kikinda = lived.participations[0]
    hand_in(the_step(kikinda, "talk"), by=lived.coordinator)
    act_on(services.return_step, the_step(kikinda, "talk"), by=lived.manager, remarks=["Потпис?"])
    hand_in(the_step(kikinda, "talk"), by=lived.coordinator, note="Са потписом, đ č ž 🙂")
    act_on(services.accept_step, the_step(kikinda, "talk"), by=lived.manager)
    perform(lived, 0, "select", reason="All three said yes.")
    hand_in(the_step(kikinda, "paper"), by=lived.coordinator)
    act_on(services.accept_step, the_step(kikinda, "paper"), by=lived.manager)
    approve(lived)
    survey = the_step(kikinda, "survey")
    due = Due(date(2026, 9, 1))
    act_on(services.move_deadline, survey, by=lived.manager, due=due, reason="Summer.")
    act_on(services.waive_step, the_step(kikinda, "survey"), by=lived.manager, reason="Done.")
    approve(lived)
    hand_in(the_step(kikinda, "visit"), by=lived.coordinator)


def move_about(lived: Lived) -> None:
    for number in (1, 2):
        perform(lived, number, "hold", reason="Elections.", decided_on=date(2026, 3, 10))
        perform(lived, number, "resume", decided_on=date(2026, 3, 30))
    perform(lived, 2, "start_assessment")
    perform(lived, 2, "step_back", reason="Too early.")
    approve(lived)
    perform(lived, 3, "reject", reason="Incomplete.")
    perform(lived, 4, "select")
    perform(lived, 4, "step_back", reason="A mistake.")
    decline(lived)
    perform(lived, 5, "adopt_strategy")


def approve(lived: Lived) -> None:
    key = facts_for(lived.participations[0])["idempotency_key"]
    services.approve_proposal(waiting(), by=lived.deputy, idempotency_key=key)


def decline(lived: Lived) -> None:
    key = facts_for(lived.participations[0])["idempotency_key"]
    services.decline_proposal(
        waiting(), by=lived.deputy, reason="It was right.", idempotency_key=key
    )


def waiting() -> Proposal:
    return Proposal.objects.get(status="waiting")
