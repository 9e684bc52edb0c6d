"""The main navigation by role, and whether the header says "Read only"."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.translation import gettext as _

from municipalities.roles import Role
from web.context import NavEntry, register_nav, register_read_only
from workflow.permissions import MAY, PLACES, roles_of

ACTING = set(MAY["hand_in"])
SEE_PROGRAMMES = {role.value for role, places in PLACES.items() if "programme" in places}
READERS = {Role.AUDITOR.value, Role.OBSERVER.value}


def roles_in(request: HttpRequest) -> set[str]:
    """The roles of the person, asked once a request."""
    if not hasattr(request, "held_roles"):
        request.held_roles = roles_of(request.user)  # type: ignore[attr-defined]
    return request.held_roles  # type: ignore[attr-defined]


def entries(request: HttpRequest) -> Iterator[NavEntry]:
    """What this person works with; an entry whose page is not installed is left out."""
    roles = roles_in(request)
    if roles & SEE_PROGRAMMES:
        yield NavEntry(_("Board"), "workflow:board")
    if roles & ACTING:
        yield NavEntry(_("Next steps"), "workflow:my_steps")
    yield NavEntry(_("Participations"), "workflow:participations")
    if roles & set(MAY["apply"]) or roles & set(MAY["extend_call"]):
        yield NavEntry(_("Calls"), "workflow:calls")
    if roles & set(MAY["apply"]):
        yield NavEntry(_("Applications"), "workflow:applications")  # others find them by the call
    if roles & set(MAY["view_log"]):
        yield NavEntry(_("Log"), "workflow:log")
    if roles:
        yield NavEntry(_("Programmes"), "workflow:programmes")  # managers find it on the board


def only_reads(request: HttpRequest) -> bool:
    roles = roles_in(request)
    return bool(roles) and roles <= READERS


def register_navigation() -> None:
    """Called once, from `apps.py`."""
    register_nav(entries)
    register_read_only(only_reads)
