"""The steps of one participation as its entries leave them, and whose turn it is."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.figures.parties import Party, together
from workflow.figures.rulebook import Rule
from workflow.models.step import OWED, SETTLED, StepStatus

OPEN, SUBMITTED, RETURNED = (
    StepStatus.OPEN.value, StepStatus.SUBMITTED.value, StepStatus.RETURNED.value,
)  # fmt: skip
ACCEPTED, IS_OWED, IS_SETTLED = StepStatus.ACCEPTED.value, frozenset(OWED), frozenset(SETTLED)
# What a step becomes by an act; where it depends, `status_after` says how.
BECOMES = {
    "accept": ACCEPTED,
    "return": RETURNED,
    "waive": StepStatus.WAIVED.value,
    "reopen": OPEN,
    "drop_step": StepStatus.NOT_APPLICABLE.value,
}


@dataclass(slots=True)
class Owed:
    """A step as it stands: its key, its rule, its status."""

    key: str
    rule: Rule
    status: str

    @property
    def turn(self) -> str:
        return self.rule.owed_by if self.status in IS_OWED else self.rule.judged_by


class Turns:
    """Hears what became of steps; says whose turn it is. The same rules as `Step.turn`."""

    def __init__(self) -> None:
        self.steps: dict[int, Owed] = {}
        self.by_stage: dict[str, dict[int, Owed]] = defaultdict(dict)
        self.application_is_back = False  # returned to the municipality for correction

    def open(self, step: int, stage: str, key: str, rule: Rule, status: str) -> None:
        """A new step; or one that did not apply, and that a later procedure asks for."""
        self.steps[step] = self.by_stage[stage][step] = Owed(key, rule, status)

    def hear(self, step: int, verb: str, facts: dict[str, Any]) -> None:
        """An act on a step. `facts` are those of the entry, where `status_after` needs them."""
        self.steps[step].status = status_after(self.steps[step], verb, facts)

    def follow(self, stage: str, rules: dict[str, Rule]) -> None:
        """The procedure changed: the unsettled steps of the stage follow the new rules."""
        for step in self.unsettled(stage):
            step.rule = rules.get(step.key, step.rule)

    def unsettled(self, stage: str) -> list[Owed]:
        return [step for step in self.by_stage[stage].values() if step.status not in IS_SETTLED]

    def holders(self, stage: str) -> str:
        """The parties that have something to do now; where nobody has, the programme decides.

        A step that waits for another is nobody's turn, and neither is one that nothing needs.
        """
        steps = self.unsettled(stage)
        waits = {step.key: step.rule.after for step in steps}
        needed = with_those_before([step.key for step in steps if step.rule.is_required], waits)
        parties = {
            step.turn for step in steps if step.key in needed and step.rule.after.isdisjoint(waits)
        }
        if self.application_is_back:
            parties.add(Party.MUNICIPALITY.value)
        return together(parties or {Party.PROGRAMME.value})


def with_those_before(keys: Iterable[str], waits: Mapping[str, frozenset[str]]) -> set[str]:
    """These steps and all that they wait for, over others too."""
    reached: set[str] = set()
    ahead = set(keys)
    while ahead:
        reached |= ahead
        ahead = {name for key in ahead for name in waits[key] if name in waits} - reached
    return reached


def status_after(step: Owed, verb: str, facts: dict[str, Any]) -> str:
    """Handing in settles a step that nobody looks at; a second person's no returns it."""
    if verb == "hand_in":
        return SUBMITTED if step.rule.is_judged else ACCEPTED
    if verb == "propose":
        return facts["status"]
    if verb == "decline":
        return RETURNED if facts["act"] == "accept" else step.status
    return BECOMES[verb]
