"""The papers that Koraci writes: read on a page, fetched as a file, kept as a version."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from documents import services
from documents.forms.writing import KeepForm
from documents.models import Document
from documents.pages.written import decisions_of, kind_of, paper_page, wanted_by
from documents.papers.catalogue import has_its_time
from documents.services import store
from documents.services.wanted import Wanted
from documents.views.downloads import as_a_file
from documents.views.finding import visible_participation
from workflow.audit.models import Entry
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, recorded, tried


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def write_paper(request: HttpRequest, reference: str, paper: str) -> HttpResponse:
    """GET shows what the paper would say; POST keeps exactly that."""
    wanted, decisions = asked_for(request, reference, paper)
    form = KeepForm(request.POST or None, wanted=wanted)
    if form.is_valid() and (answer := kept(request, wanted, form)):
        return answer
    if form.is_bound:
        form.read_again(wanted)
    context = paper_page(wanted, request.user, decisions) | {"form": form}
    return render(request, "documents/write_paper.html", context, status=form.status)


def kept(request: HttpRequest, wanted: Wanted, form: KeepForm) -> HttpResponse | None:
    def door(told: dict[str, Any]) -> Any:
        return services.keep_written(wanted, by=request.user, **told)

    try:
        entry = tried(form, door)
    except store.StoreDown:
        form.not_stored()
        return None
    if not entry:
        return None
    return recorded(request, entry, get_object_or_404(Document, uuid=entry.facts["document"]))


@require_safe
@explains_refusals
def written_paper(request: HttpRequest, reference: str, paper: str) -> HttpResponseBase:
    """The file, made anew and not kept: it says nothing that the page does not show (ADR 0023).

    At another stage there is none; the page says so.
    """
    wanted, _decisions = asked_for(request, reference, paper)
    if not has_its_time(wanted.kind, wanted.participation.stage):
        return redirect("documents:write_paper", reference, paper)
    made = wanted.write(by=request.user)
    return as_a_file(made.content, made.content_type, made.name)


def asked_for(request: HttpRequest, reference: str, paper: str) -> tuple[Wanted, list[Entry]]:
    """For whom it is offered; who sees the participation and may not is told so."""
    participation, kind = visible_participation(request, reference), kind_of(paper)
    demand(request.user, "view_written_papers", participation, roles=kind.roles)
    decisions = decisions_of(participation, kind)
    return wanted_by(request, participation, kind, decisions), decisions
