"""What one person may do at the places of one page, read once for the whole page.

Pages ask it which links to show; the doors judge again, so nothing rests on it.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType

from municipalities.roles import Role
from workflow.permissions import MAY, MAY_APPOINT, PLACES, Place, mandates_over, places_of


class Standing:
    """The roles that the person holds over some places, now. One query."""

    def __init__(self, user: Any, places: Iterable[Place]) -> None:
        self.user = user
        self.held: dict[Place, set[str]] = {}
        for mandate in mandates_over(user, places):
            model = ContentType.objects.get_for_id(mandate.place_type_id).model_class()
            if model:
                self.held.setdefault((model, mandate.place_id), set()).add(mandate.role)

    def roles_at(self, subject: Any) -> set[str]:
        """The roles that reach `subject`; `places_of` says from where."""
        return set().union(*(self.held.get(place, set()) for place in places_of(subject)))

    def may(self, action: str, subject: Any) -> bool:
        return bool(self.roles_at(subject) & set(MAY[action]))

    def appoints(self, action: str, subject: Any) -> list[Role]:
        """The roles to which the person may appoint there, in the order of the register."""
        own = self.roles_at(subject) & set(MAY[action])
        able = {role for held in own for role in MAY_APPOINT.get(Role(held), [])}
        return [role for role in Role if role in able and subject._meta.model_name in PLACES[role]]
