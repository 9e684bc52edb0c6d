"""The acts beside the next transition: what each does, who decides it, whether it can be now."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from workflow.models import Participation
from workflow.pages.standing import Standing
from workflow.pages.versions import other_versions
from workflow.permissions import MAY, named
from workflow.readiness import find_transition, readiness
from workflow.verbs import act_name

# In the order in which the page offers them.
OTHER_DECISIONS = ["resume", "hold", "step_back", "reject", "withdraw", "discontinue"]


@dataclass(frozen=True)
class Decision:
    """One act. Without `url` it cannot be taken now, or not by this person: `why_not` says so."""

    label: str
    does: str
    decided_by: str
    url: str = ""
    why_not: str = ""
    asks_second_person: bool = False
    is_final: bool = False


def decisions_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The context of the page; no decision where the participation has ended."""
    here = Standing(request.user, participation)
    names = [name for name in OTHER_DECISIONS if makes_sense(participation, name)]
    found = [transition(participation, name, here) for name in names]
    if participation.is_open and other_versions(participation).exists():
        found.append(change_of_procedure(participation, here))
    return {"participation": participation, "decisions": found}


def makes_sense(participation: Participation, name: str) -> bool:
    """Whether the page speaks of it at all: nobody resumes what runs."""
    if find_transition(participation, name) is None:
        return False
    is_held = participation.on_hold_since is not None
    sense = {
        "resume": is_held,
        "hold": not is_held,
        "step_back": participation.previous_on_route is not None,
    }
    return sense.get(name, True)


def transition(participation: Participation, name: str, here: Standing) -> Decision:
    move = find_transition(participation, name)
    is_possible, may = bool(readiness(participation, name)), here.may(name)
    return Decision(
        act_name(name),
        str(move.custom["sentence"]),
        named(MAY[name]),
        url=transition_url(participation, name) if is_possible and may else "",
        why_not="" if is_possible else _("Not while it is on hold: resume it first."),
        asks_second_person=name in participation.procedure.rules["second_person"],
        is_final=move.custom["final"],
    )


def change_of_procedure(participation: Participation, here: Standing) -> Decision:
    page = reverse("workflow:change_procedure", args=[participation.reference])
    return Decision(
        act_name("change_procedure"),
        _("Its open steps follow another version of the rules; the page says beforehand how."),
        named(MAY["change_procedure"]),
        url=page if here.may("change_procedure") else "",
    )


def transition_url(participation: Participation, name: str) -> str:
    return reverse("workflow:transition", args=[participation.reference, name])
