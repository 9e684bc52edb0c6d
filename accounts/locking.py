"""Who is locked out after wrong passwords or codes, for how long, and from which address.

Counted by django-axes for a name and an address together: whoever guesses locks out themselves,
not the person whose name they guess. Names are counted whether such an account exists or not.
"""

import ipaddress
from datetime import datetime
from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

ONE_READER_IPV6 = 64  # bits: a household or an office can use every address below


def client_address(request: HttpRequest) -> str:
    """The address that asked, "" where the server does not say (a socket of the machine).

    Of X-Forwarded-For only what our own proxies added is believed, counted from the right;
    whatever stands left of it the client may have made up.
    """
    count = settings.TRUSTED_PROXY_COUNT
    heard = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    told = heard[-count] if 0 < count <= len(heard) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ipaddress.ip_address(told))
    except ValueError:
        return ""


def locked_address(request: HttpRequest) -> str | None:
    """The address as limits count it: of IPv6 the network, since one reader has all of it."""
    address = client_address(request)
    if ":" not in address:
        return address or None
    return str(ipaddress.ip_network((address, ONE_READER_IPV6), strict=False).network_address)


def locked_name(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The name as limits count it, without regard to capitals and spaces."""
    told = (credentials or request.POST).get("username") or ""
    return str(told).strip().lower()[:254]


def is_locked(request: HttpRequest, email: str) -> bool:
    """Whether this person is locked out from this address now."""
    return not AxesProxyHandler.is_allowed(request, {"username": email})


def locked_page(request: HttpRequest, _response: Any = None, credentials: Any = None) -> Any:
    """429: when to try again, and whom to ask. The same for a name that has no account."""
    until = locked_until(request, credentials)
    response = render(request, "accounts/locked.html", {"until": until}, status=429)
    seconds = int((until - timezone.now()).total_seconds())
    response.headers["Retry-After"] = str(max(seconds, 1))
    return response


def locked_until(request: HttpRequest, credentials: Any) -> datetime:
    tried = AccessAttempt.objects.filter(
        username=locked_name(request, credentials), ip_address=locked_address(request)
    )
    last = tried.order_by("-attempt_time").first()
    return (last.attempt_time if last else timezone.now()) + settings.AXES_COOLOFF_TIME


def count_wrong_code(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """A wrong code of the second factor counts as a wrong password does."""
    user_login_failed.send(sender, credentials={"username": user.email}, request=request)


def too_many(request: HttpRequest) -> HttpResponse:
    """429 of a limit that passes within minutes."""
    return render(request, "accounts/too_many.html", status=429)
