"""Reminding by hand: a preview of who would get what, then the reminder."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from notifications.forms.messages import RemindForm
from notifications.pages.asking import chosen_steps, preview_of
from notifications.services.asking import ShownOtherwise, ask
from workflow.views.doors import explains_refusals, shown, tried


@require_http_methods(["GET", "HEAD", "POST"])
@explains_refusals
def remind(request: HttpRequest) -> HttpResponse:
    """GET shows who would be told, of the steps in the address; POST tells exactly those."""
    told = request.POST if request.method == "POST" else request.GET
    steps = chosen_steps(request.user, told.getlist("step"))
    if not steps:
        messages.warning(request, _("Tick the steps of which somebody is to be reminded."))
        return redirect("notifications:due")
    preview = preview_of(steps, by=request.user)
    form = RemindForm(request.POST or None, initial={"expected": preview.expected})
    if form.is_valid():
        try:
            done = tried(form, lambda told: ask(steps, by=request.user, **told))
        except ShownOtherwise:
            return shown_otherwise(request, told.getlist("step"))
        if done:
            said = _("They are reminded: the mails go out within two minutes.")
            messages.success(request, said)
            return redirect("notifications:due")
    context = {"preview": preview, "form": form}
    return shown(request, "notifications/remind.html", context)


def shown_otherwise(request: HttpRequest, steps: list[str]) -> HttpResponse:
    """409: somebody else would be told by now; nobody was."""
    query = urlencode([("step", step) for step in steps])
    context = {
        "url": f"{reverse('notifications:remind')}?{query}",
        "sentence": _("Whom this reminds has changed since you looked. Nobody was reminded."),
    }
    return render(request, "workflow/moved_meanwhile.html", context, status=409)
