"""The addresses that only the demo has, and its mailbox, for as long as a test needs them."""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from django.conf import settings
from django.test import override_settings
from django.urls import clear_url_caches

BACKEND = "config.demo.mailbox.EmailBackend"


@contextmanager
def as_the_demo(mailbox: Path) -> Iterator[None]:
    """Settings and addresses are those of the demo; mail is kept in this folder."""
    addresses = importlib.import_module(settings.ROOT_URLCONF)
    told = {"DEMO": True, "DEMO_MAILBOX": str(mailbox), "EMAIL_BACKEND": BACKEND}
    try:
        with override_settings(**told):
            read_anew(addresses)
            yield
    finally:
        read_anew(addresses)


def read_anew(addresses: ModuleType) -> None:
    importlib.reload(addresses)
    clear_url_caches()
