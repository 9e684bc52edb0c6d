"""What the page of a participation shows beside its stage: people, deadlines, acts, panels."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from municipalities.roles import Role
from workflow.glance import urgency
from workflow.models import Participation, Proposal, Step
from workflow.pages.decisions import transition_url
from workflow.pages.rail import heading, rail
from workflow.pages.seats import Seat, seats, working_seats
from workflow.pages.settled import beside_the_tree
from workflow.pages.standing import Standing
from workflow.pages.timeline import AT_FIRST, KINDS_SHOWN, LABELS, timeline
from workflow.pages.whose_turn import banner, ends
from workflow.panels import panels_for
from workflow.permissions import MAY, named
from workflow.readiness import next_transition, readiness
from workflow.verbs import act_name

# Whom the line above the heading names.
IN_THE_HEADING = [Role.MENTOR, Role.COORDINATOR]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


def case_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The whole context of the page."""
    here = Standing(request.user, participation)
    with_names = here.may("view_people")
    name = next_transition(participation)
    tree = readiness(participation, name) if name else None
    proposals = waiting_proposals(participation)
    move = next((one for one in proposals if one.step_id is None), None)
    found = seats(participation)
    turn = banner(participation, name, tree, move)
    return {
        "participation": participation,
        "heading": heading(participation),
        "rail": rail(participation),
        "turn": turn,
        "is_my_turn": turn.first is not None and turn.first.turn in here.roles_at(),
        "tree": tree,
        "is_the_end": bool(name and ends(participation, name)),
        **beside_the_tree(participation, with_names=with_names),
        "checked_at": timezone.now(),
        "next": next_link(participation, name, tree, here) if not move else None,
        "decides": deciders(name, here, found if with_names else []),
        "with_names": with_names,
        "identity": named_above(found) if with_names else [],
        "own_municipality": here.municipality_with_people(participation),
        "people": working_seats(participation, found),
        "deadlines": running_deadlines(participation),
        "proposals": proposals,
        "joint": joint_members(participation),
        "panels": panels(request, participation),
        "may_read_log": here.may("view_log"),
        **timeline_part(request, participation, with_names),
    }


def timeline_part(
    request: HttpRequest, participation: Participation, with_names: bool
) -> dict[str, Any]:
    show = request.GET.get("show", "")
    show = show if show in KINDS_SHOWN else ""
    wants_all = "all" in request.GET
    most = None if wants_all else AT_FIRST
    items, count = timeline(participation, with_names=with_names, show=show, most=most)
    return {"items": items, "older": count - len(items), "show": show, "shows": shows(show)}


def shows(chosen: str) -> list[dict[str, Any]]:
    return [
        {"key": key, "label": label, "is_chosen": key == chosen} for key, label in LABELS.items()
    ]


def next_link(
    participation: Participation, name: str | None, tree: Any, here: Standing
) -> Link | None:
    """The primary button: only when it is ready and this very person may."""
    if participation.on_hold_since and participation.is_open:
        name, tree = "resume", True
    if name and tree and here.may(name):
        return Link(act_name(name), transition_url(participation, name))
    return None


def deciders(name: str | None, here: Standing, found: list[Seat]) -> str:
    """Who decides on the next transition, by name where known; empty when this person may."""
    if name is None or here.may(name):
        return ""
    names = [seat.names for seat in found if seat.role in MAY[name] and seat.holders]
    return "; ".join(names) or named(MAY[name])


def named_above(found: list[Seat]) -> list[str]:
    return [seat.names for seat in found if seat.role in IN_THE_HEADING and seat.holders]


def waiting_proposals(participation: Participation) -> list[Proposal]:
    rows = participation.proposals.filter(status=Proposal.Status.WAITING)
    return list(rows.select_related("step", "by"))


def running_deadlines(participation: Participation) -> list[Step]:
    dated = [step for step in participation.present_steps if step.due_at and not step.is_settled]
    return sorted(dated, key=urgency)


def joint_members(participation: Participation) -> list[Participation]:
    """All participations of a joint application, this one among them; else nothing."""
    if participation.application_id is None:
        return []
    rows = Participation.objects.filter(application=participation.application_id).with_names()
    members = list(rows.order_by("municipality__sort_key"))
    return members if len(members) > 1 else []


def panels(request: HttpRequest, participation: Participation) -> list[str]:
    """What other apps show here, rendered."""
    return [
        render_to_string(panel["template"], panel["context"], request)
        for panel in panels_for(request, participation)
    ]
