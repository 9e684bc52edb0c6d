"""One's own notices, and nobody else's."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from notifications.models import Notice
from notifications.pages.inbox import inbox_page
from notifications.services.reading import read_all, read_one
from notifications.wording import address_of
from workflow.models import Participation


@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What this person was told, the newest first."""
    return render(request, "notifications/inbox.html", inbox_page(request))


@require_safe
def notice(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """To where a notice leads; it counts as read from then on.

    A GET that writes, and only this: when the reader first opened a notice of their own. Whoever
    follows the link has read it, and a link that opens in another window stays one.
    """
    mine = Notice.objects.of(request.user).with_places()
    opened = get_object_or_404(mine, uuid=uuid)
    if request.method == "GET":
        read_one(opened)
    if opened.participation and not is_seen(request, opened.participation):
        messages.info(request, _("Your role there has ended, so that its pages are closed to you."))
        return redirect("notifications:inbox")
    return redirect(address_of(opened))


def is_seen(request: HttpRequest, participation: Participation) -> bool:
    return Participation.objects.visible_to(request.user).filter(pk=participation.pk).exists()


@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    """All that the page showed; what has come since stays unread."""
    read_all(request.user, shown_at(request.POST.get("shown_at", "")))
    messages.success(request, _("All notices are marked as read."))
    return redirect("notifications:inbox")


def shown_at(text: str) -> datetime:
    """When the page was made; of a form without it, now."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    return moment if moment and moment.tzinfo else timezone.now()
