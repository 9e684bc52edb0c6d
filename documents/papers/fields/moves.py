"""The decisions on a participation as text: all of them, and the one that a record is about."""

from datetime import datetime
from typing import Any

from documents.papers.fields.case import procedure_in_words
from web.script.content import in_script
from web.script.dates import date_and_time, long_date
from workflow.audit.models import Entry
from workflow.conditions import Condition, Outcome
from workflow.models import Participation
from workflow.pages.timeline import leaves_of, stage_name, title_of, who_acted
from workflow.pages.wording import due_date, outcome, role_name
from workflow.readiness import next_transition, readiness

Row = dict[str, str]


def conditions_of(participation: Participation) -> list[Row]:
    """What must be true before the next stage, as it stands now; nothing once it has ended."""
    name = next_transition(participation)
    if name is None:
        return []
    return [condition_told(leaf) for leaf in readiness(participation, name).leaves()]


def condition_told(leaf: Condition) -> Row:
    """One line; of what is met nobody asks any more whose turn it is."""
    return {
        "sentence": str(leaf.sentence),
        "outcome": outcome(leaf),
        "turn": "" if leaf else role_name(leaf.turn),
        "due": "" if leaf else due_date(leaf.due),
    }


def decisions_of(participation: Participation, entry: Entry | None) -> dict[str, Any]:
    """Every decision, the oldest first, and one of them by itself: `entry`, else the last.

    One query.
    """
    entries = list(participation.entries.transitions().with_people().order_by("seq"))
    last = entries[-1] if entries else None
    return {
        "moves": [move_told(one) for one in entries],
        "transition": transition_told(participation, entry or last),
    }


def move_told(entry: Entry) -> Row:
    return {
        "title": title_of(entry),
        "decided_on": long_date(entry.decided_on),
        "recorded_at": date_and_time(entry.recorded_at),
        "who": who_acted(entry, with_names=True),
        "reason": in_script(entry.reason),
    }


def transition_told(participation: Participation, entry: Entry | None) -> dict[str, Any]:
    """The decision `entry`, with the conditions as they were judged then; None: empty fields."""
    if entry is None:
        return dict.fromkeys(TRANSITION, "") | {"conditions": []}
    tree = entry.facts.get("readiness")
    return {
        **move_told(entry),
        "from_stage": stage_name(entry.source),
        "to_stage": stage_name(entry.target),
        "procedure": procedure_in_words(participation, entry.facts.get("procedure", "")),
        "entry": str(entry.seq),
        "fingerprint": entry.entry_hash,
        "conditions": [kept_condition(leaf) for leaf in leaves_of(tree)] if tree else [],
    }


TRANSITION = [
    "title", "decided_on", "recorded_at", "who", "reason", "from_stage", "to_stage", "procedure",
    "entry", "fingerprint",
]  # fmt: skip


def kept_condition(leaf: dict[str, Any]) -> Row:
    """A line of the tree as the log keeps it: in Serbian, shown in the script of the paper."""
    due = datetime.fromisoformat(leaf["due"]) if leaf["due"] else None
    sentence, judged = in_script(leaf["sentence"]), Outcome(leaf["outcome"])
    return condition_told(Condition(sentence, outcome=judged, turn=leaf["turn"], due=due))
