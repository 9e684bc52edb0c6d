"""How it went with a notice or a message, in words and in a colour of the kit."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from notifications.models import Delivery, Notice

Status = Delivery.Status
COLOURS: dict[str, str] = {
    Status.NEW: "info",
    Status.SENDING: "info",
    Status.PAUSED: "warn",
    Status.SENT: "ok",
    Status.FAILED: "bad",
    Status.DEAD: "bad",
}


@dataclass(frozen=True)
class Outcome:
    """The words say all of it; the colour is a class of the kit."""

    words: str
    colour: str = ""


def outcome_of_message(delivery: Delivery) -> Outcome:
    return Outcome(str(delivery.get_status_display()), COLOURS.get(delivery.status, ""))


def outcome_of(notice: Notice) -> Outcome:
    """What became of one notice: its mail may go out without it, or there may be none."""
    if notice.is_stale:
        return Outcome(_("overtaken before it was sent"))
    if notice.delivery is None:
        return Outcome(_("in the inbox, no mail"))
    return outcome_of_message(notice.delivery)
