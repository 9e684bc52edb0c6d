"""The language, script and time zone of each answer; public pages that know no reader; redirects
for parts of a page.

Makes no database query of its own.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from web.addresses import is_for_everybody, language_in
from web.context import html_lang, signed_in
from web.script.dates import time_of_reader

# Who write the same language by another name, and which of ours is the nearest in Latin.
NEAREST_IN_LATIN = {"bs": "bs", "hr": "bs", "sh": "sr-latn", "cnr": "sr-latn"}


class PublicPagesMiddleware:
    """A public address answers everybody alike: of all cookies it meets the guard of forms alone.

    Stands before the session. What a kept copy does not depend on may not stand in `Vary`: the
    middlewares inside put it there whether or not they found anything.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_for_everybody(request.path):
            return self.get_response(request)
        kept = settings.CSRF_COOKIE_NAME  # else a page of an error would make a new one
        request.COOKIES = {name: said for name, said in request.COOKIES.items() if name == kept}
        response = self.get_response(request)
        if "public" in response.headers.get("Cache-Control", ""):
            drop_from_vary(response, {"cookie", "accept-language"})
        return response


def drop_from_vary(response: HttpResponse, names: set[str]) -> None:
    told = [name.strip() for name in response.headers.get("Vary", "").split(",")]
    left = [name for name in told if name and name.lower() not in names]
    response.headers["Vary"] = ", ".join(left)
    if not left:
        del response.headers["Vary"]


class ReaderLanguageMiddleware:
    """The address's language; else the person's own choice, the cookie's, the browser's.

    Where nobody says anything it is Serbian Latin.

    Stands after the authentication: the person is read from the session once a request anyway.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        request.LANGUAGE_CODE = language
        person = signed_in(request)
        with translation.override(language), time_of_reader(person.time_zone if person else ""):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", html_lang(language))
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class WholePageMiddleware:
    """Whoever asked for a part of a page and is sent elsewhere goes there with the whole page.

    Otherwise the page of the sign-in would stand in a list of results once a session has ended.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.headers.get("HX-Request") and "Location" in response.headers:
            response.status_code = 204
            response.headers["HX-Redirect"] = response.headers["Location"]
            del response.headers["Location"]
        return response


def language_for(request: HttpRequest) -> str:
    """The code, out of `settings.LANGUAGES`, in which this reader gets pages."""
    if named := language_in(request.path):
        return named
    person = signed_in(request)
    chosen = person.language if person else ""
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    for code in (chosen, kept):
        if is_offered(code):
            return code
    return language_of_browser(request.headers.get("Accept-Language", ""))


def is_offered(code: str) -> bool:
    return code in dict(settings.LANGUAGES)


def language_of_browser(header: str) -> str:
    """The first language of an Accept-Language header that we have, else our first one.

    A plain "sr" or "sr-RS" means Cyrillic, as in CLDR; "sr-Latn" and its neighbours mean Latin,
    "bs-Cyrl" is Bosnian in Cyrillic, for which we have Serbian.
    """
    for wanted, _weight in parse_accept_lang_header(header):
        if code := offered_for(wanted.lower()):
            return code
    return settings.LANGUAGES[0][0]


def offered_for(wanted: str) -> str:
    """Our code for one wanted tag, or "": sr-latn-rs -> sr-latn, en-gb -> en, hr -> bs."""
    if nearest := NEAREST_IN_LATIN.get(wanted.split("-")[0]):
        return "sr" if "cyrl" in wanted else nearest
    while wanted and not is_offered(wanted):
        wanted = wanted.rpartition("-")[0]
    return wanted
