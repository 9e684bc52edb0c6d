"""What the page of one step shows, and which acts this person may do there."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from municipalities.roles import Role
from workflow.evidence import KINDS, Shown
from workflow.forms.acts import HandInForm
from workflow.models import Evidence, Proposal, Step
from workflow.models.step import StepStatus
from workflow.pages.standing import Standing
from workflow.panels import panels_of_step
from workflow.permissions import MAY, named
from workflow.services.settling import reviewing_roles
from workflow.verbs import act_name

# The line of the rights table that each act on a step needs.
ACT_RIGHTS = {
    "hand_in": "hand_in",
    "accept": "review",
    "return": "review",
    "waive": "waive",
    "reopen": "reopen",
    "move_deadline": "move_deadline",
}


@dataclass(frozen=True)
class Act:
    """Something this person may do with the step now."""

    name: str
    label: str
    url: str


@dataclass(frozen=True)
class Handed:
    """One hand-in as shown: its kind in words, its texts, its number (1 is the first)."""

    evidence: Evidence
    label: Any
    texts: Shown
    number: int


def step_page(
    request: HttpRequest, step: Step, *, hidden: Any = None, evidence: Any = None
) -> dict[str, Any]:
    """The context of the step's page; the two forms where they were sent and came back."""
    here = Standing(request.user, step.participation)
    proposal = waiting_proposal(step)
    handed = handed_in(step)
    is_own = waits_of(handed, request.user)
    context = {
        "step": step,
        "here": here,
        "participation": step.participation,
        "waits_for": step.waits_for if step.is_in_present_stage else [],
        "with_names": here.may("view_people"),
        "deadlines": list(step.deadlines.select_related("set_by").order_by("-version")),
        "handed": handed,
        "proposal": proposal,
        "agreed": agreed(step),
        "acts": acts(step, here, proposal, is_own=is_own),
        "turn": turn_sentence(step, here, proposal, is_own=is_own),
        "kind": KINDS.of(step).label,
        "section": section(request, step),
        "panels": [
            render_to_string(one["template"], one["context"], request)
            for one in panels_of_step(request, step)
        ],
    }
    if may_hand_in(step, here) or evidence is not None:
        kind, asked = KINDS.of(step), request.GET.get("from", "")
        on_record = kind.on_record(step)
        chosen = next((one for one in on_record if one.key == asked), None)
        context["hidden"] = hidden or HandInForm.opened_at(step)
        context["evidence_form"] = evidence or kind.form(
            step=step, initial=chosen.initial if chosen else {}
        )
        context |= {"on_record": on_record, "chosen": chosen}
    return context


def section(request: HttpRequest, step: Step) -> str:
    """What the app of its kind of evidence shows here, rendered."""
    brought = KINDS.of(step).section
    context = brought.context(request, step) if brought else None
    return render_to_string(brought.template, context, request) if brought and context else ""


def act_page(request: HttpRequest, step: Step, act: str) -> dict[str, Any]:
    """The same with one act in view: whether this person may do it now, else why not."""
    context = step_page(request, step)
    may = any(one.name == act for one in context["acts"])
    return context | {"act": act, "may_act": may, "why_not": "" if may else why_not(context, act)}


def why_not(context: dict[str, Any], act: str) -> str:
    here: Standing = context["here"]
    step: Step = context["step"]
    roles = looking_roles(step) if ACT_RIGHTS[act] == "review" else []
    if not here.may(ACT_RIGHTS[act], roles=roles):
        return _("This is done by: %s.") % named(roles or MAY[act])
    if context["turn"]:
        return context["turn"]
    return _("This cannot be done now: the step is “%s”.") % step.get_status_display()


def waiting_proposal(step: Step) -> Proposal | None:
    return step.proposals.filter(status=Proposal.Status.WAITING).select_related("by").first()


def agreed(step: Step) -> list[Proposal]:
    """The acts on it that two people agreed on, the newest first."""
    rows = step.proposals.filter(status=Proposal.Status.APPROVED)
    return list(rows.select_related("by", "closed_by"))


def handed_in(step: Step) -> list[Handed]:
    """What was handed in, the newest first."""
    rows = list(step.evidence.select_related("by"))
    return [
        Handed(row, KINDS.kinds[row.kind].label, KINDS.kinds[row.kind].show(row), len(rows) - nth)
        for nth, row in enumerate(rows)
    ]


def may_hand_in(step: Step, here: Standing) -> bool:
    is_possible = step.is_in_present_stage and step.is_owed and not step.waits_for
    return is_possible and here.may("hand_in", roles=[step.role])


def waits_of(handed: list[Handed], user: Any) -> bool:
    """What waits to be looked at was handed in by this very person."""
    return any(
        one.evidence.status == Evidence.Status.SUBMITTED and one.evidence.by_id == user.pk
        for one in handed
    )


def acts(step: Step, here: Standing, proposal: Proposal | None, *, is_own: bool) -> list[Act]:
    """The acts other than handing in that make sense now and that this person may do."""
    is_running = step.is_in_present_stage
    is_looked_at = is_running and step.status == StepStatus.SUBMITTED and proposal is None
    reviews = is_looked_at and not is_own and here.may("review", roles=looking_roles(step))
    possible = {
        "accept": reviews,
        "return": reviews,
        "waive": is_running and not step.is_settled and not proposal and here.may("waive"),
        "reopen": is_running and step.is_settled and here.may("reopen"),
        "move_deadline": is_running and not step.is_settled and here.may("move_deadline"),
    }
    return [Act(name, act_name(name), act_url(step, name)) for name, may in possible.items() if may]


def act_url(step: Step, act: str) -> str:
    return reverse("workflow:step_act", args=[step.participation.reference, step.uuid, act])


def turn_sentence(step: Step, here: Standing, proposal: Proposal | None, *, is_own: bool) -> str:
    """Who does what next, for those who cannot do it themselves; empty when nothing is left."""
    if not step.is_in_present_stage:
        stage = step.participation.get_stage_display()
        return _("The participation stands at “%s” now; this step is closed.") % stage
    if step.is_settled:
        return ""
    if proposal:
        return _("A second person has to agree before it counts.")
    if step.waits_for:
        return _("This step cannot start yet. First: %s.") % ", ".join(
            first.title for first in step.waits_for
        )
    if step.is_owed and not here.may("hand_in", roles=[step.role]):
        return _("This is handed in by: %s.") % Role(step.role).label
    if step.status == StepStatus.SUBMITTED:
        return waits_sentence(step, here, is_own=is_own)
    return ""


def waits_sentence(step: Step, here: Standing, *, is_own: bool) -> str:
    roles = looking_roles(step)
    if here.may("review", roles=roles):
        return _("You handed this in yourself; somebody else has to review it.") if is_own else ""
    return _("Handed in. It is reviewed by: %s.") % named(roles)


def looking_roles(step: Step) -> list[str]:
    """The roles that look at what was handed in, each once."""
    return [role for role in dict.fromkeys(reviewing_roles(step)) if role]
