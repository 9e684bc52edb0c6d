"""The pages of signing in that only forms lead to, in Chromium as every other page.

One person walks through them: sets up an app, takes the codes, is asked for one, is locked out,
is interrupted in the middle of a form. A passkey of a virtual device opens the account.
"""

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import override_settings
from playwright.sync_api import Page

from config.demo.people import PASSWORD
from tests.browser.person import LOCALES
from tests.browser.samples import KIKINDA
from tests.browser.test_every_page import WIDE, look
from tests.demo.loaded import db  # noqa: F401

HOME = "/profile/second-factor/"


@pytest.fixture(scope="module")
def demo(db) -> Iterator[None]:  # noqa: F811
    with override_settings(DEMO=True):
        yield


@pytest.fixture
def page(demo, new_context, request) -> Page:
    language = getattr(request.node, "callspec", None)
    language = language.params["language"] if language else "en"
    get_user_model().objects.update(language=language)
    Authenticator.objects.all().delete()
    AccessAttempt.objects.all().delete()
    cache.clear()
    return new_context(locale=LOCALES[language], viewport=WIDE).new_page()


def send(page: Page, **told: str) -> None:
    """Fill in the form of the page and press its last button."""
    for name, value in told.items():
        page.locator(f"main [name={name}]:visible").fill(value)
    with page.expect_navigation():
        page.locator("main form[method=post]:visible button").last.click()


def sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    send(page, username=KIKINDA, password=PASSWORD)


def set_up_app(page: Page) -> str:
    """From the overview, past the password, to the picture; its secret."""
    page.goto(f"{HOME}app/")
    send(page, password=PASSWORD)
    return page.locator(".secret").inner_text().replace(" ", "")


def code_now(secret: str) -> str:
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


@pytest.mark.parametrize("language", LOCALES)
def test_every_step_of_the_second_factor_is_fit_to_be_read(page, language):
    wrong: list[str] = []

    def read(what: str) -> None:
        wrong.extend(f"{what}: {found}" for found in look(page, language))

    sign_in(page)
    secret = set_up_app(page)
    read("app")
    send(page, code="000000")
    read("wrong code")
    secret = page.locator(".secret").inner_text().replace(" ", "")
    send(page, code=code_now(secret))
    read("codes")
    page.goto(HOME)
    read("overview")
    for address in ("app/remove/", "codes/new/", "passkeys/add/"):
        page.goto(HOME + address)
        read(address)
    page.goto("/profile/")
    read("profile")
    page.context.clear_cookies()
    cache.clear()
    sign_in(page)
    read("asked")
    send(page, code=code_now(secret))
    read("remember")

    assert wrong == []
    assert page.url.endswith("/sign-in/remember/")


@pytest.mark.parametrize("language", LOCALES)
def test_locked_interrupted_and_mailed_are_fit_to_be_read(page, language):
    wrong: list[str] = []

    def read(what: str) -> None:
        wrong.extend(f"{what}: {found}" for found in look(page, language))

    page.goto("/sign-in/code/")
    send(page, email="nobody@example.org")
    read("mailed code")
    for _time in range(5):
        page.goto("/sign-in/")
        send(page, username="nobody@example.org", password="wrong")
    read("locked")
    sign_in(page)
    page.goto("/profile/")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    page.locator("[name=phone]").fill("0230 000 000")
    with page.expect_navigation():
        page.locator("main form[method=post] button").last.click()
    read("interrupted")
    page.locator("[name=username]").fill(KIKINDA)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")  # the other button mails a code
    read("open again")

    assert wrong == []
    assert page.locator("[name=phone]").input_value() == "0230 000 000"


def test_a_passkey_is_added_and_opens_the_account_without_a_password(page):
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    # A device takes no bare address for the name of a site.
    page.goto("/sign-in/")
    here = re.sub(r"^http://127\.0\.0\.1", "http://localhost", page.url)
    page.goto(here)
    send(page, username=KIKINDA, password=PASSWORD)
    page.goto(here.replace("/sign-in/", f"{HOME}passkeys/add/"))
    send(page, password=PASSWORD)
    send(page, name="Telephone")
    assert page.url.endswith(f"{HOME}codes/")

    page.context.clear_cookies()
    page.goto(here + "passkey/")
    send(page)

    assert "/sign-in/" not in page.url
    assert page.locator(".account").is_visible()
