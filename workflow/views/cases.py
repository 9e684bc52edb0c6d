"""The first page by role, the list of participations, and one participation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from municipalities.roles import Role
from web.context import url_or_none
from workflow.models import Participation
from workflow.pages.board import board as board_of
from workflow.pages.case import case_page
from workflow.pages.case_list import case_list
from workflow.pages.filters import Filters
from workflow.pages.insight import insight
from workflow.pages.nav import roles_in
from workflow.pages.turns import MUNICIPAL
from workflow.permissions import MAY


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Each role begins where its work is."""
    roles = roles_in(request)
    if roles & MUNICIPAL:
        return redirect("workflow:my_steps")
    if Role.PROGRAMME_MANAGER in roles:
        return redirect("workflow:board")
    if roles == {Role.AUDITOR}:
        return redirect(url_or_none("workflow:log") or "workflow:participations")
    return redirect("workflow:participations")


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
    response = render(request, "workflow/board.html", {"board": found, "may_open": may_open})
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
