"""What `manage.py check` says of this machine: whether PDF sheets can be made on it."""

import ctypes
from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Warning, register

# What WeasyPrint opens, by the Debian package that brings it.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
}


@register()
def pdf_can_be_made(**_: Any) -> list[CheckMessage]:
    """A warning: everything but PDF sheets works without."""
    return [
        Warning(
            f"PDF sheets cannot be made: {name} is not installed",
            hint=f"apt-get install {LIBRARIES[name]}",
            id="documents.W001",
        )
        for name in missing(LIBRARIES)
    ]


def missing(libraries: Iterable[str]) -> list[str]:
    """Asked of the system's loader, since loading WeasyPrint itself takes up to two seconds."""
    return [name for name in libraries if not can_be_loaded(name)]


def can_be_loaded(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True
