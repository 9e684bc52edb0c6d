"""A form that is sent after the session has ended: what was typed is not lost.

The answer is the sign-in page with the typed fields in it, signed; nothing is stored for people
who are not signed in. Who then signs in finds the form open again with them. Nothing is recorded
on the way: a form made with `web.forms.Kept` is not taken then, only shown, so a view may be
marked only if it acts on nothing but such a form.
"""

from collections.abc import Callable
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from accounts.forms import SignInForm
from web.context import signed_in
from web.forms import SIGNED_OUT

View = Callable[..., HttpResponseBase]
SALT = "accounts.kept_form"
KEPT_FOR_SECONDS = 24 * 60 * 60
MOST_CHARACTERS = 200_000
BY_THE_PAGE = ("csrfmiddlewaretoken", "expected_version", "idempotency_key")
SESSION_KEY = "kept_form"


def keeps_what_was_typed(view: View) -> View:
    """Mark a view that acts on nothing but a valid form made with `web.forms.Kept`."""
    view.keeps_what_was_typed = True  # type: ignore[attr-defined]
    return view


def kept(request: HttpRequest) -> str:
    """What was sent, signed, for a hidden field of the sign-in page; "" if it is far too long."""
    typed = {name: values for name, values in request.POST.lists() if name not in BY_THE_PAGE}
    if sum(len(value) for values in typed.values() for value in values) > MOST_CHARACTERS:
        return ""
    form = {"path": request.get_full_path(), "typed": typed}
    return signing.dumps(form, salt=SALT, compress=True)


def carry_over(request: HttpRequest) -> None:
    """Once somebody has proven who they are: keep the form of the sign-in page in the session."""
    try:
        form = signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=KEPT_FOR_SECONDS)
    except signing.BadSignature:
        return
    request.session[SESSION_KEY] = form


class KeptFormMiddleware:
    """Stands between the check of the CSRF token and the demand to sign in."""

    def __init__(self, get_response: View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        form = request.session.get(SESSION_KEY) if request.method == "GET" else None
        if form and form["path"] == request.get_full_path() and signed_in(request):
            open_again(request, form)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, *_called: Any) -> HttpResponse | None:
        if request.method != "POST" or signed_in(request):
            return None
        if not getattr(view, "keeps_what_was_typed", False):
            return None
        return interrupted(request)


def interrupted(request: HttpRequest) -> HttpResponse:
    """401: the sign-in page in place of the page that the form was sent to."""
    context = {
        "form": SignInForm(request),
        "kept": kept(request),
        "next": request.get_full_path(),
        "is_interrupted": True,
    }
    return render(request, "accounts/sign_in.html", context, status=401)


def open_again(request: HttpRequest, form: dict[str, Any]) -> None:
    """Ask the view for its page with the typed fields in it, as after any refused form."""
    typed = QueryDict(mutable=True)
    for name, values in form["typed"].items():
        typed.setlist(name, values)
    typed[SIGNED_OUT] = "1"
    typed._mutable = False
    request.method, request.POST = "POST", typed  # type: ignore[assignment]
    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    del request.session[SESSION_KEY]
