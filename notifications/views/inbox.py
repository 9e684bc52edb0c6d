"""One's own notices, and nobody else's."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from notifications.pages.inbox import inbox_page


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What this person was told, the newest first."""
    return render(request, "notifications/inbox.html", inbox_page(request))
