"""A session without the sign-in page, for tests that look at many pages of many people."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import BrowserContext


def sign_in(context: BrowserContext, who: str) -> None:
    """As the person with this e-mail address, or as nobody (""), from the next page on."""
    name = settings.SESSION_COOKIE_NAME
    context.clear_cookies(name=name)
    if who:
        client = Client()
        client.force_login(get_user_model().objects.get(email=who))
        kept = {"name": name, "value": client.cookies[name].value}
        context.add_cookies([kept | {"domain": "127.0.0.1", "path": "/"}])
