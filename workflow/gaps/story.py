"""What the log of one participation says that the rows must hold: stage, steps, deadlines …

A replay: entries are told in order, and at the end the story knows how everything should stand.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from workflow.audit.models import Entry
from workflow.models.step import StepStatus

SUBMITTED, RETURNED, ACCEPTED = StepStatus.SUBMITTED, StepStatus.RETURNED, StepStatus.ACCEPTED


@dataclass
class Story:
    """How a participation should stand by its log."""

    stage: str = ""
    version: int = -1
    seq: int = 0  # of the last move
    entered_on: date | None = None
    decided_on: date | None = None
    on_hold_since: date | None = None
    procedure: str = ""
    # What should stand in the history: one row for each move and change of procedure.
    saves: list[tuple[int, str, int | None]] = field(default_factory=list)  # version, stage, by
    opened: set[int] = field(default_factory=set)
    statuses: dict[int, tuple[str, int]] = field(default_factory=dict)  # step: status, seq
    deadlines: dict[int, dict[int, dict[str, Any]]] = field(
        default_factory=lambda: defaultdict(dict)
    )  # step: version: facts
    evidence: dict[str, tuple[int, str, int]] = field(default_factory=dict)  # step, status, seq
    proposals: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))

    def tell(self, entry: Entry) -> None:
        facts = entry.facts
        if entry.version is not None:
            self._move(entry, facts)
        if entry.verb == "change_procedure":
            self.procedure = facts["to"]
        if "proposal" in facts:
            self.proposals[facts["proposal"]].append(entry)
        if entry.step_id is not None:
            self._tell_step(entry.step_id, entry, facts)

    def _move(self, entry: Entry, facts: dict[str, Any]) -> None:
        if entry.target != self.stage or entry.verb == "open":
            self.entered_on = entry.decided_on
        self.stage, self.version, self.seq = entry.target, entry.version or 0, entry.seq
        self.decided_on = entry.decided_on or self.decided_on  # no decision: another procedure
        if entry.verb in ("hold", "resume"):
            self.on_hold_since = entry.decided_on if entry.verb == "hold" else None
        self.procedure = facts.get("procedure", self.procedure)
        self.saves.append((self.version, self.stage, entry.by_id))

    def _tell_step(self, step: int, entry: Entry, facts: dict[str, Any]) -> None:
        if entry.verb == "open_step":
            self.opened.add(step)
        for deadline in (facts.get("deadline"), facts.get("to")):
            if deadline:
                self.deadlines[step][deadline["version"]] = deadline
        status = facts.get("status")
        if entry.verb == "decline" and facts["act"] == "accept":
            status = RETURNED
        if status:
            self.statuses[step] = (status, entry.seq)
        self._tell_evidence(step, entry, facts)

    def _tell_evidence(self, step: int, entry: Entry, facts: dict[str, Any]) -> None:
        digest = digest_in(facts)
        if entry.verb == "decline" and facts["act"] == "accept":
            digest = self._waiting_evidence(step)
        if digest is None:
            return
        became: dict[str, str] = {"accept": ACCEPTED, "return": RETURNED, "decline": RETURNED}
        status = became.get(entry.verb, SUBMITTED)
        if entry.verb == "hand_in":
            status = facts["status"]
        self.evidence[digest] = (step, status, entry.seq)

    def _waiting_evidence(self, step: int) -> str | None:
        waiting = [
            digest
            for digest, (of, status, _seq) in self.evidence.items()
            if of == step and status == SUBMITTED
        ]
        return waiting[-1] if waiting else None


def digest_in(facts: dict[str, Any]) -> str | None:
    """The digest of the evidence that an entry about a step rests on."""
    evidence = facts.get("evidence")
    return evidence["digest"] if isinstance(evidence, dict) else evidence


def story_of(entries: list[Entry]) -> Story:
    story = Story()
    for entry in entries:
        story.tell(entry)
    return story
