"""Who is to be told: the people whose mandates reach a participation, at this very moment."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from municipalities.models import Mandate, Municipality
from municipalities.roles import Role
from notifications.models import Follow, Recipient
from workflow.models import Participation, Step
from workflow.permissions import Place, among

COORDINATOR, SIGNATORY = Role.COORDINATOR.value, Role.SIGNATORY.value
MENTOR, MANAGER = Role.MENTOR.value, Role.PROGRAMME_MANAGER.value
MUNICIPAL = {COORDINATOR, SIGNATORY}
# Who stands above whoever has the move.
ABOVE = {
    COORDINATOR: [SIGNATORY, MENTOR],
    SIGNATORY: [COORDINATOR, MENTOR],
    MENTOR: [],
    Role.EVALUATOR.value: [],
    MANAGER: [],
}

Held = dict[int, list[Mandate]]  # by primary key of the participation


def holders(participations: Iterable[Participation], roles: Collection[str]) -> Held:
    """Mandates of these roles that count now, for each participation. One query for all."""
    rows = list(participations)
    here, wanted = Q(pk__in=[]), defaultdict(set)
    for row in rows:
        for model, pk in row.places():
            wanted[ContentType.objects.get_for_model(model).pk].add(pk)
    for place_type, pks in wanted.items():
        here |= Q(place_type=place_type, place_id__in=pks)
    mandates = Mandate.objects.current().enforced().filter(here, role__in=roles)
    by_place = defaultdict(list)
    for mandate in mandates.filter(user__is_active=True).select_related("user").order_by("pk"):
        by_place[mandate.place_type_id, mandate.place_id].append(mandate)
    return {row.pk: [one for key in keys_of(row) for one in by_place[key]] for row in rows}


Following = dict[int, set[int]]  # primary keys of people, by that of the participation


def followers(participations: Iterable[Participation]) -> Following:
    """Who follows each of them, whatever they may still see of it. One query for all."""
    found: Following = {row.pk: set() for row in participations}
    rows = Follow.objects.filter(participation__in=found)
    for participation, user in rows.values_list("participation", "user"):
        found[participation].add(user)
    return found


def keys_of(participation: Participation) -> list[tuple[int, int]]:
    return [
        (ContentType.objects.get_for_model(model).pk, pk) for model, pk in participation.places()
    ]


def roles_for(recipient: str, step: Step) -> list[str]:
    """The roles that a line of the plan means, as the step stands now."""
    if recipient == Recipient.TURN:
        return [step.turn] if step.turn else []
    if recipient == Recipient.ABOVE:
        return ABOVE.get(step.turn, [])
    if recipient == Recipient.WAITING:
        return sorted(MUNICIPAL) if step.role in MUNICIPAL else []
    return [MANAGER] if step.turn != MANAGER else []


def people_of(municipalities: Collection[int], roles: Collection[str]) -> dict[int, list[Mandate]]:
    """Mandates of these roles over municipalities, by their primary key. One query."""
    place_type = ContentType.objects.get_for_model(Municipality)
    rows = (
        Mandate.objects.current()
        .enforced()
        .filter(
            place_type=place_type, place_id__in=municipalities, role__in=roles, user__is_active=True
        )
    )
    found: dict[int, list[Mandate]] = {pk: [] for pk in municipalities}
    for mandate in rows.select_related("user").order_by("pk"):
        found[mandate.place_id].append(mandate)
    return found


def still_holds(user: Any, role: str, held: Collection[Mandate], places: list[Place]) -> bool:
    """Whether this person may still be told as that role there; `held` are their mandates now."""
    if not role:
        return user.is_active
    return user.is_active and any(one.role == role for one in among(held, places))
