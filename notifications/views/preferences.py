"""How a person wants to be told; and the link in a mail that ends such mail."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from notifications.kinds import GROUPS
from notifications.services.choosing import end_mail_of
from notifications.unsubscribing import told_by


@require_safe
def preferences(request: HttpRequest) -> HttpResponse:
    return render(request, "notifications/preferences.html", {"groups": GROUPS})


@login_not_required
@csrf_exempt  # a mail program sends it, without any cookie; the token is signed (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """One click ends optional mail of one group; looking at the page ends nothing."""
    whose = told_by(token)
    if whose is None:
        raise Http404
    user, group = whose
    done = request.method == "POST"
    if done:
        end_mail_of(user, group)
    context = {"group": GROUPS[group], "done": done}
    return render(request, "notifications/unsubscribe.html", context)
