"""Many people with a reminder that is due: opened and planned through the doors, days ago."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from guardian.models import UserObjectPermission

from municipalities.models import Mandate, Municipality
from municipalities.roles import Role, right_of
from notifications.models import Occasion, Reminder
from tests.clock import set_to
from tests.world import PROGRAMME, procedure_text, step
from workflow import services

LONG_AGO = date(2020, 1, 1)
AT_A_PLACE = 50


def gather(addresses: Sequence[str]) -> None:
    """One coordinator for each address, each with one reminder that fell due yesterday morning.

    Fifty to a municipality. What the opening itself had to tell counts as told.
    """
    today = timezone.localdate()
    then = today - timedelta(days=2)
    with set_to(then.year, then.month, then.day):
        manager = programme_manager()
        track = track_due(today + timedelta(days=6))
        for first in range(0, len(addresses), AT_A_PLACE):
            unit = municipality(first // AT_A_PLACE)
            appoint(addresses[first : first + AT_A_PLACE], unit)
            services.open_participation(
                track, unit, by=manager, decided_on=then, reason="", idempotency_key=uuid4()
            )
    Occasion.objects.update(told_at=timezone.now())


def hold_back() -> None:
    """Nothing of the plan is due, until `fall_due` says so."""
    Reminder.objects.update(due_at=timezone.now() + timedelta(days=30))


def fall_due() -> None:
    """What is to be told to all fifty at the next municipality."""
    held = Reminder.objects.filter(status="planned", offset=7, due_at__gt=timezone.now())
    Reminder.objects.filter(pk=held.order_by("pk").first().pk).update(due_at=timezone.now())


def programme_manager():
    users = get_user_model().objects
    system = users.create_superuser("system@example.org")
    manager = users.create_user("manager@example.org", language="en")
    programme = services.load_programme(PROGRAMME)
    services.give_mandate(
        manager, "programme_manager", over=programme, by=system, starts_on=LONG_AGO
    )
    return manager


def track_due(on: date):
    """A track whose one step is due on this day, with a reminder a week before."""
    owed = step(
        deadline={"rule": "fixed", "on": on.isoformat()}, reminders=[7], reminders_overdue=[90]
    )
    text = procedure_text(route=["assessment"], places=None, stages={"assessment": [owed]})
    return services.load_procedure(text).track


def municipality(number: int) -> Municipality:
    return Municipality.objects.create(
        code=f"9{number:04}", name_latin=f"Mesto {number}", name_cyrillic=f"Место {number}",
        country="RS", kind="municipality",
    )  # fmt: skip


def appoint(addresses: Sequence[str], unit: Municipality) -> None:
    """Their mandates with the rights that enforce them, as the door writes them, many at once."""
    users = get_user_model().objects.bulk_create(
        [get_user_model()(email=address, language="en") for address in addresses]
    )
    place = ContentType.objects.get_for_model(Municipality)
    right = Permission.objects.get(content_type=place, codename=right_of(Role.COORDINATOR))
    rights = UserObjectPermission.objects.bulk_create(
        UserObjectPermission(user=user, permission=right, content_type=place, object_pk=unit.pk)
        for user in users
    )
    Mandate.objects.bulk_create(
        Mandate(
            user=user, role=Role.COORDINATOR, place_type=place, place_id=unit.pk, right=given,
            starts_on=LONG_AGO,
        )
        for user, given in zip(users, rights, strict=True)
    )  # fmt: skip
