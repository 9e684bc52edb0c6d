"""The templates of a programme: looked at, fetched, replaced, and back to the shipped one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from documents import services
from documents.forms.paper_templates import ReturnForm, TemplateForm
from documents.models import PaperTemplate
from documents.pages.paper_templates import fields_page, template_page, templates_page
from documents.pages.written import kind_of
from documents.papers.catalogue import DOCX, LANGUAGES, shipped
from documents.papers.problems import BrokenTemplate
from documents.services import Shelf
from documents.services.paper_templates import ReplacedMeanwhile
from documents.views.downloads import as_a_file
from documents.views.uploading import takes_files
from web.script.dates import date_and_time
from workflow.models import Programme
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, shown, tried
from workflow.views.programmes import visible_programme


def kept_programme(request: HttpRequest, key: str) -> Programme:
    """A programme whose templates the person keeps; who only sees it is told who does."""
    programme = visible_programme(request, key)
    demand(request.user, "keep_templates", programme)
    return programme


def shelf_of(request: HttpRequest, key: str, paper: str, language: str) -> Shelf:
    programme, kind = kept_programme(request, key), kind_of(paper)
    if not kind.takes_templates or language not in LANGUAGES:
        raise Http404
    return Shelf(programme, kind, language)


@require_safe
@explains_refusals
def paper_templates(request: HttpRequest, key: str) -> HttpResponse:
    """Every paper in every language, and which template counts."""
    context = templates_page(kept_programme(request, key))
    return render(request, "documents/paper_templates.html", context)


@require_safe
@explains_refusals
def template_fields(request: HttpRequest, key: str) -> HttpResponse:
    """What a template may use."""
    context = fields_page(kept_programme(request, key))
    return render(request, "documents/template_fields.html", context)


@takes_files(shelf_of)
def paper_template(request: HttpRequest, shelf: Shelf) -> HttpResponse:
    """GET shows the templates of a paper in one language; POST replaces the one that counts."""
    is_sent = request.method == "POST"
    sent = {"data": request.POST, "files": request.FILES} if is_sent else {}
    context = template_page(shelf)
    row = context["line"].row
    form = TemplateForm(expected=row.number if row else 0, **sent)
    try:
        if form.has_no_room:
            return render(request, "documents/no_room.html", status=507)
        if form.is_valid() and (kept := replaced(shelf, form, request)):
            return told_and_back(request, kept)
    except ReplacedMeanwhile as lost:
        return replaced_meanwhile(request, shelf, lost.template)
    finally:
        for file in form.arrived:
            file.discard()
    return shown(request, "documents/paper_template.html", context | {"form": form})


def replaced(shelf: Shelf, form: TemplateForm, request: HttpRequest) -> PaperTemplate | None:
    try:
        return tried(form, lambda told: services.replace_template(shelf, by=request.user, **told))
    except BrokenTemplate as broken:
        for problem in broken.problems:
            form.add_error("file", problem)
    return None


@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def return_to_shipped(request: HttpRequest, key: str, paper: str, language: str) -> HttpResponse:
    """Let the template that comes with Koraci count again."""
    shelf = shelf_of(request, key, paper, language)
    context = template_page(shelf)
    row = context["line"].row
    form = ReturnForm(request.POST or None, expected=row.number if row else 0)
    try:
        door = services.return_to_shipped
        if form.is_valid() and (
            kept := tried(form, lambda told: door(shelf, by=request.user, **told))
        ):
            return told_and_back(request, kept)
    except ReplacedMeanwhile as lost:
        return replaced_meanwhile(request, shelf, lost.template)
    return shown(request, "documents/return_to_shipped.html", context | {"form": form})


def told_and_back(request: HttpRequest, kept: PaperTemplate) -> HttpResponse:
    if kept.is_own:
        told = {"digest": kept.sha256[:8]}
        said = _("Papers are written by your template now, fingerprint %(digest)s.") % told
    else:
        said = _("Papers are written by the shipped template again.")
    messages.success(request, said)
    return redirect(address_of(kept.programme, kept.paper, kept.language))


def address_of(programme: Programme, paper: str, language: str) -> str:
    return reverse("documents:paper_template", args=[programme.key, paper, language])


def replaced_meanwhile(request: HttpRequest, shelf: Shelf, kept: PaperTemplate) -> HttpResponse:
    """409: what came first; nothing of what was sent is kept."""
    context = {
        "url": address_of(shelf.programme, shelf.kind.key, shelf.language),
        "sentence": _("Another template was kept meanwhile, on %s.") % date_and_time(kept.kept_at),
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)


@require_safe
@explains_refusals
def template_file(
    request: HttpRequest, key: str, paper: str, language: str, number: int
) -> HttpResponseBase:
    """A template of the programme, byte for byte as it was kept."""
    shelf = shelf_of(request, key, paper, language)
    found = get_object_or_404(shelf.rows.exclude(sha256=""), number=number)
    return as_a_file(bytes(found.content), DOCX, found.name)


@require_safe
@explains_refusals
def shipped_template(request: HttpRequest, key: str, paper: str, language: str) -> HttpResponseBase:
    """The template that comes with Koraci, to be changed in Word."""
    shelf = shelf_of(request, key, paper, language)
    return as_a_file(shipped(shelf.kind.key, language), DOCX, f"{paper}-{language}.docx")
