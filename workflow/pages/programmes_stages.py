"""What a procedure asks at each stage, in plain words: its steps, and what opens the way on."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.roles import Role
from web.charts.route import Route, Stop
from web.script.content import localized
from workflow.conditions import Condition
from workflow.evidence import KINDS
from workflow.figures import Cohort
from workflow.models import Participation, Procedure, Track
from workflow.pages.procedure import (
    Rules,
    deadline_in_words,
    demands_in_words,
    review_in_words,
    when_in_words,
)
from workflow.permissions import named
from workflow.readiness import LEADS_TO
from workflow.stages import Stage


@dataclass(frozen=True)
class StepInWords:
    """One step of a stage; `facts` are labels with what the rule says."""

    title: str
    hint: str
    required: bool
    facts: list[tuple[str, str]]
    to_be_confirmed: str


@dataclass(frozen=True)
class WayOn:
    """The transition that leads out of a stage: what must be true first, and who decides."""

    label: str
    sentence: str
    who: str
    second_person: bool
    conditions: list[Condition]


@dataclass(frozen=True)
class StageInWords:
    stage: Stage
    number: int
    limit: str
    steps: list[StepInWords]
    way_on: WayOn | None


@dataclass(frozen=True)
class Anybody:
    """No municipality in particular: what the guards are asked about for their sentences alone.

    It stands at a stage with nothing left to do, so that every guard of the lifecycle can answer.
    """

    procedure: Procedure
    track: Track
    stage: str
    reference: str = "nobody"  # the guards make addresses of it; they are not shown
    application: None = None
    on_hold_since: None = None
    present_steps: tuple[()] = ()

    @property
    def next_on_route(self) -> str | None:
        route = self.procedure.route
        return next(iter(route[route.index(self.stage) + 1 :]), None)

    def places_needed(self) -> int:
        return 1

    def get_absolute_url(self) -> str:
        return ""


def stages_in_words(procedure: Procedure, track: Track) -> list[StageInWords]:
    """The stages of the route in their order. The track comes from `with_places_taken`."""
    titles = titles_of(procedure)
    return [
        StageInWords(
            Stage(stage),
            number,
            limit_in_words(procedure.limit_of(stage)),
            [step_in_words(rule, titles) for rule in procedure.steps_of(stage)],
            way_on(Anybody(procedure, track, stage)),
        )
        for number, stage in enumerate(procedure.route, 1)
    ]


def titles_of(procedure: Procedure) -> dict[str, str]:
    """The titles of all steps by key, also of earlier stages."""
    rules = [rule for stage in procedure.route for rule in procedure.steps_of(stage)]
    return {rule["key"]: localized(rule["title"]) for rule in rules}


def limit_in_words(days: int | None) -> str:
    if not days:
        return ""
    return ngettext("%d day at most", "%d days at most", days) % days


def step_in_words(rule: Rules, titles: dict[str, str]) -> StepInWords:
    return StepInWords(
        localized(rule["title"]),
        localized(rule["hint"]),
        rule["required"],
        [(label, words) for label, words in facts_of_step(rule, titles) if words],
        localized(rule["to_be_confirmed"]),
    )


def facts_of_step(rule: Rules, titles: dict[str, str]) -> list[tuple[str, str]]:
    reviewer = rule["accepted_by"]
    kind = capfirst(str(KINDS.kinds[rule["evidence"]].label))
    return [
        (_("Who owes it"), str(Role(rule["role"]).label)),
        (_("What closes it"), kind + demands_in_words(rule)),
        (_("By when"), by_when(rule["deadline"], titles)),
        (_("What must come first"), ", ".join(titles.get(key, key) for key in rule["after"])),
        (_("Only for"), when_in_words(rule["when"])),
        (_("Who reviews it"), str(Role(reviewer).label) if reviewer else ""),
        (_("Reviews by evaluators"), review_in_words(rule)),
        (_("Second person"), _("has to agree") if rule["second_person"] else ""),
        (_("Legal basis"), localized(rule["legal_basis"])),
    ]


def by_when(deadline: Rules, titles: dict[str, str]) -> str:
    if not deadline:
        return _("no day is set")
    if deadline["rule"] == "manual":
        return _("on a day that the programme sets")
    return deadline_in_words(deadline, titles)


def way_on(anybody: Anybody) -> WayOn | None:
    """The forward transition out of the stage, as the lifecycle declares it.

    None where it declares none from this stage to the next one of the route.
    """
    target = anybody.next_on_route
    name = LEADS_TO[Stage(target)] if target else "complete"
    moves: Any = Participation()
    for move in moves.get_all_stage_transitions():
        if (move.name, move.source) == (name, anybody.stage):
            return WayOn(
                str(move.custom["label"]),
                str(move.custom["sentence"]),
                named(move.permission.roles),
                anybody.procedure.asks_second_person(name),
                [guard(anybody) for guard in move.conditions],
            )
    return None


def route_of(procedure: Procedure, cohort: Cohort | None, url: str) -> Route:
    """The route as it is drawn; each stop leads to what is asked there."""
    standing = {one.stage: one.standing for one in cohort.stages} if cohort else {}
    stops = [
        Stop(
            str(Stage(stage).label),
            notes_on(len(procedure.steps_of(stage)), standing.get(Stage(stage), 0)),
            f"{url}#{stage}" if url else "",
        )
        for stage in procedure.route
    ]
    return Route(_("The route of this track"), stops)


def notes_on(steps: int, standing: int) -> list[str]:
    there = ngettext("%d there now", "%d there now", standing) % standing
    return [ngettext("%d step", "%d steps", steps) % steps, *([there] if standing else [])]
