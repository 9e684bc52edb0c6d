"""The shell's pages in a real browser, under the policy: axe finds nothing, nothing is blocked.

The pages are made by Django's client first and then served to Chromium from memory, so that no
second thread writes to the test database.
"""

import mimetypes
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.browser.chromium import IN_CHROMIUM, started
from tests.browser.looking import OF_LOOKS, is_too_wide, objections
from tests.web.shell_urls import FOR_ANYBODY, SIGNED_IN, WITHOUT_CONTEXT

POLICY = "Content-Security-Policy"

pytestmark = [*IN_CHROMIUM, pytest.mark.urls("tests.web.shell_urls")]


@pytest.fixture
def pages(reader, coordinator):
    """URL -> response, of every page of the shell, and of a form that was refused."""
    made = {url: reader.get(url) for url in FOR_ANYBODY + WITHOUT_CONTEXT}
    made["/sign-in/refused/"] = reader.post("/sign-in/", {"username": "x"})
    reader.force_login(coordinator)
    made |= {url: reader.get(url) for url in SIGNED_IN}
    made["/profile/refused/"] = reader.post("/profile/", {"name": "x" * 151})
    return made


@pytest.fixture
def browser(pages):
    with started() as browser:
        yield browser


def serve(route, pages) -> None:
    address = "/" + route.request.url.split("/", 3)[3]
    if address.startswith("/static/"):
        file = Path(finders.find(address.removeprefix("/static/")))
        route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    else:
        made = pages[address]
        headers = {POLICY: made.headers[POLICY], "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=made.content, headers=headers)


@pytest.mark.parametrize(
    ("scheme", "width", "rules"), [("light", 1280, []), ("dark", 320, OF_LOOKS)]
)
def test_axe_and_the_policy_find_nothing_to_object_to(browser, pages, scheme, width, rules):
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.route("**/*", lambda route: serve(route, pages))
    said, found = [], []
    page.on("console", lambda message: said.append(message.text))

    for url in pages:
        page.goto(f"http://testserver{url}")
        found += [(url, objection) for objection in objections(page, *rules)]
        if is_too_wide(page):
            found.append((url, "scrolls sideways"))

    assert found == []
    assert [text for text in said if "Content Security Policy" in text] == []


def test_after_a_refusal_the_summary_has_the_focus_without_any_script(browser, pages):
    page = browser.new_page()
    page.route("**/*", lambda route: serve(route, pages))

    page.goto("http://testserver/profile/refused/")

    assert page.evaluate("document.activeElement.id") == "errors"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_name"
