"""Another version of its procedure for one participation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods

from accounts.kept_form import keeps_what_was_typed
from workflow import services
from workflow.forms.procedures import ChangeProcedureForm
from workflow.models import Participation, Procedure
from workflow.pages.versions import other_versions, version_page
from workflow.views.doors import explains_refusals, recorded, shown, tried
from workflow.views.transitions import demand, visible


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def change_procedure(
    request: HttpRequest, reference: str, version: int | None = None
) -> HttpResponse:
    """What a version would change, then the act itself. GET shows, POST does."""
    found = visible(request, reference)
    if request.method == "POST":
        demand(request, "change_procedure", found)
    chosen = chosen_version(found, version)
    form = ChangeProcedureForm.opened_at(found, request.POST or None)
    if chosen and form.is_valid():
        entry = tried(
            form, lambda told: services.change_procedure(found, chosen, by=request.user, **told)
        )
        if entry:
            return recorded(request, entry, found)
    return shown(
        request,
        "workflow/change_procedure.html",
        version_page(request, found, chosen) | {"form": form},
    )


def chosen_version(found: Participation, version: int | None) -> Procedure | None:
    """The version of this number; where none is named, the newest that it does not follow."""
    if version is None:
        return other_versions(found).first()
    return get_object_or_404(found.track.procedures.defer("text"), version=version)
