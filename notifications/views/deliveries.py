"""Messages: listed, read in full, sent again, paused, cancelled."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from notifications.forms.messages import ChangeForm
from notifications.models import Delivery
from notifications.pages.deliveries import deliveries_desk
from notifications.pages.delivery import delivery_page, find_message
from notifications.services.deliveries import OF_ALL, MovedOn, change_all, change_message
from workflow.errors import Refused
from workflow.models import Programme
from workflow.permissions import can
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, shown, tried

Writing = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@explains_refusals
def deliveries(request: HttpRequest) -> HttpResponse:
    """The messages of all programmes that this person answers for or audits."""
    return listed(request, "")


@Writing
@explains_refusals
def programme_deliveries(request: HttpRequest, key: str) -> HttpResponse:
    """Those of one programme. POST pauses all that wait, or lets all that are paused go on."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), key=key)
    demand(request.user, "view_deliveries", programme)
    if request.method != "POST":
        return listed(request, programme.key)
    change = request.POST.get("change", "")
    if change not in OF_ALL:
        raise Refused(_("Choose what to do with the messages."))
    changed = change_all(programme, change, by=request.user)
    messages.success(request, how_many(change, changed))
    return redirect("notifications:programme_deliveries", programme.key)


def listed(request: HttpRequest, key: str) -> HttpResponse:
    desk = deliveries_desk(request.user, request.GET, key)
    chosen = next((one for one in desk.programmes if one.key == desk.filters.programme), None)
    may_resend = chosen is not None and bool(can(request.user, "resend", chosen))
    context = {"desk": desk, "chosen": chosen, "may_resend": may_resend}
    return render(request, "notifications/deliveries.html", context)


def how_many(change: str, changed: int) -> str:
    if change == "pause":
        told = ngettext(
            "%(n)d message is paused. New ones go out as before.",
            "%(n)d messages are paused. New ones go out as before.",
            changed,
        )
    else:
        told = ngettext("%(n)d message goes on.", "%(n)d messages go on.", changed)
    return told % {"n": changed}


@Writing
@explains_refusals
def delivery(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One message with its text; POST does one of the changes to it."""
    found = find_message(request.user, uuid)
    form = ChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = tried(form, lambda told: change_message(found, by=request.user, **told))
        except MovedOn as lost:
            return moved_on(request, lost.delivery)
        if done:
            messages.success(request, DONE[form.cleaned_data["change"]]())
            return redirect("notifications:delivery", found.uuid)
    context = delivery_page(request.user, found) | {"form": form}
    return shown(request, "notifications/delivery.html", context)


DONE = {
    "send_again": lambda: _("The message waits again and is sent within a minute."),
    "pause": lambda: _("The message is paused. It is not sent before somebody lets it go on."),
    "go_on": lambda: _("The message goes on."),
    "cancel": lambda: _("The message is cancelled. Its notices stay in the inbox of the person."),
}


def moved_on(request: HttpRequest, found: Delivery) -> HttpResponse:
    """409: nothing of what was sent is recorded."""
    context = {
        "url": reverse("notifications:delivery", args=[found.uuid]),
        "sentence": _("The message has moved on meanwhile. It stands at: %(status)s.")
        % {"status": found.get_status_display()},
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)
