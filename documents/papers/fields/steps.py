"""The steps of a participation as text: what is owed now, later, by others, and on the whole."""

from collections.abc import Iterable

from web.script.content import in_script, localized
from workflow.glance import urgency
from workflow.models import Participation, Step
from workflow.pages.my_steps import remarks_on
from workflow.pages.turns import MUNICIPAL
from workflow.pages.wording import due_date, due_words, role_name
from workflow.stages import Stage

Row = dict[str, str]


def steps_of(participation: Participation) -> dict[str, list[Row]]:
    """The present stage in its order; and what is open there by whose move it is."""
    steps = participation.present_steps if participation.is_open else []
    remarks = remarks_on(steps)
    ours = [step for step in steps if step.turn in MUNICIPAL]
    others = [step for step in steps if step.turn and step.turn not in MUNICIPAL]

    def told(some: Iterable[Step]) -> list[Row]:
        return [step_told(step, remarks.get(step.pk, [])) for step in some]

    return {
        "steps": told(steps),
        "next_steps": told(sorted((s for s in ours if not s.waits_for), key=urgency)),
        "later_steps": told(sorted((s for s in ours if s.waits_for), key=urgency)),
        "awaited_steps": told(sorted(others, key=urgency)),
    }


def step_told(step: Step, remarks: Iterable[str]) -> Row:
    """One step. Its title and hint in the script of the paper, remarks as content of people."""
    demands = step.demands or {}
    is_dated = step.due_at is not None
    return {
        "title": step.title,
        "hint": localized(step.rule.get("hint")),
        "paper": localized(demands.get("paper")),
        "role": role_name(step.role),
        "turn": role_name(step.turn),
        "due": due_date(step.due_at),
        "when": due_words(step.due_at) if is_dated and not step.is_settled else "",
        "status": step.get_status_display(),
        "remarks": "\n".join(map(in_script, remarks)),
        "waits_for": ", ".join(first.title for first in step.waits_for),
        "legal_basis": localized(step.rule.get("legal_basis")),
    }


def duties_of(participation: Participation) -> dict[str, list[Row]]:
    """All that the procedure asks, stage by stage, on either side. No query."""
    ours: list[Row] = []
    theirs: list[Row] = []
    for stage in participation.route:
        for rule in participation.procedure.steps_of(stage):
            side = ours if rule["role"] in MUNICIPAL else theirs
            side.append(
                {
                    "title": localized(rule["title"]),
                    "stage": str(Stage(stage).label),
                    "role": role_name(rule["role"]),
                    "legal_basis": localized(rule.get("legal_basis")),
                }
            )
    return {"duties_of_municipality": ours, "duties_of_programme": theirs}
