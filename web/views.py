"""Pages of the shell itself: language switch, statements, glossary, what is new, error pages."""

import sys

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import InterfaceError, OperationalError
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBadRequest,
    HttpResponseRedirect,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from web.changes import whats_new as whats_new_in
from web.context import html_lang, signed_in
from web.glossary import glossary as glossary_in
from web.middleware import is_offered

A_YEAR = 365 * 24 * 60 * 60
TRY_AGAIN_AFTER_SECONDS = 60


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the reader's language and script, then back to the same page.

    In a cookie for everybody, and with the person for whoever is signed in, so that mail and
    other devices speak it too. 400 for a language that we do not have.
    """
    code = request.POST.get("language", "")
    if not is_offered(code):
        return HttpResponseBadRequest(render_to_string("400.html", request=request))
    response = HttpResponseRedirect(safe_next(request))
    keep_in_cookie(response, code)
    person = signed_in(request)
    if person and person.language != code:
        person.language = code
        person.save(update_fields=["language"])
    return response


def safe_next(request: HttpRequest) -> str:
    """The page to return to, as asked by the form; never another site."""
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else "/"


def keep_in_cookie(response: HttpResponse, code: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What readers with an impairment may count on, and what is not checked yet."""
    return render(request, "web/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data is kept, why, and whom to ask."""
    return render(request, "web/privacy.html")


@login_not_required
@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The words of the field, each with a sentence."""
    entries = glossary_in(str(get_language()))
    return render(request, "web/glossary.html", {"entries": entries, "written_in": written_in()})


@login_not_required
@require_safe
def whats_new(request: HttpRequest) -> HttpResponse:
    """What changed, version by version, in the words of those who use it."""
    told = {"versions": whats_new_in(str(get_language())), "written_in": written_in()}
    return render(request, "web/whats_new.html", told)


def written_in() -> str:
    """The tag of what is there in Serbian and English alone: a Bosnian reader gets Serbian."""
    return "sr-Latn" if get_language() == "bs" else html_lang()


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was open too long, or from before signing in: what to do now."""
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 where the database did not answer. Needs no context and no database.

    Named as `handler500` in the root URL configuration, called while the error is handled.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return service_unavailable(request)
    return HttpResponse(render_to_string("500.html"), status=500)


def service_unavailable(request: HttpRequest) -> HttpResponse:
    """503: what to do in a minute."""
    response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(TRY_AGAIN_AFTER_SECONDS)
    return response
