"""What the log says of messages, in words."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from municipalities.roles import Role
from notifications.kinds import KINDS
from web.script.dates import date_and_time
from workflow.pages.facts import Names, register_facts
from workflow.pages.timeline import register_told
from workflow.verbs import register_verbs


def register_words() -> None:
    """Called once, from `apps.py`. The page of who was told says it better than the timeline."""
    register_verbs(
        {
            "tell": _("Message sent"),
            "change_message": _("Message changed"),
            "remind": _("Reminded by hand"),
        }
    )
    register_facts(
        {
            "roles": _("Told as"),
            "told": _("Told of"),
            "message_id": _("Id of the message"),
            "sent_at": _("Sent"),
            "reply": _("Answer of the mail server"),
            "change": _("What was done with it"),
            "people": _("Who was reminded"),
        },
        as_recorded=["message_id", "reply"],
        in_words={
            "roles": roles,
            "told": kinds,
            "people": people,
            "sent_at": lambda moment, _names: date_and_time(moment),
            "change": lambda change, _names: str(CHANGES.get(change, change)),
        },
        in_parts={},
    )
    told = {"remind": "workflow/timeline/_plain.html"}
    register_told("reminders", _("Reminders"), told, untold=["tell", "change_message"])


# What somebody did with a message, in the log.
CHANGES = {
    "send_again": _("sent again"),
    "pause": _("paused"),
    "go_on": _("let go on"),
    "cancel": _("cancelled"),
}


def roles(held: list[str], _names: Names) -> str:
    return ", ".join(str(Role(role).label) for role in held if role in Role.values)


def people(pks: list[int], _names: Names) -> str:
    """Names for whoever reads the log; the entry keeps numbers alone."""
    rows = get_user_model().objects.filter(pk__in=pks).order_by("pk")
    return ", ".join(map(str, rows))


def kinds(told: list[str], _names: Names) -> str:
    return ", ".join(str(KINDS[kind].label) if kind in KINDS else kind for kind in told)
