"""What a person's mandates reach for an act; a refusal where that is nothing."""

from typing import Any

from django.utils.translation import gettext as _

from workflow.errors import NotAllowed
from workflow.permissions import MAY, Reach, named, reach


def reached(user: Any, action: str) -> Reach:
    """NotAllowed, with the roles that may, for whoever holds none of them anywhere."""
    seen = reach(user, action)
    if not seen:
        raise NotAllowed(_("This needs the role: %s.") % named(MAY[action]))
    return seen
