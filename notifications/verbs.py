"""What the log says of messages, in words."""

from django.utils.translation import gettext_lazy as _

from workflow.pages.facts import register_facts
from workflow.pages.timeline import register_told
from workflow.verbs import register_verbs


def register_words() -> None:
    """Called once, from `apps.py`. The page of who was told says it better than the timeline."""
    register_verbs({"tell": _("Message sent")})
    register_facts(
        {
            "roles": _("Told as"),
            "told": _("Told of"),
            "message_id": _("Id of the message"),
            "sent_at": _("Sent"),
            "reply": _("Answer of the mail server"),
        },
        as_recorded=["message_id", "reply"],
        in_words={},
        in_parts={},
    )
    register_told("messages", _("Messages"), {}, untold=["tell"])
