"""Who must have a second factor, and who has one. Until they do, they reach no other page.

Which roles must, apps above say (`register_demand`): here nobody knows of mandates.
"""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from web.context import signed_in

PROOFS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Open without it: setting it up, one's account, signing out, the statements.
OPEN = ("mfa_", "account_", "accounts:", "web:")

demands: list[Callable[[Any], bool]] = []


def register_demand(demand: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Add a rule who must have a second factor where `SECOND_FACTOR_REQUIRED` is set."""
    if demand not in demands:
        demands.append(demand)
    return demand


def is_demanded(person: Any) -> bool:
    """Whether this person must have one. Asks nothing of the database where it is not required."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    return person.is_staff or person.is_superuser or any(demand(person) for demand in demands)


def has_one(person: Any) -> bool:
    """Whether an authenticator app or a passkey is set up. One query."""
    return get_adapter().is_mfa_enabled(person, PROOFS)


class SecondFactorMiddleware:
    """Leads whoever must have a second factor, and has none, to where it is set up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        if not settings.SECOND_FACTOR_REQUIRED:
            return None
        person, where = signed_in(request), request.resolver_match
        if not person or not where or where.view_name.startswith(OPEN):
            return None
        if not is_demanded(person) or has_one(person):
            return None
        messages.warning(request, _("Your role needs a second factor. Set one up to go on."))
        return redirect("mfa_index")
