"""The pages of papers: all of a participation, one with its versions, and the acts on them."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from documents import services
from documents.forms.uploading import VisibilityForm, WithdrawForm
from documents.pages.comparing import compare_page, pair_of
from documents.pages.papers import paper_page, papers_page
from documents.services.keeping import demand_withdrawal
from documents.views.finding import visible_document, visible_participation, visible_version
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, recorded, shown, tried


@require_safe
def documents(request: HttpRequest, reference: str) -> HttpResponse:
    """The papers of a participation."""
    found = visible_participation(request, reference)
    return render(request, "documents/documents.html", papers_page(request, found))


@require_safe
@explains_refusals
def document(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One paper with its versions."""
    found = visible_document(request, uuid)
    return render(request, "documents/document.html", paper_page(request, found))


@require_safe
@explains_refusals
def compare(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What changed between two versions. Showing their texts is an entry, as a download is."""
    found = visible_document(request, uuid)
    pair = pair_of(found, request)
    if pair.texts:
        services.record_comparison(pair.earlier, pair.later, by=request.user)
    return render(request, "documents/compare.html", compare_page(found, pair))


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def withdraw_version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a version out of use."""
    found = visible_version(request, uuid)
    demand_withdrawal(found, request.user)
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        entry = tried(form, lambda told: services.withdraw_version(found, by=request.user, **told))
        if entry:
            return recorded(request, entry, found.document)
    return shown(request, "documents/withdraw.html", {"version": found, "form": form})


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def visibility(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Who may read a paper."""
    found = visible_document(request, uuid)
    demand(request.user, "publish_document", found)
    form = VisibilityForm(request.POST or None, document=found)
    if form.is_valid():
        entry = tried(form, lambda told: services.change_visibility(found, by=request.user, **told))
        if entry:
            return recorded(request, entry, found)
    return shown(request, "documents/visibility.html", {"document": found, "form": form})
