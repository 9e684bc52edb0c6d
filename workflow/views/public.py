"""Pages that anybody may read and any cache may keep. The address names the language.

Nothing here reads a session, a cookie or `request.user`: a kept page is sent to everybody.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from municipalities.models import Municipality
from web.addresses import in_language
from web.context import ReaderLanguage, languages
from workflow.models import Programme
from workflow.pages.public.home import home as home_of
from workflow.pages.public.log import last_verification
from workflow.pages.public.municipality import municipality_page
from workflow.pages.public.open_data import DATED, LICENCE, LICENCE_URL, TABLES
from workflow.pages.public.programme import programme_page

FIVE_MINUTES = 300
View = Callable[..., HttpResponseBase]


def for_everybody(view: View) -> View:
    """Caches may keep the answer; search engines may list it, though never a demo world."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        if settings.DEMO:
            answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return cache_control(public=True, max_age=FIVE_MINUTES)(answered)


def page(view: View) -> View:
    """A page for everybody; the language of its address is on already (web/middleware.py).

    Nothing there is a page of its own: the shell's would bring a form with its cookie.
    """

    @wraps(view)
    def shown(request: HttpRequest, language: str, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, **kwargs)
        except Http404:
            return shown_as(request, "nothing", status=404)

    return login_not_required(require_safe(for_everybody(shown)))


def shown_as(request: HttpRequest, name: str, status: int = 200, **told: Any) -> HttpResponse:
    told |= {"alternates": alternates(request), "code": get_language()}
    return render(request, f"workflow/public/{name}.html", told, status=status)


def alternates(request: HttpRequest) -> list[tuple[ReaderLanguage, str]]:
    """The same page in every language, with whole addresses."""
    where = request.get_full_path()
    return [(one, request.build_absolute_uri(in_language(where, one.code))) for one in languages()]


@page
def home(request: HttpRequest) -> HttpResponse:
    """What Koraci is, the programmes, and municipalities by their name."""
    return shown_as(request, "home", home=home_of(request.GET.get("q", "")))


@page
def programme(request: HttpRequest, key: str) -> HttpResponse:
    """One programme: its facts, how far it has come, who takes part, which calls are open."""
    found = get_object_or_404(Programme, key=key)
    told = programme_page(found, request.GET.get("page"))
    return shown_as(request, "programme", programme=found, told=told)


@page
def municipality(request: HttpRequest, code: str) -> HttpResponse:
    """One municipality of the register: where it takes part, and how far it came."""
    found = get_object_or_404(Municipality.objects.select_related("parent"), code=code)
    return shown_as(request, "municipality", municipality=found, told=municipality_page(found))


@page
def log(request: HttpRequest) -> HttpResponse:
    """Whether the log is whole, as of the last time all of it was verified."""
    return shown_as(request, "log", verification=last_verification())


@page
def data(request: HttpRequest) -> HttpResponse:
    """Which open data there is, what each column holds, under which licence."""
    licence = {"licence": LICENCE, "licence_url": LICENCE_URL}
    return shown_as(request, "data", tables=TABLES, stages=DATED, told=licence)
