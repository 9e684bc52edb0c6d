"""Participations that live at random, through the doors, while somebody watches and notes.

The notes are plain: what was decided on which day, and after each act, whose turn it is as the
rows say it. From them `expected.py` works out the figures without any log.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import yaml

from tests.clock import Clock
from tests.conftest import facts_for
from tests.stepping import act_on, hand_in
from tests.world import procedure_text, step
from workflow import services
from workflow.models import Participation, Proposal, Step, Track
from workflow.readiness import next_transition, readiness

ROUTE = ["memorandum", "assessment", "strategy_adopted"]
LIMITS = {"memorandum": 20, "assessment": 45}
MUNICIPAL = ("coordinator", "signatory")
STAGES = {
    "memorandum": [
        step("talk", accepted_by="", required=False),
        step("sign", role="signatory", after=["talk"], second_person=True),
        step("visit", role="programme_manager", accepted_by="", required=False),
    ],
    "assessment": [
        step("team", accepted_by="signatory"),
        step("joint_board", when={"joint": True}),
        step("draft", after=["team"], accepted_by="evaluator"),
        step("opinion", role="evaluator", accepted_by="", after=["draft"], second_person=True),
        step("training", role="mentor", accepted_by="programme_manager"),
    ],
    "strategy_adopted": [
        step("report", deadline={"rule": "recurring", "every": "quarter", "times": 2, "days": 15}),
        step("rating", role="evaluator", accepted_by="evaluator", required=False),
    ],
}
# Another version: roles and order change, one step goes, one comes, one is asked of everybody.
STAGES_LATER = STAGES | {
    "assessment": [
        step("team", role="signatory", accepted_by="evaluator"),
        step("draft", role="mentor", required=False),
        step("opinion", role="evaluator", accepted_by="", after=["draft"], required=False),
        step("hearing", accepted_by=""),
        step("joint_board"),
    ],
}
LIMITS_LATER = {"memorandum": 30, "assessment": 10, "strategy_adopted": 5}


def text_of(number: int, stages: dict[str, Any], limits: dict[str, int]) -> str:
    """A procedure file with limits of days."""
    rules = yaml.safe_load(procedure_text(number=number, route=ROUTE, places=None, stages=stages))
    for stage, days in limits.items():
        rules["stages"][stage]["limit_days"] = days
    return yaml.safe_dump(rules, allow_unicode=True, sort_keys=False)


def new_track() -> Track:
    """A track with two versions of its procedure; participations begin with the first."""
    text = text_of(Track.objects.count() + 1, STAGES, LIMITS)
    return services.load_procedure(text).track


def load_later_version(track: Track) -> None:
    number = int(track.key.removeprefix("test_"))
    services.load_procedure(text_of(number, STAGES_LATER, LIMITS_LATER))


@dataclass
class Notes:
    """What somebody saw who stood beside one participation."""

    moves: list[tuple[date, str, str]] = field(default_factory=list)  # decided on, verb, stage
    turns: list[tuple[datetime, str, frozenset[str]]] = field(default_factory=list)
    limits: dict[str, int | None] = field(default_factory=dict)  # by stage, at the last


class Watched:
    """One participation, its people, and the notes."""

    def __init__(self, participation: Participation, people: dict[str, Any], clock: Clock) -> None:
        self.pk, self.people, self.clock, self.notes = participation.pk, people, clock, Notes()
        self.note("open", participation.decided_on)

    @property
    def row(self) -> Participation:
        return Participation.objects.with_names().get(pk=self.pk)

    def live(self, acts: list[tuple[int, int, int]]) -> None:
        """Each act: hours that pass first, which of the possible acts, how long ago decided."""
        for hours, choice, ago in acts:
            self.clock.let_pass(hours=hours)
            possible = self.possible()
            if not possible:
                return
            self.decided_on = self.between(self.row.decided_on, ago)
            possible[choice % len(possible)]()
            self.note("", None)

    def between(self, earliest: date, ago: int) -> date:
        return max(earliest, self.clock.today - timedelta(days=ago))

    # -- what may be done ----------------------------------------------------------------------

    def possible(self) -> list[Callable[[], None]]:
        """Everything that a door would not refuse; what lets life go on stands there more often."""
        row = self.row
        if not row.is_open:
            return []
        back = row.proposals.filter(status="waiting", step=None).first()
        if back:
            return [lambda: self.agree(back), lambda: self.refuse(back), *self.on_steps(row)]
        return 5 * self.on_steps(row) + self.moves(row)

    def moves(self, row: Participation) -> list[Callable[[], None]]:
        if row.on_hold_since:
            return [self.mover("resume")] * 40 + [self.mover("withdraw")]
        acts = [self.mover("hold"), self.mover("hold"), self.mover("discontinue")]
        acts += [self.mover("step_back")] * 2 if row.previous_on_route else []
        newest = row.track.procedures.first()
        acts += [self.change_procedure] * 4 if newest.pk != row.procedure_id else []
        onwards = next_transition(row)
        return acts + ([self.mover(onwards)] * 60 if readiness(row, onwards) else [])

    def on_steps(self, row: Participation) -> list[Callable[[], None]]:
        return [act for one in row.present_steps for act in self.on_step(one)]

    def on_step(self, one: Step) -> list[Callable[[], None]]:
        proposal = one.proposals.filter(status="waiting").first()
        if proposal and proposal.version == one.version:
            return [lambda: self.agree(proposal)] * 5 + [lambda: self.refuse(proposal)]
        if one.is_settled:
            return [lambda: self.door(services.reopen_step, one, "manager", reason="Wrong paper.")]
        acts = [lambda: self.door(services.waive_step, one, "manager", reason="Not needed.")]
        if one.status == "submitted":
            judge = self.other(one.accepted_by, than=one.evidence.first().by_id)
            acts += [lambda: self.door(services.accept_step, one, judge)] * 5
            acts += [lambda: self.door(services.return_step, one, judge, remarks=["Mend it."])]
        elif not one.waits_for:
            acts += [lambda: hand_in(one, by=self.people[one.role])] * 5
        return acts

    def other(self, role: str, *, than: int) -> str:
        """Whoever may look at it and did not hand it in."""
        return next(
            name
            for name in (role, "manager", "deputy")
            if name in self.people and self.people[name].pk != than
        )

    # -- doing it ------------------------------------------------------------------------------

    def door(self, door: Callable[..., Any], one: Step, who: str, **facts: Any) -> None:
        act_on(door, one, by=self.people[who], **facts)

    def mover(self, name: str) -> Callable[[], None]:
        def move() -> None:
            facts = facts_for(self.row, decided_on=self.decided_on)
            services.perform_transition(self.row, name, by=self.people["manager"], **facts)
            if not self.row.proposals.filter(status="waiting", step=None).exists():
                self.note(name, self.decided_on)

        return move

    def agree(self, proposal: Proposal) -> None:
        by = self.people["deputy" if proposal.by == self.people["manager"] else "manager"]
        services.approve_proposal(proposal, by=by, idempotency_key=uuid4())
        if proposal.step_id is None:
            self.note(proposal.act, proposal.decided_on)

    def refuse(self, proposal: Proposal) -> None:
        by = self.people["deputy"]
        services.decline_proposal(proposal, by=by, reason="No.", idempotency_key=uuid4())

    def change_procedure(self) -> None:
        row = self.row
        services.change_procedure(
            row, row.track.procedures.first(), by=self.people["manager"], reason="New rules.",
            expected_version=row.version, idempotency_key=uuid4(),
        )  # fmt: skip

    # -- what is seen --------------------------------------------------------------------------

    def note(self, verb: str, decided_on: date | None) -> None:
        row = self.row
        if decided_on:
            self.notes.moves.append((decided_on, verb, row.stage))
        self.notes.turns.append((self.clock.now, row.stage, whose_turn(row)))
        if row.is_open:
            self.notes.limits[row.stage] = row.procedure.limit_of(row.stage)


def whose_turn(row: Participation) -> frozenset[str]:
    """Who has something to do, as the rows say it; nobody when the clock stands."""
    if row.on_hold_since or not row.is_open:
        return frozenset()
    needed = {one.key for one in row.present_steps if is_needed(one, row.present_steps)}
    turns = {
        one.turn
        for one in row.present_steps
        if one.key in needed and not one.is_settled and not one.waits_for
    }
    return frozenset(party(role) for role in turns) or frozenset(["programme"])


def is_needed(one: Step, steps: list[Step]) -> bool:
    """Required, or one that is needed waits for it."""
    return one.is_required or any(
        one.key in other.rule["after"] and is_needed(other, steps)
        for other in steps
        if not other.is_settled
    )


def party(role: str) -> str:
    if role in MUNICIPAL:
        return "municipality"
    return "ministry" if role == "evaluator" else "programme"
