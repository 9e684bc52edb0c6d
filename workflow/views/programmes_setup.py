"""Set-up of a programme in the browser: a file is looked at, rehearsed, then published."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from web.script.dates import date_and_time
from workflow import services
from workflow.errors import Refused
from workflow.forms.carried import INCOMPLETE
from workflow.forms.programmes import ProcedureFileForm, PublishForm
from workflow.models import Procedure, Programme, Track
from workflow.pages.programmes_setup import behind, rehearsal, tree_of, versions_of
from workflow.services.procedures import (
    BrokenFile,
    PublishedMeanwhile,
    checked,
    refuse_another_track,
    rehearse,
)
from workflow.views.doors import explains_refusals, shown
from workflow.views.programmes import sent_file, visible_programme
from workflow.views.transitions import demand


@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def programme_setup(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows the versions; a file that is sent is looked at; what was looked at, published."""
    programme = visible_programme(request, key)
    demand(request, "load_procedure", programme)
    if "carried" in request.POST:
        return publish(request, programme)
    form = sent_file(request, ProcedureFileForm)
    if form.is_valid():
        return review(request, programme, form.cleaned_data["file"])
    tracks = versions_of(programme)
    late = behind(tracks)
    more = sum(one.behind for one in tracks) - len(late)
    context = {"programme": programme, "form": form, "tracks": tracks}
    context |= {"behind": late, "behind_more": more}
    return shown(request, "workflow/programme_setup.html", context)


def review(request: HttpRequest, programme: Programme, text: bytes) -> HttpResponse:
    """Every problem of a broken file, or what a sound one would change. Writes nothing."""
    context: dict[str, Any] = {"programme": programme}
    try:
        rules = checked(text)
    except BrokenFile as broken:
        context |= {"tree": tree_of(broken.problems), "count": len(broken.problems)}
        return render(request, "workflow/programme_problems.html", context, status=422)
    newest = newest_version(programme, rules)
    told = rehearsal(text, rules, newest, rehearse(text))
    context |= {"told": told, "form": PublishForm.carrying(text, newest.version if newest else 0)}
    return render(request, "workflow/programme_rehearsal.html", context)


def newest_version(programme: Programme, rules: dict[str, Any]) -> Procedure | None:
    """The version in force of the track that a file is for. Refused where it is not for here."""
    if rules["programme"] != programme.key:
        told = {"other": rules["programme"], "key": programme.key}
        raise Refused(_("This file is for the programme “%(other)s”, not for “%(key)s”.") % told)
    facts = rules["track"]
    track = Track.objects.filter(key=facts["key"]).first()
    refuse_another_track(
        track or Track(key=facts["key"], programme=programme, code=facts["code"]), programme, facts
    )
    return track.procedures.first() if track else None


def publish(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The very text that was rehearsed becomes the newest version, unless another one did."""
    form = PublishForm(request.POST)
    if not form.is_valid():
        raise Refused(INCOMPLETE)
    carried = form.cleaned_data["carried"]
    try:
        procedure = services.load_procedure(
            carried["text"], by=request.user, expected_version=carried["seen"]
        )
    except PublishedMeanwhile as lost:
        return published_meanwhile(request, programme, lost.procedure)
    told = {"version": procedure.version, "track": str(procedure.track)}
    messages.success(request, _("Version %(version)d of “%(track)s” is published.") % told)
    return redirect("workflow:programme_setup", programme.key)


def published_meanwhile(
    request: HttpRequest, programme: Programme, procedure: Procedure
) -> HttpResponse:
    """409: which version came first; nothing of what was sent is recorded."""
    told = {"version": procedure.version, "when": date_and_time(procedure.loaded_at)}
    context = {
        "url": reverse("workflow:programme_setup", args=[programme.key]),
        "sentence": _("Version %(version)d was published meanwhile, on %(when)s.") % told,
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)
