"""What one person may do where a page is: read once, then any number of questions.

Pages ask it which buttons and sentences to show; the doors judge again, so nothing rests on it.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.contrib.contenttypes.models import ContentType

from municipalities.roles import Role
from workflow.permissions import MAY, MAY_APPOINT, PLACES, Place, mandates_over, places_of


class Standing:
    """The roles that a person holds over some subjects, now. One query.

    The first subject is what the page is about; questions that name none are about it.
    """

    def __init__(self, user: Any, *subjects: Any) -> None:
        self.user, self.subject = user, subjects[0]
        self.held: dict[Place, set[str]] = defaultdict(set)
        places = {place for subject in subjects for place in places_of(subject)}
        for mandate in mandates_over(user, places) if user.is_active else []:
            model = ContentType.objects.get_for_id(mandate.place_type_id).model_class()
            if model:
                self.held[model, mandate.place_id].add(mandate.role)

    def roles_at(self, subject: Any = None) -> set[str]:
        """The roles that reach `subject`; `places_of` says from where."""
        return set().union(*(self.held[place] for place in places_of(subject or self.subject)))

    def may(self, action: str, subject: Any = None, *, roles: Collection[str] = ()) -> bool:
        """As `permissions.can`, of roles that are known already."""
        held = self.roles_at(subject)
        return any(role in held for role in MAY[action] if not roles or role in roles)

    def municipality_with_people(self, participation: Any) -> Any:
        """The municipality, for whoever reads its people by a mandate there; else None."""
        there = participation.municipality
        return there if self.may("view_people", there) else None

    def appoints(self, action: str, subject: Any) -> list[Role]:
        """The roles to which the person may appoint there, in the order of the register."""
        own = self.roles_at(subject) & set(MAY[action])
        able = {role for held in own for role in MAY_APPOINT.get(Role(held), [])}
        return [role for role in Role if role in able and subject._meta.model_name in PLACES[role]]
