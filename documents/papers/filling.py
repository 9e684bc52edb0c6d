"""Filling, examining and previewing DOCX templates; the libraries are loaded on first use."""

from collections.abc import Collection
from typing import Any

from django.utils.safestring import SafeString

from documents.papers.fields.listed import FIELDS


def fill(template: bytes, fields: dict[str, Any]) -> bytes:
    """The paper: the template with its fields filled in. BrokenTemplate where that cannot be."""
    from documents.papers.word import filled

    return filled(template, fields)


def known_fields() -> frozenset[str]:
    """Every name that a template may use; parts of a row as "steps.title"."""
    return frozenset(field.name for field in FIELDS)


def unknown_fields(template: bytes, known: Collection[str]) -> list[str]:
    """The fields that a template uses and that are not in `known`, as they stand in it.

    A file that cannot be read as a template has none; `problems_in` says what is wrong with it.
    """
    from documents.papers.examining import examined

    return examined(template, known).unknown


def problems_in(template: bytes, known: Collection[str] | None = None) -> list[str]:
    """All that is wrong with a template, each in a sentence; nothing where it can be used."""
    from documents.papers.examining import examined

    return examined(template, known_fields() if known is None else known).problems


def warm_up() -> None:
    """Load the libraries now, before a process limits itself."""
    from documents.papers import examining  # noqa: F401


def preview(template: bytes, fields: dict[str, Any]) -> SafeString:
    """The filled paper as simple HTML, to be read on a page before it is kept."""
    from documents.papers.previewing import html_of

    return html_of(fill(template, fields))
