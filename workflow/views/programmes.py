"""Programmes and tracks: what they are, how they run, who takes part; the files of their rules."""

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workflow.models import Procedure, Programme, Track
from workflow.pages.programmes import (
    programme_lines,
    programme_page,
    visible_programmes,
    visible_tracks,
)
from workflow.pages.programmes_track import track_page


@require_safe
def programmes(request: HttpRequest) -> HttpResponse:
    """The programmes that the person may see."""
    return render(request, "workflow/programmes.html", {"lines": programme_lines(request.user)})


@require_safe
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme: its facts, its tracks, how far the municipalities came."""
    found = visible_programme(request, key)
    return render(request, "workflow/programme.html", programme_page(request, found))


@require_safe
def track(request: HttpRequest, key: str, track: str) -> HttpResponse:
    """One track by the newest version of its procedure, or by the one that is asked for."""
    found = visible_track(request, key, track)
    procedure = chosen_version(found, request.GET.get("version", ""))
    context = track_page(request, found, procedure)
    return render(request, "workflow/programme_track.html", context)


@require_safe
def procedure_file(request: HttpRequest, key: str, track: str, version: int) -> HttpResponse:
    """A version of a procedure, byte for byte as it was loaded."""
    found = visible_track(request, key, track)
    procedure = get_object_or_404(found.procedures, version=version)
    return download(procedure.text.encode(), "application/yaml", f"{found.key}-{version}.yaml")


def visible_programme(request: HttpRequest, key: str) -> Programme:
    rows = visible_programmes(request.user).prefetch_related("partners")
    return get_object_or_404(rows, key=key)


def visible_track(request: HttpRequest, key: str, track: str) -> Track:
    rows = visible_tracks(request.user).select_related("programme").with_places_taken()
    return get_object_or_404(rows, programme__key=key, key=track)


def chosen_version(track: Track, wanted: str) -> Procedure | None:
    """The version of that number, else the newest; None where none was loaded."""
    rows = track.procedures.defer("text")
    if not wanted:
        return rows.first()
    if not wanted.isdecimal() or len(wanted) > 9:
        raise Http404
    return get_object_or_404(rows, version=int(wanted))


def sent_file(request: HttpRequest, form: type[Form]) -> Form:
    """The form of an upload, filled in where something was sent, also without any file."""
    return form(request.POST, request.FILES) if request.method == "POST" else form()


def download(content: bytes, kind: str, name: str) -> HttpResponse:
    """A file that the browser saves under this name."""
    response = HttpResponse(content, content_type=f"{kind}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
