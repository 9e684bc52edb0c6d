"""The list of participations, the board, and one participation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from workflow.models import Participation
from workflow.pages.board import board as board_of
from workflow.pages.case import case_page
from workflow.pages.case_list import case_list
from workflow.pages.decisions import decisions_page
from workflow.pages.filters import Filters
from workflow.pages.insight import insight
from workflow.pages.nav import roles_in
from workflow.pages.seats import readers_page
from workflow.pages.shortcuts import shortcuts
from workflow.permissions import MAY


@require_safe
def participations(request: HttpRequest) -> HttpResponse:
    """What this person's mandates reach, with filters in the address."""
    found = case_list(request.user, request.GET)
    may_open = bool(roles_in(request) & set(MAY["open_participation"]))
    context = {"list": found, "may_open": may_open}
    response = render(request, "workflow/participations.html", context)
    return with_address(request, response, found.filters)


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """One programme at a glance, for those whose mandate is over programmes."""
    found = board_of(request.user, request.GET)
    may_open = bool(roles_in(request) & set(MAY["open_participation"]))
    links = shortcuts(request.user, found.programme) if found else []
    context = {"board": found, "may_open": may_open, "shortcuts": links}
    response = render(request, "workflow/board.html", context)
    return with_address(request, response, found.filters) if found else response


def with_address(request: HttpRequest, response: HttpResponse, filters: Filters) -> HttpResponse:
    """The address that the browser shows after a change of filters: without the empty ones."""
    if request.headers.get("HX-Request"):
        response.headers["HX-Push-Url"] = request.path + filters.address()
    return response


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """Where a programme jams, from its log, and where it works, on the map."""
    found = {"insight": insight(request.user, request.GET)}
    return render(request, "workflow/insight.html", found)


@require_safe
def participation(request: HttpRequest, reference: str) -> HttpResponse:
    """The case: where it stands, whose turn it is, what happened."""
    visible = Participation.objects.visible_to(request.user).with_names()
    visible = visible.select_related("application__lead__parent")
    found = get_object_or_404(visible, reference=reference)
    return render(request, "workflow/participation.html", case_page(request, found))


@require_safe
def decisions(request: HttpRequest, reference: str) -> HttpResponse:
    """The acts beside the next transition; each has a page of its own."""
    found = visible(request, reference)
    return render(request, "workflow/decisions.html", decisions_page(request, found))


@require_safe
def readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Who can see this participation, each with the reason."""
    return render(
        request, "workflow/readers.html", readers_page(request, visible(request, reference))
    )


def visible(request: HttpRequest, reference: str) -> Participation:
    """The participation, if this person may see it; else 404, as for nothing there."""
    rows = Participation.objects.visible_to(request.user).with_names()
    return get_object_or_404(rows, reference=reference)
