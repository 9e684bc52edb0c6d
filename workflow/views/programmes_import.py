"""A list of municipalities for a track without a call: read, looked at, taken in."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.kept_form import keeps_what_was_typed
from municipalities.models import Municipality
from web.forms import sentences_on_removed
from workflow import services
from workflow.errors import Refused
from workflow.forms.carried import INCOMPLETE
from workflow.forms.lists import rows_of
from workflow.forms.programmes import ListFileForm, TakeInForm
from workflow.models import Track
from workflow.pages.programmes import places_in_words
from workflow.pages.programmes_import import preview
from workflow.views.doors import explains_refusals, shown, tried
from workflow.views.programmes import download, sent_file, visible_track
from workflow.views.transitions import demand

BOM = "\ufeff"  # without it spreadsheets take UTF-8 for an old code page


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def import_municipalities(request: HttpRequest, key: str, track: str) -> HttpResponse:
    """GET asks for the list; a list that is sent is looked at; what was looked at, taken in."""
    found = visible_track(request, key, track)
    demand(request, "open_participation", found)
    if "codes" in request.POST:
        return take_in(request, found)
    form = sent_file(request, ListFileForm)
    if form.is_valid():
        try:
            told = preview(rows_of(form.cleaned_data["file"]), found)
        except ValidationError as unreadable:
            form.add_error("file", unreadable)
        else:
            take_in_form = TakeInForm(initial={"codes": told.codes})
            context = {"track": found, "preview": told, "units": told.units, "form": take_in_form}
            return render(request, "workflow/programme_import_check.html", context)
    return shown(request, "workflow/programme_import.html", about(found) | {"form": form})


def about(track: Track) -> dict[str, object]:
    procedure = track.procedures.defer("text").first()
    return {
        "track": track,
        "places": places_in_words(track),
        "begins_with_a_call": bool(procedure and procedure.begins_with_a_call),
        "has_procedure": procedure is not None,
    }


def take_in(request: HttpRequest, track: Track) -> HttpResponse:
    """All the municipalities that were shown as good, or none of them."""
    form = TakeInForm(request.POST)
    units = chosen_units(form["codes"].value() or "")
    if form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("decided_on", "reason")}
        key = form.cleaned_data["idempotency_key"]
        opened = tried(
            form,
            lambda _cleaned: services.open_participations(
                track, units, by=request.user, idempotency_key=key, **told
            ),
        )
        if opened:
            return taken_in(request, track, len(opened), sentences_on_removed(form))
    context = {"track": track, "units": units, "form": form}
    return shown(request, "workflow/programme_import_check.html", context)


def chosen_units(codes: str) -> list[Municipality]:
    """The units of these codes in their order. Refused where one is no code of the register."""
    wanted = codes.replace("\0", " ").split()
    known = {
        unit.code: unit
        for unit in Municipality.objects.filter(code__in=wanted).select_related("parent")
    }
    if len(known) != len(wanted):
        raise Refused(INCOMPLETE)
    return [known[code] for code in wanted]


def taken_in(
    request: HttpRequest, track: Track, count: int, removed: Sequence[str]
) -> HttpResponse:
    said = ngettext("%d municipality was taken in.", "%d municipalities were taken in.", count)
    messages.success(request, said % count)
    for sentence in removed:
        messages.info(request, sentence)
    response = redirect("workflow:track", track.programme.key, track.key)
    response["Location"] += "?show=municipalities"
    return response


@require_safe
@explains_refusals
def import_template(request: HttpRequest, key: str, track: str) -> HttpResponse:
    """An empty list with the headings, as spreadsheets here open it at once."""
    found = visible_track(request, key, track)
    demand(request, "open_participation", found)
    headings = ";".join([_("code"), _("name")])
    return download(f"{BOM}{headings}\r\n".encode(), "text/csv", f"{found.key}.csv")
