"""Recent sign-ins: when, how, with which browser, from about where. Seen by oneself alone."""

import ipaddress
from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from accounts.locking import client_address
from accounts.models import SignIn, User

BACKEND = "django.contrib.auth.backends.ModelBackend"
# The first that is found counts: Edge and Opera call themselves Chrome too, Chrome Safari.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
]
SYSTEMS = [
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
]
WAYS = {"code": SignIn.Way.CODE, "socialaccount": SignIn.Way.OPENID, "mfa": SignIn.Way.PASSKEY}


def begin_session(request: HttpRequest, person: Any, way: str = "") -> None:
    """Sign the person in, and keep that it happened. The only place where a session begins."""
    login(request, person, backend=BACKEND)
    SignIn.objects.create(
        user=person,
        way=way or way_of(request, person),
        browser=browser_in_words(request.headers.get("User-Agent", "")),
        address=shortened(client_address(request)),
    )
    forget_old()


def way_of(request: HttpRequest, person: User) -> str:
    """How the person came in: the first thing that was proven, before any second factor."""
    records = get_authentication_records(request, person)
    first = next((one["method"] for one in records if not one.get("reauthenticated")), "")
    return WAYS.get(first, SignIn.Way.PASSWORD)


def browser_in_words(agent: str) -> str:
    """ "Firefox, Windows"; "" for what we do not know."""
    return ", ".join(filter(None, [first_found(BROWSERS, agent), first_found(SYSTEMS, agent)]))


def first_found(known: list[tuple[str, str]], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")


def shortened(address: str) -> str:
    """192.0.2.… · 2001:db8:1:…: enough to tell the office from elsewhere, not to find a person."""
    if not address:
        return ""
    if "." in address and ":" not in address:
        return f"{address.rpartition('.')[0]}.…"
    groups = ipaddress.ip_address(address).exploded.split(":")[:3]
    return ":".join(group.lstrip("0") or "0" for group in groups) + ":…"


def forget_old() -> None:
    """What is older than people were promised is deleted, whosever it is."""
    oldest = timezone.now() - timedelta(days=settings.SIGN_INS_KEPT_DAYS)
    SignIn.objects.filter(at__lt=oldest).delete()
