"""The selection list of a call: a page, and the same list as a file for an office program."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from web.spreadsheets import csv_file, xlsx_file
from workflow.errors import NotAllowed
from workflow.models import Call
from workflow.pages.selection import head_of_file, rows_of_file, selection_list
from workflow.permissions import can
from workflow.views.calls import visible_call
from workflow.views.doors import explains_refusals


@require_safe
@explains_refusals
def call_selection(request: HttpRequest, reference: str) -> HttpResponse:
    """The applications to the call; the manager goes from here to the page of each decision."""
    found = selecting(request, reference)
    decides = can(request.user, "select", found)
    listed = selection_list(found, request.GET.get("page"))
    context = {"call": found, "list": listed, "decides": decides}
    return render(request, "workflow/call_selection.html", context)


def selecting(request: HttpRequest, reference: str) -> Call:
    """The call, for the people of its programme. 404 where it is not seen at all."""
    found = visible_call(request, reference)
    verdict = can(request.user, "view_selection", found)
    if not verdict:
        raise NotAllowed(verdict.sentence)
    return found


@require_safe
@explains_refusals
def call_selection_csv(request: HttpRequest, reference: str) -> HttpResponse:
    """The list as CSV, in the language of the reader."""
    found = selecting(request, reference)
    return csv_file(f"{reference}-selection", head_of_file(), rows_of_file(found))


@require_safe
@explains_refusals
def call_selection_xlsx(request: HttpRequest, reference: str) -> HttpResponse:
    """The list as XLSX, in the language of the reader."""
    found = selecting(request, reference)
    return xlsx_file(f"{reference}-selection", head_of_file(), rows_of_file(found))
