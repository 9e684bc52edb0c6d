"""Who was told what and when, of one participation."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.pages.told import told_page
from workflow.services.locks import demand
from workflow.views.cases import visible
from workflow.views.doors import explains_refusals


@require_safe
@explains_refusals
def told(request: HttpRequest, reference: str) -> HttpResponse:
    """For whoever may read names of people there; 404 for whoever may not see it at all."""
    participation = visible(request, reference)
    demand(request.user, "view_told", participation)
    return render(request, "notifications/told.html", told_page(request, participation))
