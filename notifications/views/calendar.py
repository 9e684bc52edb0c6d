"""Deadlines in one's own calendar: the page of the addresses, and what they give."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notifications.models import CalendarFeed
from notifications.pages.calendar import address_of, calendar_page
from notifications.pages.calendar_file import calendar_file
from notifications.services.feeds import make_feed, note_read, revoke_feed
from workflow.models import Participation


def named(request: HttpRequest, reference: str) -> Participation | None:
    """The participation that is asked for, if one is; 404 where it is none of theirs."""
    if not reference:
        return None
    visible = Participation.objects.visible_to(request.user)
    return get_object_or_404(visible.with_names(), reference=reference)


@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Which addresses there are; with `?participation=` one can be made of it, too."""
    asked = named(request, request.GET.get("participation", ""))
    return render(request, "notifications/calendar.html", calendar_page(request, asked))


@require_POST
def make_calendar(request: HttpRequest) -> HttpResponse:
    """A new address, shown on this answer and never again; the one before it is closed."""
    asked = named(request, request.POST.get("participation", ""))
    token = make_feed(request.user, asked)
    context = calendar_page(request, asked) | {"address": address_of(token)}
    response = render(request, "notifications/calendar.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_calendar(request: HttpRequest) -> HttpResponse:
    revoke_feed(request.user, named(request, request.POST.get("participation", "")))
    messages.success(request, _("The address is closed: it shows no deadlines any more."))
    return redirect("notifications:calendar")


@login_not_required  # a calendar program has no session: the token is the right
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """The file. What it holds is asked anew each time, by the mandates of the person."""
    rows = CalendarFeed.objects.with_token(token).select_related("user", "participation")
    feed = get_object_or_404(rows)
    with translation.override(feed.user.language or translation.get_language()):
        content = calendar_file(feed)
    note_read(feed)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private"
    response["Content-Disposition"] = 'inline; filename="koraci.ics"'
    return response
