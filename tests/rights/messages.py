"""Messages of the world, one about each participation, and pages about them."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone

from notifications.models import Delivery, Notice
from notifications.services.asking import asking_about
from tests.stepping import the_step

if TYPE_CHECKING:
    from tests.rights.actors import World

NOWHERE = UUID(int=0)


def make_messages(world: "World", helpers: dict[str, Any]) -> None:
    """To somebody who is no actor: that a step was opened. They wait to be sent."""
    for name, case in world.cases.items():
        person = helpers[name[0]]
        message = Delivery.objects.create(user=person, due_at=timezone.now())
        Notice.objects.create(
            user=person, kind="step_opened", role="coordinator", participation=case,
            step=the_step(case, "open"), delivery=message, needs_action=True,
        )  # fmt: skip
        world.messages[name] = message


def message_arguments(world: "World", page: str, thing: str) -> list[Any]:
    if page == "told":
        return [world.cases[thing].reference if thing in world.cases else "T0-000"]
    if page == "delivery":
        return [world.messages[thing].uuid if thing in world.messages else NOWHERE]
    if page == "programme_deliveries":
        return [world.programmes[thing].key if thing in world.programmes else "no_such_key"]
    return []


def message_payload(world: "World", page: str) -> dict[str, Any]:
    """What the forms of messages and reminders send."""
    if page == "remind":
        step = the_step(world.cases["A in P"], "open")
        return {"step": step.uuid, "expected": expected_of(world)}
    return {"change": "pause"} if page in ("delivery", "programme_deliveries") else {}


def expected_of(world: "World") -> str:
    """The fingerprint of whom the manager of P would be shown."""
    step = the_step(world.cases["A in P"], "open")
    return asking_about([step], by=world.users["manager of P"]).expected
