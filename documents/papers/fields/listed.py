"""Every field that a template may use, with what it says. A page shows this list beside the form.

A name with a dot is a part: of each row of a list that is repeated ("steps.title"), or of a group
that is not ("body.name").
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Field:
    """One name and what it says; `repeats` marks a list, whose rows are told one by one."""

    name: str
    sentence: Any
    repeats: bool = False


CASE = [
    Field("reference", _("The reference of the participation.")),
    Field("today", _("The day on which the paper is made.")),
    Field("blank", _("A line to be filled in by hand, where something is not known.")),
    Field("programme", _("The name of the programme.")),
    Field("track", _("The name of the component.")),
    Field("procedure", _("The title of the procedure, with its version.")),
    Field("period", _("The period of the programme, as stated.")),
    Field("amount", _("The amount of the programme, as stated.")),
    Field("objective", _("What the programme wants to achieve.")),
    Field("implementers", _("Who carries the programme out, in one line.")),
    Field("donors_stated", _("The donors with their amounts as stated, in one line.")),
    Field("donors", _("The donors, one by one."), repeats=True),
    Field("donors.name", _("Name of the donor.")),
    Field("donors.amount", _("Amount of the donor, as stated; empty where none is.")),
    Field("municipality", _("The full name of the municipality.")),
    Field("municipality_kind", _("Municipality, city, city municipality or district.")),
    Field("area", _("The district or canton.")),
    Field("country", _("The country.")),
]
PEOPLE = [
    Field("signatory", _("Who signs for the municipality, by name.")),
    Field("signatory_function", _("The function of the signatory.")),
    Field("coordinator", _("The coordinator of the municipality, by name.")),
    Field("coordinator_function", _("The function of the coordinator.")),
    Field("mentor", _("The mentor, by name.")),
    Field("mentor_function", _("The function of the mentor.")),
    Field("manager", _("The programme manager, by name.")),
    Field("manager_function", _("The function of the programme manager.")),
]
STAGES = [
    Field("stage", _("The stage where the participation stands.")),
    Field("stage_number", _("Its number on the route.")),
    Field("stage_count", _("How many stages the route has.")),
    Field("stage_since", _("The day on which this stage was entered.")),
    Field("on_hold_since", _("Since when it is on hold; empty when the clock runs.")),
    Field("turn", _("The role whose turn it is.")),
    Field("route", _("The stages of the route, in one line.")),
    Field("stages", _("The stages of the route, one by one."), repeats=True),
    Field("stages.title", _("Name of the stage.")),
    Field("stages.since", _("The day on which it was entered; empty where it is ahead.")),
    Field("stages.place", _("Done, present or ahead, in a word.")),
]
STEP = {
    "title": _("What has to be done."),
    "hint": _("What the procedure adds to it."),
    "paper": _("The paper that it asks for."),
    "role": _("The role that owes it."),
    "turn": _("The role whose move it is now."),
    "due": _("By when, as a date in words; empty where no date is set."),
    "when": _("How far away that is: in 9 days, 3 days late."),
    "status": _("Its status in a word."),
    "remarks": _("The remarks with which it was returned."),
    "waits_for": _("The steps that must be settled first."),
    "legal_basis": _("The legal basis in words."),
}
DUTY = {
    "title": _("What has to be done."),
    "stage": _("The stage to which it belongs."),
    "role": _("The role that owes it."),
    "legal_basis": _("The legal basis in words."),
}


def rows(name: str, sentence: Any, parts: dict[str, Any]) -> list[Field]:
    named = [Field(f"{name}.{part}", said) for part, said in parts.items()]
    return [Field(name, sentence, repeats=True), *named]


STEPS = [
    *rows("steps", _("All steps of the present stage."), STEP),
    *rows("next_steps", _("What the municipality owes now, the most urgent first."), STEP),
    *rows("later_steps", _("What the municipality owes and cannot start yet."), STEP),
    *rows("awaited_steps", _("What the municipality waits for: the open steps of others."), STEP),
    *rows("duties_of_municipality", _("All that the procedure asks of the municipality."), DUTY),
    *rows("duties_of_programme", _("All that the procedure asks of the programme."), DUTY),
]
BODY = [
    Field("body", _("The planning body of the municipality, the youngest one that exists.")),
    Field("body.name", _("Its name.")),
    Field("body.act_body", _("Who appointed it.")),
    Field("body.act_number", _("The number of the appointment act.")),
    Field("body.act_on", _("The date of the appointment act.")),
    Field("body.gazette", _("The official gazette.")),
    Field("body.members", _("Its seats, one by one."), repeats=True),
    Field("body.members.institution", _("The institution that holds the seat.")),
    Field("body.members.seat", _("The function in the body.")),
]
ACTS = rows(
    "acts",
    _("The acts on record, the oldest first."),
    {
        "title": _("The step that the act closed."),
        "body": _("Who issued it."),
        "number": _("Its number."),
        "on": _("Its date."),
        "gazette": _("The official gazette."),
    },
)
CONDITION = {
    "sentence": _("The condition in words."),
    "outcome": _("Met, missing, waits for another, or not needed."),
    "turn": _("The role whose move it is."),
    "due": _("By when, as a date in words; empty where no date is set."),
}
MOVES = [
    *rows("conditions", _("What must be true before the next stage, as it stands now."), CONDITION),
    *rows(
        "moves",
        _("Every decision on the participation, the oldest first."),
        {
            "title": _("The decision in words."),
            "decided_on": _("The day on which it was decided."),
            "recorded_at": _("When it was recorded."),
            "who": _("Who decided, by name, role and function held then."),
            "reason": _("The reason in words."),
        },
    ),
    Field("transition", _("The decision that the paper is about: the last one.")),
    Field("transition.title", _("The decision in words.")),
    Field("transition.from_stage", _("The stage that was left.")),
    Field("transition.to_stage", _("The stage that was entered.")),
    Field("transition.decided_on", _("The day on which it was decided.")),
    Field("transition.recorded_at", _("When it was recorded.")),
    Field("transition.who", _("Who decided, by name, role and function held then.")),
    Field("transition.reason", _("The reason in words.")),
    Field("transition.procedure", _("The procedure and its version then.")),
    Field("transition.entry", _("The number of its entry in the log.")),
    Field("transition.fingerprint", _("The fingerprint of that entry.")),
    *rows("transition.conditions", _("The conditions as they were judged then."), CONDITION),
]

FIELDS: list[Field] = [*CASE, *PEOPLE, *STAGES, *STEPS, *BODY, *ACTS, *MOVES]
_GROUPS = {"body", "transition"}


def sample(known: Collection[str], count: int) -> dict[str, Any]:
    """Made-up text for every name, lists with `count` rows: what a template is tried out with."""
    return _sample_below("", sorted(known), count)


def _sample_below(prefix: str, names: list[str], count: int) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name in names:
        part = name.removeprefix(prefix).partition(".")[0]
        path = f"{prefix}{part}"
        if part in made:
            continue
        inner = [other for other in names if other.startswith(f"{path}.")]
        if not inner:
            made[part] = path
        else:
            row = _sample_below(f"{path}.", inner, count)
            made[part] = row if path in _GROUPS else [row] * count
    return made
