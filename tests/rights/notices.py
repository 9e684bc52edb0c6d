"""The notices of the world: everybody was told what happened, before some mandates ended."""

from typing import Any

from notifications.models import Notice
from notifications.services import tell_happened
from tests.rights.messages import message_arguments

TOLD_TO = "told to coordinator of A"


def make_notices(world: Any) -> None:
    """What happened is told to whom it concerns; one of these notices is tried."""
    tell_happened()
    told = Notice.objects.filter(user=world.users["coordinator of A"], kind="step_opened")
    world.notices[TOLD_TO] = told.order_by("pk")[0]


def notice_arguments(world: Any, page: str, thing: str, nowhere: Any) -> list[Any]:
    """Where the pages of notices are."""
    if page == "notice":
        return [world.notices[thing].uuid if thing in world.notices else nowhere]
    return ["no-token"] if page == "unsubscribe" else message_arguments(world, page, thing)
