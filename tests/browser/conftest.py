"""A real server, a database of its own for each module, and Chromium that listens to the policy."""

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test.testcases import QuietWSGIRequestHandler
from django.utils.cache import patch_cache_control
from playwright.sync_api import Browser, BrowserContext

from tests.browser.chromium import IN_CHROMIUM, listen, started
from tests.own_database import in_a_copy

HERE = Path(__file__).parent
PATIENCE = 30_000  # milliseconds; another test may hold the machine meanwhile


def pytest_collection_modifyitems(items) -> None:
    """Everything in this folder needs Chromium, also what somebody adds later."""
    for item in items:
        if HERE in item.path.parents:
            for mark in IN_CHROMIUM:
                item.add_marker(mark)


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """In place of pytest-django's: a copy of the test database, for all tests of the module.

    Its commits are real, so that the server's threads see them.
    """
    with in_a_copy(django_db_blocker) as name:
        yield name


class KeptFilesHandler(StaticFilesHandler):
    """Style, script and fonts are kept by the browser, as whitenoise tells it to in production."""

    def serve(self, request: HttpRequest) -> HttpResponseBase:
        response = super().serve(request)
        patch_cache_control(response, max_age=3600)
        return response


@pytest.fixture(scope="module")
def address(db) -> Iterator[str]:
    """Where the product is served, by threads of this process, with its style and fonts."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietWSGIRequestHandler)
    server.set_app(KeptFilesHandler(WSGIHandler()))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="module")
def browser(address) -> Iterator[Browser]:
    """Playwright keeps a loop in this thread; Django would then refuse to ask the database.

    Inside the loop the thread has a connection of its own; left open, it would lead the browser of
    the next module to the database of this one.
    """
    with pytest.MonkeyPatch.context() as patch, started() as browser:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        yield browser
        connections.close_all()


@pytest.fixture
def heard() -> list[str]:
    """What the policy refused, in all pages of the test."""
    return []


@pytest.fixture
def new_context(browser, address, heard) -> Iterator[Callable[..., BrowserContext]]:
    """`new_context(locale="sr-Cyrl-RS")`: a browser of one person. Any report fails the test."""
    contexts: list[BrowserContext] = []

    def make(**options) -> BrowserContext:
        context = browser.new_context(base_url=address, **options)
        context.set_default_timeout(PATIENCE)
        listen(context, heard)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()
    assert heard == []
