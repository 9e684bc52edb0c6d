"""Deadlines of everything that a person looks after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.pages.due import due_page
from workflow.views.doors import explains_refusals


@require_safe
@explains_refusals
def due(request: HttpRequest) -> HttpResponse:
    """What is late and what is due soon; for managers with the choice of whom to remind."""
    context = {"due": due_page(request.user, request.GET)}
    return render(request, "notifications/due.html", context)
