"""The rows of one participation against the story that its log tells."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from workflow.gaps.story import Story
from workflow.glance import glance_at
from workflow.models import Deadline, Evidence, Findable, Participation, Proposal, Receipt, Step
from workflow.models.findable import number_in
from workflow.models.step import StepStatus
from workflow.rules import Due

Found = Iterator[tuple[int, str]]  # number of the entry concerned (0: none), sentence
TOLD = ["stage", "version", "entered_on", "decided_on", "on_hold_since"]
Status = Proposal.Status


@dataclass
class Rows:
    """What the tables hold of one participation."""

    steps: list[Step] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    history: list[Any] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    findables: list[Findable] = field(default_factory=list)


def compare(participation: Participation, procedure: str, rows: Rows, story: Story) -> Found:
    """Every disagreement between rows and log."""
    yield from compare_fields(participation, procedure, story)
    yield from compare_steps(rows.steps, story)
    yield from compare_glance(participation, rows)
    yield from compare_deadlines(rows, story)
    yield from compare_evidence(rows.evidence, story)
    yield from compare_findables(participation, rows)
    yield from compare_history(participation, rows.history, story)
    for proposal in rows.proposals:
        yield from compare_proposal(proposal, story)
    yield from unknown_proposals(rows.proposals, story)
    for receipt in rows.receipts:
        if receipt.entry is None or receipt.entry.by_id != receipt.by_id:
            yield 0, _("The receipt %s answers one person with the act of another.") % receipt.key


def compare_fields(participation: Participation, procedure: str, story: Story) -> Found:
    for name in TOLD:
        says, told = getattr(participation, name), getattr(story, name)
        if says != told:
            yield story.seq, differs(name, says, told)
    if procedure != story.procedure:
        yield story.seq, differs("procedure", procedure, story.procedure)


def compare_glance(participation: Participation, rows: Rows) -> Found:
    """What is kept for boards and lists, against the steps themselves."""
    present = [step for step in rows.steps if step.stage == participation.stage]
    participation.present_steps = sorted(present, key=lambda one: (one.position, one.occurrence))
    participation.proposed_steps = {
        one.step_id
        for one in rows.proposals
        if one.act == "accept" and one.status == Status.WAITING
    }
    for step in present:
        step.participation = participation
    for name, value in asdict(glance_at(participation)).items():
        kept = getattr(participation, name)
        if kept != value:
            what = {"name": name, "kept": shown(kept), "found": shown(value)}
            yield 0, _("%(name)s is kept as “%(kept)s”, by the steps it is “%(found)s”.") % what


def differs(name: str, says: Any, told: Any) -> str:
    said = {"name": name, "says": shown(says), "told": shown(told)}
    return _("%(name)s is “%(says)s”, by the log it is “%(told)s”.") % said


def shown(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str("–" if value is None else value)


def compare_steps(steps: list[Step], story: Story) -> Found:
    for step in steps:
        name = f"{step.key}.{step.occurrence}"
        if step.pk not in story.opened:
            yield 0, _("The step %s is there, but no entry opened it.") % name
            continue
        told, seq = story.statuses[step.pk]
        if step.status != told:
            yield seq, differs(f"{name}: status", step.status, told)
        if (step.settled_on is not None) != (step.status in SETTLED_BY_SOMEBODY):
            yield seq, _("The step %s has a day of settling that does not fit its status.") % name
    for missing in sorted(story.opened - {step.pk for step in steps}):
        yield story.statuses[missing][1], _("A step that the log opened is gone.")


SETTLED_BY_SOMEBODY = (StepStatus.ACCEPTED, StepStatus.WAIVED)


def compare_deadlines(rows: Rows, story: Story) -> Found:
    versions: dict[int | None, dict[int, Deadline]] = {step.pk: {} for step in rows.steps}
    for deadline in rows.deadlines:
        versions[deadline.step_id][deadline.version] = deadline
    for step in rows.steps:
        told = story.deadlines.get(step.pk, {})
        name = f"{step.key}.{step.occurrence}"
        if versions[step.pk].keys() != told.keys():
            yield 0, _("The deadlines of the step %s are not those that the log tells.") % name
        for version in versions[step.pk].keys() & told.keys():
            yield from compare_deadline(name, versions[step.pk][version], told[version])
        last = max(told, default=0)
        due_at = due_in(told[last]).moment if told else None
        if (step.deadline_version, step.due_at) != (last, due_at):
            yield 0, differs(f"{name}: due_at", step.due_at, due_at)


def compare_deadline(name: str, deadline: Deadline, told: dict[str, Any]) -> Found:
    if deadline.due != due_in(told) or deadline.moment != deadline.due.moment:
        what = f"{name}: deadline {deadline.version}"
        yield 0, differs(what, deadline, f"{told['on']} {told['at']}".strip())


def due_in(told: dict[str, Any]) -> Due:
    return Due(date.fromisoformat(told["on"]), told["at"], told["precision"])


def compare_evidence(evidence: list[Evidence], story: Story) -> Found:
    for row in evidence:
        if not is_untouched(row):
            yield 0, _("The evidence %s is not what was handed in.") % row.uuid
        told = story.evidence.get(row.digest)
        if told is None:
            yield 0, _("The log does not know the evidence %s.") % row.uuid
            continue
        step, status, seq = told
        if row.step_id != step:
            yield seq, _("The evidence %s stands with another step.") % row.uuid
        if row.status != status:
            yield seq, differs(f"{row.uuid}: status", row.status, status)
    there = {row.digest for row in evidence}
    for digest, (_step, _status, seq) in story.evidence.items():
        if digest not in there:
            yield seq, _("Evidence that the log rests on is gone.")


def compare_findables(participation: Participation, rows: Rows) -> Found:
    """What the search finds it by, against its reference and the acts handed in."""
    numbers = {row: number for row in rows.evidence if (number := number_in(row.told))}
    wanted = [Findable.of(participation, number, row) for row, number in numbers.items()]
    wanted.append(Findable.of(participation, participation.reference))
    kept = Counter(map(facts_of, rows.findables))
    for facts in kept - Counter(map(facts_of, wanted)):
        yield 0, _("The search finds it by “%s”, which nothing here bears.") % facts[0]
    for facts in Counter(map(facts_of, wanted)) - kept:
        yield 0, _("The search does not find it by “%s”.") % facts[0]


def facts_of(row: Findable) -> tuple[Any, ...]:
    return row.key, row.evidence_id, row.programme_id, row.municipality_id


def is_untouched(evidence: Evidence) -> bool:
    """Whether its content still has the digest that it was sealed with, and its day with it."""
    try:
        fits = evidence.digest_now() == evidence.digest
    except ValueError:
        return False
    day = evidence.told.get("dated_on") if isinstance(evidence.told, dict) else None
    return fits and (day is None or str(evidence.dated_on) == day)


def compare_history(participation: Participation, history: list[Any], story: Story) -> Found:
    told = [(row.version, row.stage, row.history_user_id) for row in history]
    if told != story.saves:
        yield first_difference(told, story.saves)
    if not history:
        return
    last = history[-1]
    for tracked in history[-1].tracked_fields:
        says, kept = getattr(participation, tracked.attname), getattr(last, tracked.attname)
        if says != kept:
            yield 0, _("The history keeps another %s than the participation has.") % tracked.name


def first_difference(told: list[Any], saves: list[Any]) -> tuple[int, str]:
    for kept, saved in zip(told, saves, strict=False):
        if kept != saved:
            what = {"kept": kept[0], "saved": saved[0]}
            return 0, _("History (version %(kept)d) and log (version %(saved)d) differ.") % what
    if len(told) > len(saves):
        return 0, _("The history knows a change that has no entry in the log.")
    return 0, _("The log knows a change that is not in the history.")


def compare_proposal(proposal: Proposal, story: Story) -> Found:
    entries = story.proposals.get(str(proposal.uuid), [])
    acts = {entry.verb: entry.by_id for entry in entries}
    name = f"{proposal.act} ({proposal.uuid})"
    if acts.pop("propose", None) != proposal.by_id:
        yield 0, _("The proposal %s was not proposed by this person.") % name
    expected: dict[str, dict[str, int | None]] = {
        Status.APPROVED: {proposal.act: proposal.closed_by_id},
        Status.DECLINED: {"decline": proposal.closed_by_id},
    }
    if acts != expected.get(proposal.status, {}):
        yield 0, _("The log does not tell that the proposal %s was closed like this.") % name
    if proposal.status == Status.APPROVED and proposal.closed_by_id in (None, proposal.by_id):
        yield 0, _("The proposal %s was not approved by another person.") % name


def unknown_proposals(proposals: list[Proposal], story: Story) -> Found:
    there = {str(proposal.uuid) for proposal in proposals}
    for uuid, entries in story.proposals.items():
        if uuid not in there and "together_with" not in entries[0].facts:
            yield entries[0].seq, _("A proposal that the log tells of is gone.")
