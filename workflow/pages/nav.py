"""What stands first for whom: the first page, the main navigation, the role switch.

A person with several roles chooses whose work stands first. The choice is kept in the session and
decides nothing else: what one may do and see follows from all mandates, on every request.
"""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from municipalities.roles import Role
from web.context import (
    NavEntry,
    RoleOption,
    RoleSwitch,
    register_nav,
    register_read_only,
    register_role_switch,
    url_or_none,
)
from workflow.models import Programme
from workflow.permissions import roles_of, shown_to

READERS = {Role.AUDITOR.value, Role.OBSERVER.value}
CHOSEN = "first_role"  # in the session

LABELS = {
    "board": _("Board"),
    "my_steps": _("Next steps"),
    "my_municipalities": _("My municipalities"),
    "reviews": _("Reviews"),
    "participations": _("Participations"),
    "programmes": _("Programmes"),
    "calls": _("Calls"),
    "applications": _("Applications"),
    "log": _("Log"),
}
# The entries of each role, its first page in front. In this order the roles stand first for
# whoever has not chosen.
ENTRIES = {
    Role.COORDINATOR: ["my_steps", "participations", "calls", "applications", "programmes"],
    Role.SIGNATORY: ["my_steps", "participations", "calls", "applications", "programmes"],
    Role.PROGRAMME_MANAGER: ["board", "my_steps", "programmes", "calls", "log"],
    Role.MENTOR: ["my_municipalities", "my_steps", "participations", "programmes"],
    Role.EVALUATOR: ["reviews", "participations", "programmes"],
    Role.AUDITOR: ["log", "participations", "programmes"],
    Role.ADMINISTRATOR: ["programmes", "participations", "board"],
    Role.OBSERVER: ["programmes", "participations", "board"],
}


def roles_in(request: HttpRequest) -> set[str]:
    """The roles of the person, asked once a request."""
    if not hasattr(request, "held_roles"):
        request.held_roles = roles_of(request.user)  # type: ignore[attr-defined]
    return request.held_roles  # type: ignore[attr-defined]


def roles_in_order(request: HttpRequest) -> list[Role]:
    """The roles of the person, the one whose work stands first in front."""
    held = [role for role in ENTRIES if role in roles_in(request)]
    chosen = request.session.get(CHOSEN, "")
    return sorted(held, key=lambda role: role != chosen)


def first_role(request: HttpRequest) -> str:
    """The role whose work stands first; "" for whoever holds none now."""
    return next((role.value for role in roles_in_order(request)), "")


def choose_first_role(request: HttpRequest, role: str) -> bool:
    """Keep the choice in the session. False, and nothing kept, for a role that is not held."""
    if role not in roles_in(request):
        return False
    request.session[CHOSEN] = role
    return True


def first_address(request: HttpRequest) -> str:
    """Where the work of the first role begins; "" for whoever holds no role."""
    role = first_role(request)
    if not role:
        return ""
    if own_page := page_of_the_place(request, role):
        return own_page
    listed = [url_or_none(f"workflow:{name}") for name in ENTRIES[Role(role)]]
    return next(url for url in listed if url)


def page_of_the_place(request: HttpRequest, role: str) -> str | None:
    """Of an observer the programme, of an administrator the people, where there is one place."""
    own = [one for one in shown_to(request.user) if one.role == role]
    if role not in (Role.OBSERVER, Role.ADMINISTRATOR) or len(own) > 1:
        return None
    place: Any = own[0].place
    if role == Role.OBSERVER:
        return url_or_none("workflow:programme", place.key) or reverse("workflow:board")
    if isinstance(place, Programme):
        return reverse("workflow:programme_people", args=[place.key])
    return reverse("workflow:municipality_people", args=[place.code])


def entries(request: HttpRequest) -> Iterator[NavEntry]:
    """What this person works with, the first role's before the others'."""
    names = [name for role in roles_in_order(request) for name in ENTRIES[role]]
    for name in dict.fromkeys(names):
        yield NavEntry(str(LABELS[name]), f"workflow:{name}")


def role_switch(request: HttpRequest) -> RoleSwitch | None:
    """For whoever holds several roles, over whatever places."""
    held = [role for role in ENTRIES if role in roles_in(request)]
    if len(held) < 2:
        return None
    first = first_role(request)
    options = [RoleOption(role.value, str(role.label), role == first) for role in held]
    return RoleSwitch("workflow:choose_role", options)


def only_reads(request: HttpRequest) -> bool:
    roles = roles_in(request)
    return bool(roles) and roles <= READERS


def register_navigation() -> None:
    """Called once, from `apps.py`."""
    register_nav(entries)
    register_read_only(only_reads)
    register_role_switch(role_switch)
