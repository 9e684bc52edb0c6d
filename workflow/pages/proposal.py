"""What the second person sees: the proposed act, judged anew, and who may answer."""

from typing import Any

from django.http import HttpRequest

from municipalities.models import Mandate
from workflow.evidence import KINDS
from workflow.models import Evidence, Proposal
from workflow.pages.move import move_page
from workflow.pages.standing import Standing
from workflow.pages.step import looking_roles
from workflow.permissions import MAY, named, readers_of
from workflow.verbs import act_name


def proposal_page(request: HttpRequest, asked: Proposal) -> dict[str, Any]:
    """The context of the page, for a transition or for settling a step."""
    here = Standing(request.user, asked.participation)
    roles = approving_roles(asked)
    is_own = asked.by_id == request.user.pk
    has_right = not here.roles_at().isdisjoint(roles)
    context: dict[str, Any] = {"tree": None, "coming": [], "group": [asked.participation]}
    if asked.step is None:
        context = move_page(request, asked.participation, asked.act, asked.decided_on)
    return context | {
        "participation": asked.participation,
        "proposal": asked,
        "act": act_name(asked.act),
        "is_waiting": asked.status == Proposal.Status.WAITING,
        "is_own": is_own,
        "may_approve": has_right and not is_own,
        "may_decline": has_right,
        "roles": named(roles),
        "with_names": here.may("view_people"),
        "others": others(asked, roles),
        "handed": handed(asked),
    }


def approving_roles(asked: Proposal) -> list[str]:
    """The second person needs the same right as the first."""
    if asked.step and asked.act == "accept":
        return looking_roles(asked.step)
    return [str(role) for role in MAY[asked.act]]


def others(asked: Proposal, roles: list[str]) -> list[Mandate]:
    """Who may approve it: everybody with the right but the one who proposed."""
    here = readers_of(asked.participation)
    return [one for one in here if one.role in roles and one.user_id != asked.by_id]


def handed(asked: Proposal) -> list[tuple[Any, str]]:
    """What the step would be settled on, as its kind shows it."""
    if asked.step is None:
        return []
    evidence = asked.step.evidence.filter(status=Evidence.Status.SUBMITTED).first()
    return KINDS.kinds[evidence.kind].show(evidence) if evidence else []
