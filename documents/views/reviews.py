"""The review form of a step: a draft is saved, a review is handed in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_what_was_typed
from documents import services
from documents.forms.reviewing import ReviewForm
from documents.pages.reviews import review_page
from documents.views.finding import visible_participation
from workflow.models import Step
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, recorded, shown, tried


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def review(request: HttpRequest, reference: str, uuid: UUID) -> HttpResponse:
    """One's own review of a step. GET shows its form, POST saves the draft or hands it in."""
    step = reviewed_step(request, reference, uuid)
    demand(request.user, "write_review", step.participation)
    context = review_page(request, step)
    is_draft = "draft" in request.POST
    form = ReviewForm(request.POST or None, step=step, begun=context["begun"], is_draft=is_draft)
    if form.is_valid():
        answer = saved(request, step, form) if is_draft else handed_in(request, step, form)
        if answer:
            return answer
    return shown(request, "documents/review.html", context | {"form": form})


def saved(request: HttpRequest, step: Step, form: ReviewForm) -> HttpResponse | None:
    def door(told: dict[str, Any]) -> Any:
        answers, version = told["answers"], told["expected_version"]
        return services.save_review_draft(step, answers, by=request.user, expected_version=version)

    if not tried(form, door):
        return None
    messages.success(request, _("The draft is saved. Nobody but you can read it."))
    return redirect(request.path)


def handed_in(request: HttpRequest, step: Step, form: ReviewForm) -> HttpResponse | None:
    entry = tried(form, lambda told: services.hand_in_review(step, by=request.user, **told))
    return recorded(request, entry, step) if entry else None


def reviewed_step(request: HttpRequest, reference: str, uuid: UUID) -> Step:
    """A visible step of which the procedure asks for reviews."""
    participation = visible_participation(request, reference)
    found = get_object_or_404(Step, participation=participation, uuid=uuid)
    if not found.review:
        raise Http404
    found.participation = participation
    return found
