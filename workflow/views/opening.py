"""Taking a municipality into a track that has no call: find it, then decide."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_what_was_typed
from workflow import services
from workflow.errors import NotAllowed
from workflow.forms.opening import OpenForm
from workflow.models import Procedure, Track
from workflow.permissions import MAY, named, reach
from workflow.views.doors import explains_refusals, recorded, shown, tried
from workflow.views.register import chosen_unit, search


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def open_participation(request: HttpRequest) -> HttpResponse:
    """First the register is searched; for the unit that is chosen, the act itself."""
    mine = reach(request.user, "open_participation").programmes
    if request.method == "POST" and not mine:
        raise NotAllowed(_("This needs the role: %s.") % named(MAY["open_participation"]))
    tracks = tracks_without_a_call(mine)
    context = {"may": bool(mine), "tracks": tracks}
    sent = request.POST or request.GET
    if not tracks or "municipality" not in sent:
        return shown(request, "workflow/open_search.html", context | search(request))
    unit = chosen_unit(sent)
    form = OpenForm(request.POST or None, tracks=tracks)
    if form.is_valid():
        made = tried(
            form,
            lambda told: services.open_participation(municipality=unit, by=request.user, **told),
        )
        if made:
            return recorded(request, made.entries.get(seq=1), made)
    return shown(request, "workflow/open_participation.html", {"form": form, "municipality": unit})


def tracks_without_a_call(programmes: Iterable[int]) -> QuerySet[Track]:
    """Those whose procedure in force begins past the application, with their places."""
    versions = Prefetch("procedures", Procedure.objects.defer("text"))
    rows = Track.objects.filter(programme__in=programmes).prefetch_related(versions)
    direct = [
        track.pk
        for track in rows
        if (procedure := track.procedures.first()) and not procedure.begins_with_a_call
    ]
    found = Track.objects.filter(pk__in=direct).with_places_taken().select_related("programme")
    return found.order_by("programme", "key")
