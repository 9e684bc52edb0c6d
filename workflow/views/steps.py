"""What a person owes, and one step: handed in, looked at, waived, opened again, moved."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from workflow import services
from workflow.audit.models import Entry
from workflow.errors import NotAllowed
from workflow.evidence import KINDS
from workflow.forms.acts import FORMS, HandInForm, form_for
from workflow.models import Participation, Step
from workflow.pages.my_steps import my_desk
from workflow.pages.nav import first_role
from workflow.pages.step import ACT_RIGHTS, act_page, step_page
from workflow.permissions import can
from workflow.services.settling import reviewing_roles
from workflow.views.doors import explains_refusals, recorded, shown, tried

DOORS: dict[str, Callable[..., Entry]] = {
    "accept": services.accept_step,
    "return": services.return_step,
    "waive": services.waive_step,
    "reopen": services.reopen_step,
    "move_deadline": services.move_deadline,
}


@require_safe
def my_steps(request: HttpRequest) -> HttpResponse:
    """What waits for this person, the most urgent first."""
    asked = request.GET.get("participation", "")
    desk = my_desk(request.user, asked, role=first_role(request))
    return render(request, "workflow/my_steps.html", {"desk": desk})


@require_safe
@explains_refusals
def step(request: HttpRequest, reference: str, uuid: UUID) -> HttpResponse:
    """One step: what is asked, what was handed in, and what this person may do with it."""
    found = visible_step(request, reference, uuid)
    return render(request, "workflow/step.html", step_page(request, found))


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def step_act(request: HttpRequest, reference: str, uuid: UUID, act: str) -> HttpResponse:
    """An act on a step. GET shows its page, POST does it."""
    found = visible_step(request, reference, uuid)
    if act == "hand_in":
        return hand_in(request, found)
    if act not in FORMS:
        raise Http404
    if request.method == "POST":
        demand(request, found, act)
    form = form_for(act, found, request.POST or None)
    if form.is_valid():
        door = DOORS[act]
        entry = tried(form, lambda told: door(found, by=request.user, **told))
        if entry:
            return recorded(request, entry, found)
    context = act_page(request, found, act) | {"form": form}
    return shown(request, "workflow/step_act.html", context)


def hand_in(request: HttpRequest, found: Step) -> HttpResponse:
    """The form of the step's kind, on the page of the step itself."""
    if request.method != "POST":
        return redirect(found)
    demand(request, found, "hand_in")
    hidden = HandInForm.opened_at(found, request.POST)
    evidence = KINDS.of(found).form(request.POST, step=found)
    if all([hidden.is_valid(), evidence.is_valid()]):  # each shows what is wrong with it
        entry = tried(
            hidden, lambda told: services.hand_in(found, request.POST, by=request.user, **told)
        )
        if entry:
            return recorded(request, entry, found)
    context = step_page(request, found, hidden=hidden, evidence=evidence)
    return shown(request, "workflow/step.html", context)


def visible_step(request: HttpRequest, reference: str, uuid: UUID) -> Step:
    """The step, if its participation is visible; else 404, as for nothing there."""
    participations = Participation.objects.visible_to(request.user).with_names()
    participation = get_object_or_404(participations, reference=reference)
    found = get_object_or_404(Step, participation=participation, uuid=uuid)
    found.participation = participation
    return found


def demand(request: HttpRequest, found: Step, act: str) -> None:
    """A person without the right reads which role may, not what is wrong with the form."""
    roles = {"hand_in": [found.role]}.get(act, [])
    roles = reviewing_roles(found) if ACT_RIGHTS[act] == "review" else roles
    verdict = can(request.user, ACT_RIGHTS[act], found.participation, roles=roles)
    if not verdict:
        raise NotAllowed(verdict.sentence)
