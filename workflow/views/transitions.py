"""The page of one legal act, and the page on which a second person agrees to it."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_what_was_typed
from workflow import services
from workflow.audit.models import Entry
from workflow.errors import NotAllowed
from workflow.forms.acts import ProposalForm, TransitionForm
from workflow.models import Participation, Proposal
from workflow.pages.move import move_page
from workflow.pages.proposal import approving_roles, proposal_page
from workflow.permissions import can
from workflow.verbs import TRANSITIONS
from workflow.views.doors import explains_refusals, recorded, shown, tried

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@keeps_what_was_typed
@PAGE
@explains_refusals
def transition(request: HttpRequest, reference: str, name: str) -> HttpResponse:
    """What the act still needs, then the act itself. GET shows, POST does."""
    if name not in TRANSITIONS:
        raise Http404
    rows = Participation.objects.visible_to(request.user)  # the door reads it anew, locked
    found = get_object_or_404(rows, reference=reference)
    sent = request.POST or None
    form = TransitionForm.opened_at(found, sent, participation=found, name=name)
    if form.is_valid():
        entry = tried(form, lambda told: perform(found, name, request.user, told))
        if entry:
            return recorded(request, entry, found)
    elif request.method == "POST":
        demand(request, name, found)  # the door has asked already, where the form was whole
    day = form.cleaned_data.get("decided_on") if form.is_bound else None
    context = move_page(request, found, name, day) | {"form": form}
    context["tree"] = getattr(form, "tree", context["tree"])
    return shown(request, "workflow/transition.html", context)


def perform(found: Participation, name: str, user: Any, told: dict[str, Any]) -> Entry:
    return services.perform_transition(found, name, by=user, **told)


@keeps_what_was_typed
@PAGE
@explains_refusals
def proposal(request: HttpRequest, reference: str, uuid: UUID) -> HttpResponse:
    """The same act for the second person: approve it, or decline it with a reason."""
    found = visible(request, reference)
    asked = get_object_or_404(
        Proposal.objects.select_related("step", "by", "closed_by"), participation=found, uuid=uuid
    )
    asked.participation = found
    if request.method == "POST":
        demand(request, *right_to_answer(asked))
    form = ProposalForm(request.POST or None)
    if form.is_valid():
        entry = tried(form, lambda told: answer(asked, request.user, **told))
        if entry:
            return recorded(request, entry, found)
    context = proposal_page(request, asked) | {"form": form}
    context["tree"] = getattr(form, "tree", context["tree"])
    return shown(request, "workflow/proposal.html", context)


def answer(asked: Proposal, by: Any, *, answer: str, reason: str, idempotency_key: UUID) -> Entry:
    if answer == "approve":
        return services.approve_proposal(asked, by=by, idempotency_key=idempotency_key)
    return services.decline_proposal(asked, by=by, reason=reason, idempotency_key=idempotency_key)


def visible(request: HttpRequest, reference: str) -> Participation:
    rows = Participation.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows.select_related("application"), reference=reference)


def right_to_answer(asked: Proposal) -> tuple[str, Participation, list[str]]:
    action = "review" if asked.step and asked.act == "accept" else asked.act
    return action, asked.participation, approving_roles(asked)


def demand(request: HttpRequest, action: str, found: Any, roles: Collection[str] = ()) -> None:
    """A person without the right reads which role may, not what is wrong with the form."""
    verdict = can(request.user, action, found, roles=roles)
    if not verdict:
        raise NotAllowed(verdict.sentence)
