"""The notices of the world: everybody was told what happened, before some mandates ended."""

from typing import Any

from notifications.models import Notice
from notifications.services import tell_happened
from notifications.services.feeds import make_feed
from tests.rights.messages import message_arguments

TOLD_TO = "told to coordinator of A"


def make_notices(world: Any) -> None:
    """What happened is told to whom it concerns; one of these notices is tried.

    Everybody has the address of a calendar, so that somebody can close it.
    """
    tell_happened()
    for user in world.users.values():
        make_feed(user)
    told = Notice.objects.filter(user=world.users["coordinator of A"], kind="step_opened")
    world.notices[TOLD_TO] = told.order_by("pk")[0]


def notice_arguments(world: Any, page: str, thing: str, nowhere: Any) -> list[Any]:
    """Where the pages of notices are."""
    if page == "notice":
        return [world.notices[thing].uuid if thing in world.notices else nowhere]
    if page == "following":
        return [world.cases[thing].reference if thing in world.cases else "T0-000"]
    if page in ("unsubscribe", "calendar_feed"):
        return ["no-token"]
    return message_arguments(world, page, thing)


def notice_payload(page: str) -> dict[str, str]:
    """What the forms of notices send."""
    rhythms = {"progress": "daily", "deadlines": "inbox", "people": "weekly"}
    return rhythms if page == "preferences" else {}
