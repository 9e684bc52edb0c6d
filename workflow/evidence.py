"""Kinds of evidence: what closes a step, how it is asked for, how it is shown.

The first of two extension points. An app that brings a kind of its own (a document, a public
inspection) registers it in its `apps.py`; the core stays ignorant of the app.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django import forms

if TYPE_CHECKING:
    from django.http import HttpRequest

    from workflow.models import Evidence, Step

Shown = list[tuple[Any, str]]  # label and text, in the order of the page


@dataclass(frozen=True)
class OnRecord:
    """Something recorded elsewhere that fills in a step's form, so that nobody types it twice."""

    key: str  # in the address, to choose it
    label: str
    initial: dict[str, Any]  # values of the form's fields


def nothing_on_record(step: "Step") -> list[OnRecord]:
    return []


def no_facts(evidence: "Evidence") -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Section:
    """A part of the step's page that the app of the kind brings (None: nothing to show)."""

    template: str
    context: Callable[["HttpRequest", "Step"], dict[str, Any] | None]


@dataclass(frozen=True)
class EvidenceKind:
    """One kind of evidence.

    `form` asks for it and is the only judge of its shape; `told` turns cleaned data into plain
    text for the record; `show` turns the record into labels and texts for a page; `dated`
    names the field that holds the day the evidence bears; `on_record` offers what the form can
    be filled in with; `facts` is what the log says of it beside its digest, never a personal
    datum; `section` stands on the page of the step, above the form.
    """

    name: str
    label: Any
    form: Callable[..., forms.Form]
    told: Callable[[dict[str, Any]], dict[str, Any]]
    show: Callable[["Evidence"], Shown]
    dated: str = "dated_on"
    on_record: Callable[["Step"], list[OnRecord]] = nothing_on_record
    facts: Callable[["Evidence"], dict[str, Any]] = no_facts
    section: Section | None = None


@dataclass
class Registry:
    """The kinds that the installed apps brought, by name."""

    kinds: dict[str, EvidenceKind] = field(default_factory=dict)

    def register(self, kind: EvidenceKind) -> None:
        """Called from `apps.py`. ValueError when the name is taken."""
        if self.kinds.get(kind.name, kind) is not kind:
            raise ValueError(f"evidence kind {kind.name} is registered already")
        self.kinds[kind.name] = kind

    def of(self, step: "Step") -> EvidenceKind:
        return self.kinds[step.kind]


KINDS = Registry()
