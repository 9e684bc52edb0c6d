"""What the page of a participation shows beside its stage: people, deadlines, acts, panels."""

from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.models import Mandate
from municipalities.roles import Role
from web.script.fold import in_alphabet
from workflow.glance import urgency
from workflow.models import Participation, Proposal, Step
from workflow.pages.rail import heading, rail
from workflow.pages.standing import Standing
from workflow.pages.timeline import AT_FIRST, KINDS_SHOWN, timeline
from workflow.pages.versions import other_versions
from workflow.pages.whose_turn import banner
from workflow.panels import panels_for
from workflow.permissions import MAY, named
from workflow.readiness import next_transition, readiness
from workflow.verbs import act_name

READING = {Role.AUDITOR, Role.OBSERVER, Role.ADMINISTRATOR}
# Acts beside the next transition, in the order in which the page offers them.
OTHER_DECISIONS = ["resume", "hold", "step_back", "reject", "withdraw", "discontinue"]


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Seat:
    """A role and who holds it here now; nobody is a vacancy."""

    role: str
    label: str
    mandates: list[Mandate]


def case_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The whole context of the page."""
    here = Standing(request.user, participation)
    with_names = here.may("view_people")
    name = next_transition(participation)
    tree = readiness(participation, name) if name else None
    proposals = waiting_proposals(participation)
    move = next((one for one in proposals if one.step_id is None), None)
    people = seats(participation)
    return {
        "participation": participation,
        "heading": heading(participation),
        "rail": rail(participation),
        "turn": banner(participation, name, tree, move),
        "tree": tree,
        "next": next_link(participation, name, tree, here) if not move else None,
        "decides": deciders(name, here),
        "with_names": with_names,
        "people": [seat for seat in people if seat.role not in READING],
        "readers": [seat for seat in people if seat.mandates],
        "deadlines": running_deadlines(participation),
        "proposals": proposals,
        "decisions": other_decisions(participation, here),
        "joint": joint_members(participation),
        "panels": panels(request, participation),
        "may_read_log": here.may("view_log"),
        "may_appoint": here.may("invite") or here.may("hand_over"),
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
    labels = {
        "": _("Everything"),
        "transitions": _("Decisions"),
        "steps": _("Steps and deadlines"),
        "people": _("People"),
    }
    return [
        {"key": key, "label": label, "is_chosen": key == chosen} for key, label in labels.items()
    ]


def next_link(
    participation: Participation, name: str | None, tree: Any, here: Standing
) -> Link | None:
    """The primary button: only when it is ready and this very person may."""
    if name and tree and here.may(name):
        return Link(act_name(name), transition_url(participation, name))
    return None


def deciders(name: str | None, here: Standing) -> str:
    """Who decides on the next transition; empty when this person may."""
    if name is None or here.may(name):
        return ""
    return named(MAY[name])


def other_decisions(participation: Participation, here: Standing) -> list[Link]:
    """The acts beside the next transition that make sense now and that this person may do."""
    is_held = participation.on_hold_since is not None
    possible = {
        "resume": is_held,
        "hold": not is_held,
        "step_back": not is_held and participation.previous_on_route is not None,
        "reject": not is_held and participation.stage == "application",
        "withdraw": True,
        "discontinue": True,
    }
    if not participation.is_open:
        return []
    links = [
        Link(act_name(name), transition_url(participation, name))
        for name in OTHER_DECISIONS
        if possible[name] and here.may(name)
    ]
    return links + link_to_versions(participation, here)


def link_to_versions(participation: Participation, here: Standing) -> list[Link]:
    """To another version of the procedure, where there is one and this person may choose it."""
    if not here.may("change_procedure") or not other_versions(participation).exists():
        return []
    page = reverse("workflow:change_procedure", args=[participation.reference])
    return [Link(act_name("change_procedure"), page)]


def transition_url(participation: Participation, name: str) -> str:
    return reverse("workflow:transition", args=[participation.reference, name])


def waiting_proposals(participation: Participation) -> list[Proposal]:
    rows = participation.proposals.filter(status=Proposal.Status.WAITING)
    return list(rows.select_related("step", "by"))


def running_deadlines(participation: Participation) -> list[Step]:
    dated = [step for step in participation.present_steps if step.due_at and not step.is_settled]
    return sorted(dated, key=urgency)


def seats(participation: Participation) -> list[Seat]:
    """Every role with those who hold it here now. One query."""
    held: dict[str, list[Mandate]] = {role: [] for role in Role}
    for mandate in mandates_here(participation):
        held[mandate.role].append(mandate)
    owed = roles_of_the_procedure(participation)
    return [
        Seat(role, str(Role(role).label), mandates)
        for role, mandates in held.items()
        if mandates or role in owed
    ]


def mandates_here(participation: Participation) -> list[Mandate]:
    here = Q(pk__in=[])
    for model, pk in participation.places():
        here |= Q(place_type=ContentType.objects.get_for_model(model), place_id=pk)
    rows = Mandate.objects.current().enforced().filter(here).select_related("user")
    return in_alphabet(rows.order_by("pk"), lambda mandate: mandate.user)


def roles_of_the_procedure(participation: Participation) -> set[str]:
    """The roles that the procedure counts on; one that nobody holds is a vacancy."""
    procedure = participation.procedure
    rules = [rule for stage in participation.route for rule in procedure.steps_of(stage)]
    return {rule["role"] for rule in rules} | {Role.PROGRAMME_MANAGER, Role.COORDINATOR}


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
