"""What a new application need not ask again: taken over from the last one, and from the person."""

from dataclasses import dataclass, field
from typing import Any

from workflow.models import Application
from workflow.pages.application import Desk
from workflow.permissions import mandates_over, places_of

TAKEN_OVER = ("situation", "contact")  # what is planned is another matter every time


@dataclass(frozen=True)
class Prefilled:
    """Texts for fields that are empty yet, and the application they were taken from, if any."""

    texts: dict[str, str] = field(default_factory=dict)
    source: Application | None = None


def prefilled(user: Any, desk: Desk) -> Prefilled:
    """For a draft that nobody has saved yet; nothing is kept before it is saved.

    Only applications that the person may read are a source, so that nothing of others shows.
    """
    draft = desk.application
    if draft.version or not desk.may_write:
        return Prefilled()
    last = (
        Application.objects.visible_to(user)
        .filter(lead=draft.lead_id, submitted_at__isnull=False)
        .exclude(pk=draft.pk)
        .order_by("-submitted_at", "-pk")
        .first()
    )
    taken = {name: getattr(last, name) for name in TAKEN_OVER if last and getattr(last, name)}
    own = {} if desk.registers else {"contact": contact_of(user, desk)}
    return Prefilled(own | taken, last if taken else None)


def contact_of(user: Any, desk: Desk) -> str:
    """Name, function, phone and address of who writes, a line each."""
    held = mandates_over(user, places_of(desk.application.lead))
    functions = [mandate.function for mandate in held if mandate.function]
    lines = [user.name, *functions[:1], user.phone, user.email]
    return "\n".join(line for line in lines if line)
