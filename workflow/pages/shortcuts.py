"""Pages of apps above, linked from the first pages of those whose work they are."""

from typing import Any

from django.urls import reverse

from workflow.models import Programme
from workflow.permissions import reach

SHORTCUTS: list[tuple[str, Any, str]] = []  # the right they ask for, their words, their address


def register_shortcut(action: str, label: Any, url_name: str) -> None:
    """Called from `apps.py`: a page that takes `?programme=` with the key of one."""
    if (action, label, url_name) not in SHORTCUTS:
        SHORTCUTS.append((action, label, url_name))


def shortcuts(user: Any, programme: Programme | None = None) -> list[tuple[str, str]]:
    """Words and address of those that this person may open; of one programme where it is named."""
    query = f"?programme={programme.key}" if programme else ""
    return [
        (str(label), reverse(name) + query)
        for action, label, name in SHORTCUTS
        if is_reached(user, action, programme)
    ]


def is_reached(user: Any, action: str, programme: Programme | None) -> bool:
    seen = reach(user, action)
    return programme.pk in seen.programmes if programme else bool(seen)
