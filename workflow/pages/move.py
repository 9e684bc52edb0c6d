"""What the page of a transition shows before the act: who moves, on what, and what follows."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from municipalities.roles import Role
from web.script.content import localized
from workflow.models import Participation
from workflow.pages.settled import beside_the_tree
from workflow.pages.standing import Standing
from workflow.pages.whose_turn import ends, target_label
from workflow.permissions import MAY, named
from workflow.readiness import find_transition, readiness_together
from workflow.rules import Due, due_of, occurrences
from workflow.services.deadlines import Shift, planned_shifts
from workflow.services.opening import applies_to, dates_so_far
from workflow.services.transitions import DECIDES_THE_APPLICATION
from workflow.stages import OPEN, Stage
from workflow.verbs import act_name

SEVERAL = 3  # so many dates of a recurring step are listed, the others counted


@dataclass(frozen=True)
class Coming:
    """A step that the move opens, with its first deadlines as far as they are known."""

    title: str
    role: str
    dues: list[Due]
    more: int = 0


def move_page(
    request: HttpRequest, participation: Participation, name: str, decided_on: date | None = None
) -> dict[str, Any]:
    """The context of the page; the deadlines as they would be for that day, or for today."""
    move = find_transition(participation, name)
    group = moving(participation, name)
    here = Standing(request.user, participation)
    day = decided_on or timezone.localdate()
    return {
        "participation": participation,
        "name": name,
        "may": here.may(name),
        "roles": named(MAY[name]),
        "tree": readiness_together(group, name),
        **beside_the_tree(participation, with_names=here.may("view_people")),
        "group": group,
        "from_label": participation.get_stage_display(),
        "to_label": target_label(participation, name) if move else "",
        "stays": bool(move and move.target is None),
        "ends": ends(participation, name),
        "words": move.custom if move else {},
        "is_proposal": participation.procedure.asks_second_person(name),
        "day": day,
        "coming": coming(participation, name, day),
        "shifts": shifts(participation, name, day),
        "button": button(participation, name, group),
    }


def moving(participation: Participation, name: str) -> list[Participation]:
    """The participation and those that move with it: all of a joint application, or it alone."""
    if name not in DECIDES_THE_APPLICATION or not participation.moves_with_others:
        return [participation]
    others = Participation.objects.filter(
        application=participation.application_id, stage=Stage.APPLICATION
    )
    rest = others.exclude(pk=participation.pk).with_names().order_by("municipality__sort_key", "pk")
    return [participation, *rest]


def button(participation: Participation, name: str, group: list[Participation]) -> str:
    """The words on the button: what will have happened once it is pressed."""
    told = {
        "name": participation.municipality.name,
        "stage": target_label(participation, name),
        "count": len(group),
    }
    if participation.procedure.asks_second_person(name):
        return _("Propose: %s") % act_name(name)
    move = find_transition(participation, name)
    if move is None or move.target is None or move.target not in OPEN:
        return f"{act_name(name)}: {told['name']}"
    if len(group) > 1:
        said = ngettext(
            "Move %(count)d municipality to “%(stage)s”",
            "Move %(count)d municipalities to “%(stage)s”",
            len(group),
        )
        return said % told
    return _("Move %(name)s to “%(stage)s”") % told


def coming(participation: Participation, name: str, decided_on: date) -> list[Coming]:
    """The steps of the stage that is entered, with the deadlines that can be told today."""
    target = target_stage(participation, name)
    if target is None:
        return []
    there = set(participation.steps.filter(stage=target).values_list("key", flat=True))
    happened = dates_so_far(participation)
    return [
        coming_step(participation, rule, decided_on, happened)
        for rule in participation.procedure.steps_of(target)
        if rule["key"] not in there and applies_to(rule["when"], participation)
    ]


def shifts(participation: Participation, name: str, day: date) -> list[Shift]:
    """The deadlines that the act moves: a hold some day, by days nobody knows yet; a resume now."""
    held_since = participation.on_hold_since
    if name == "hold" and not held_since:
        return planned_shifts(participation, day)
    if name == "resume" and held_since:
        return planned_shifts(participation, held_since, day)
    return []


def target_stage(participation: Participation, name: str) -> str | None:
    if name == "step_back":
        return participation.previous_on_route
    move = find_transition(participation, name)
    return move.target if move else None


def coming_step(
    participation: Participation, rule: dict[str, Any], day: date, happened: dict[str, date]
) -> Coming:
    dues = dues_of(participation, rule["deadline"], day, happened)
    title, role = localized(rule["title"]), str(Role(rule["role"]).label)
    return Coming(title, role, dues[:SEVERAL], max(0, len(dues) - SEVERAL))


def dues_of(
    participation: Participation, rule: dict[str, Any], day: date, happened: dict[str, date]
) -> list[Due]:
    if rule.get("rule") == "recurring":
        return [one.due for one in occurrences(rule, entered_on=day)]
    due = due_of(
        rule,
        entered_on=day,
        dates=happened,
        country=participation.municipality.country,
        entity=participation.municipality.entity,
    )
    return [due] if due else []
