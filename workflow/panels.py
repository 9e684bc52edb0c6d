"""Panels: sections of the participation page that other apps bring.

The second extension point. A panel is registered in an app's `apps.py` and asked for its
content on each showing; one that has nothing to say returns None.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from workflow.models import Participation


@dataclass(frozen=True)
class Panel:
    """A section: its template, and what it shows for a participation (None: nothing)."""

    name: str
    template: str
    context: Callable[["HttpRequest", "Participation"], dict[str, Any] | None]


PANELS: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Called from `apps.py`; a later registration of the same name replaces the earlier."""
    PANELS[panel.name] = panel


def panels_for(request: "HttpRequest", participation: "Participation") -> list[dict[str, Any]]:
    """Template and context of every panel that has something to show, in order of registering."""
    shown = [(panel, panel.context(request, participation)) for panel in PANELS.values()]
    return [
        {"template": panel.template, "context": context}
        for panel, context in shown
        if context is not None
    ]
