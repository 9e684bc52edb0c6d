"""How a person wants to be told; and the link in a mail that ends such mail."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts.kept_form import keeps_what_was_typed
from notifications.forms.preferences import PreferencesForm
from notifications.kinds import GROUPS
from notifications.models import Notice
from notifications.pages.preferences import kept_for, preferences_page
from notifications.services.choosing import choose, end_mail_of, send_test
from notifications.unsubscribing import told_by
from web.script.dates import date_and_time, without_double_stops
from workflow.errors import Refused


@keeps_what_was_typed
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """What is mailed to this person, how often, and when not."""
    form = PreferencesForm(kept_for(request), request.POST or None)
    if not form.is_valid():
        context, status = preferences_page(request, form), 422 if request.method == "POST" else 200
        return render(request, "notifications/preferences.html", context, status=status)
    choose(request.user, **form.choices())
    messages.success(request, _("Saved."))
    return redirect("notifications:preferences")


@require_POST
def test_message(request: HttpRequest) -> HttpResponse:
    """A message to oneself, to see whether it arrives."""
    try:
        messages.success(request, where_it_arrives(send_test(request.user)))
    except Refused as refused:
        messages.warning(request, str(refused.sentence))
    return redirect("notifications:preferences")


def where_it_arrives(told: Notice) -> str:
    due = date_and_time(told.delivery.due_at) if told.delivery else ""
    sentence = _(
        "A test message goes to %(address)s: %(when)s. Look among unwanted mail too. It stands "
        "among your notices already."
    )
    return without_double_stops(sentence % {"address": told.user.email, "when": due})


@login_not_required
@csrf_exempt  # a mail program sends it, without any cookie; the token is signed (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click ends optional mail of one group; looking at the page ends nothing.

    In the language of the person to whom the mail went, who need not be signed in.
    """
    whose = told_by(token)
    if whose is None:
        raise Http404
    user = get_object_or_404(get_user_model(), pk=whose[0])
    is_done = request.method == "POST"
    if is_done:
        end_mail_of(user, whose[1])
    with translation.override(user.language or translation.get_language()):
        context = {"group": GROUPS[whose[1]], "done": is_done}
        return render(request, "notifications/unsubscribe.html", context)
