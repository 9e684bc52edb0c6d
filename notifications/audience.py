"""Who is to be told: the people whose mandates reach a participation, at this very moment."""

from collections.abc import Collection, Iterable
from typing import Any

from municipalities.models import Mandate
from municipalities.roles import Role
from notifications.kinds import COORDINATOR, MANAGER, MENTOR, MUNICIPALITY, SIGNATORY
from notifications.models import Follow, Recipient
from workflow.models import Participation, Step
from workflow.permissions import Place, among

# Who stands above whoever has the move.
ABOVE = {
    COORDINATOR: [SIGNATORY, MENTOR],
    SIGNATORY: [COORDINATOR, MENTOR],
    MENTOR: [],
    Role.EVALUATOR.value: [],
    MANAGER: [],
}

Following = dict[int, set[int]]  # primary keys of people, by that of the participation


def followers(participations: Iterable[Participation]) -> Following:
    """Who follows each of them, whatever they may still see of it. One query for all."""
    found: Following = {row.pk: set() for row in participations}
    rows = Follow.objects.filter(participation__in=found)
    for participation, user in rows.values_list("participation", "user"):
        found[participation].add(user)
    return found


def roles_for(recipient: str, step: Step) -> list[str]:
    """The roles that a line of the plan means, as the step stands now."""
    if recipient == Recipient.TURN:
        return [step.turn] if step.turn else []
    if recipient == Recipient.ABOVE:
        return ABOVE.get(step.turn, [])
    if recipient == Recipient.WAITING:
        return MUNICIPALITY if step.role in MUNICIPALITY else []
    return [MANAGER] if step.turn != MANAGER else []


def still_holds(user: Any, role: str, held: Collection[Mandate], places: list[Place]) -> bool:
    """Whether this person may still be told as that role there; `held` are their mandates now."""
    if not role:
        return user.is_active
    return user.is_active and any(one.role == role for one in among(held, places))
