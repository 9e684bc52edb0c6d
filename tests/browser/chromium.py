"""Debian's own Chromium, started for a test: one place for all tests that look at pages.

Its headless shell where there is one: the same engine without a window, a sixth faster. Nothing is
downloaded. Where both are missing, each test is skipped by name, with the reason.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

SHELL, WHOLE = Path("/usr/bin/chromium-headless-shell"), Path("/usr/bin/chromium")
CHROMIUM = SHELL if SHELL.exists() else WHOLE
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage",
]  # fmt: skip

IN_CHROMIUM = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed: no {CHROMIUM}"),
]

HEARD = "Refused by the policy:"
LISTEN = f"""document.addEventListener("securitypolicyviolation", (event) => console.error(
  "{HEARD}", event.effectiveDirective, event.blockedURI, event.sourceFile, event.lineNumber));"""


@contextmanager
def started() -> Iterator[Browser]:
    """A running browser; the test is skipped where Chromium is there but does not start."""
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        except Error as refused:
            pytest.skip(f"Chromium does not start: {refused.message.splitlines()[0]}")
        yield browser
        browser.close()


def listen(context: BrowserContext, heard: list[str]) -> None:
    """Put into `heard` whatever the policy refuses in any page of this context, and its errors.

    The event is asked for in every page; Chromium's own message also comes where scripts are off.
    """

    def hear(message) -> None:
        if HEARD in message.text or "Content Security Policy" in message.text:
            heard.append(f"{message.page.url if message.page else ''}: {message.text}")

    context.add_init_script(LISTEN)
    context.on("console", hear)
    context.on("weberror", lambda error: heard.append(f"{error.page.url}: {error.error}"))
