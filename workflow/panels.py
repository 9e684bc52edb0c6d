"""Panels: sections that other apps bring to the pages of participations, of steps, of the public.

The second extension point. A panel is registered in an app's `apps.py` and asked for its
content on each showing; one that has nothing to say returns None, or nothing for the one
participation where a page shows several.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from workflow.models import Participation, Step


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


@dataclass(frozen=True)
class StepPanel:
    """A section on the pages of a step, whatever its kind (None: nothing to show)."""

    template: str
    context: Callable[["HttpRequest", "Step"], dict[str, Any] | None]


OF_STEPS: dict[str, StepPanel] = {}


def register_of_step(panel: StepPanel) -> None:
    """As `register`, for the page of a step and those of the acts on it."""
    OF_STEPS[panel.template] = panel


def panels_of_step(request: "HttpRequest", step: "Step") -> list[dict[str, Any]]:
    """Template and context of each that has something to show."""
    shown = [(panel, panel.context(request, step)) for panel in OF_STEPS.values()]
    return [{"template": panel.template, "context": context} for panel, context in shown if context]


@dataclass(frozen=True)
class PublicPanel:
    """A section for everybody: what it shows of each of these participations, by primary key.

    Asked once for all participations of a page, so that it costs the same few queries.
    """

    name: str
    template: str
    context: Callable[[Sequence["Participation"]], dict[int, dict[str, Any]]]


PUBLIC_PANELS: dict[str, PublicPanel] = {}


def register_public(panel: PublicPanel) -> None:
    """As `register`, for the pages that anybody may read."""
    PUBLIC_PANELS[panel.name] = panel


def public_panels_of(
    participations: Sequence["Participation"],
) -> dict[int, list[dict[str, Any]]]:
    """By participation: template and context of every panel that has something to show of it."""
    shown: dict[int, list[dict[str, Any]]] = {one.pk: [] for one in participations}
    for panel in PUBLIC_PANELS.values():
        for pk, context in panel.context(participations).items():
            shown[pk].append({"template": panel.template, "context": context})
    return shown
