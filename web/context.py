"""What every page knows without its view's help: navigation, languages, whom to ask.

`web` knows no app above it. An app hands in its part from its `apps.py`:

    from web.context import NavEntry, register_nav, register_ones_own, register_read_only
    from web.context import RoleSwitch, register_role_switch

    register_nav(lambda request: [NavEntry(_("Participations"), "workflow:participations")])
    register_ones_own(lambda request: NavEntry(_("Notices"), "notifications:inbox"))
    register_read_only(lambda request: is_auditor(request.user))
    register_role_switch(lambda request: RoleSwitch("workflow:choose_role", roles_of(request)))
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

# How each language of `settings.LANGUAGES` calls itself, and its tag for `lang` (BCP 47).
OWN_NAMES = {"sr-latn": "Latinica", "sr": "Ћирилица", "bs": "Bosanski", "en": "English"}
HTML_LANG = {"sr-latn": "sr-Latn", "sr": "sr-Cyrl", "bs": "bs", "en": "en"}
MOST_ENTRIES = 5


@dataclass(frozen=True)
class NavEntry:
    """One entry of the main navigation: its words and the name of its URL pattern."""

    label: str
    url_name: str


@dataclass(frozen=True)
class NavLink:
    """An entry as drawn; `current` is "page", "true" (a page below it) or ""."""

    label: str
    url: str
    current: str = ""


@dataclass(frozen=True)
class RoleOption:
    """One button of the role switch."""

    value: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class RoleSwitch:
    """Of several roles the one whose work stands first; the form goes to `url_name`."""

    url_name: str
    options: list[RoleOption]

    @property
    def current(self) -> str:
        return next((one.label for one in self.options if one.is_current), "")


@dataclass(frozen=True)
class ReaderLanguage:
    """One button of the language switch."""

    code: str
    name: str
    lang: str
    is_current: bool


NavSource = Callable[[HttpRequest], Iterable[NavEntry]]
EntrySource = Callable[[HttpRequest], NavEntry]
SwitchSource = Callable[[HttpRequest], RoleSwitch | None]
nav_sources: list[NavSource] = []
ones_own_sources: list[EntrySource] = []
read_only_checks: list[Callable[[HttpRequest], bool]] = []
switch_sources: list[SwitchSource] = []


def register_nav(source: NavSource) -> NavSource:
    """Add entries to the main navigation: `source(request)` answers what this person may see."""
    if source not in nav_sources:
        nav_sources.append(source)
    return source


def register_ones_own(source: EntrySource) -> EntrySource:
    """Add an entry about the reader alone to the masthead of whoever is signed in."""
    if source not in ones_own_sources:
        ones_own_sources.append(source)
    return source


def register_read_only(check: Callable[[HttpRequest], bool]) -> Callable[[HttpRequest], bool]:
    """Add a check whether this person may only read; then the header says so."""
    if check not in read_only_checks:
        read_only_checks.append(check)
    return check


def register_role_switch(source: SwitchSource) -> SwitchSource:
    """Add a switch between the roles of a person; `source(request)` is None for who has one."""
    if source not in switch_sources:
        switch_sources.append(source)
    return source


def shell(request: HttpRequest) -> dict:
    """Context processor. Nothing is computed, and nothing queried, before a template asks."""
    return {
        "nav": SimpleLazyObject(lambda: nav_links(request)),
        "ones_own": SimpleLazyObject(lambda: ones_own_links(request)),
        "read_only": SimpleLazyObject(lambda: is_read_only(request)),
        "role_switch": SimpleLazyObject(lambda: role_switch(request)),
        "languages": SimpleLazyObject(languages),
    }


def nav_links(request: HttpRequest) -> list[NavLink]:
    """The entries this person sees, five at most, with the present one marked."""
    if not signed_in(request):
        return []
    entries = [entry for source in nav_sources for entry in source(request)]
    found = [(entry.label, url_or_none(entry.url_name)) for entry in entries]
    links = [(label, url) for label, url in found if url][:MOST_ENTRIES]
    above = [url for _label, url in links if lies_under(request.path, url)]
    nearest = max(above, key=len, default="")
    return [
        NavLink(label, url, current_word(request.path, url) if url == nearest else "")
        for label, url in links
    ]


def ones_own_links(request: HttpRequest) -> list[NavLink]:
    """What the masthead says of the reader alone, at the end of its first line."""
    entries = [source(request) for source in ones_own_sources] if signed_in(request) else []
    found = [(entry.label, url_or_none(entry.url_name)) for entry in entries]
    return [
        NavLink(
            label, url, current_word(request.path, url) if lies_under(request.path, url) else ""
        )
        for label, url in found
        if url
    ]


def lies_under(path: str, url: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def current_word(path: str, url: str) -> str:
    return "page" if path == url else "true"


def is_read_only(request: HttpRequest) -> bool:
    return bool(signed_in(request)) and any(check(request) for check in read_only_checks)


def role_switch(request: HttpRequest) -> RoleSwitch | None:
    """The switch of whoever holds several roles; None for everybody else."""
    found = [source(request) for source in switch_sources] if signed_in(request) else []
    return next((switch for switch in found if switch), None)


def signed_in(request: HttpRequest) -> Any:
    """The person who is signed in, or None; also before the middleware of sign-in has run."""
    user = getattr(request, "user", None)
    return user if user and user.is_authenticated else None


def url_or_none(name: str, *arguments: Any) -> str | None:
    """The address of a URL pattern, or None where the app that has it is not installed."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None


def languages() -> list[ReaderLanguage]:
    """The language switch, each language in its own words and script."""
    present = translation.get_language()
    return [
        ReaderLanguage(code, OWN_NAMES.get(code, code), html_lang(code), code == present)
        for code, _name in settings.LANGUAGES
    ]


def html_lang(code: str | None = None) -> str:
    """The tag for `<html lang>`: Serbian says its script ("sr-Cyrl", "sr-Latn")."""
    code = code or translation.get_language() or settings.LANGUAGE_CODE
    return HTML_LANG.get(code, code)
