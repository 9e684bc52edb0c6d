"""How a story at the screen begins, and what it left in the log."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib.auth import get_user_model
from django.utils import timezone, translation
from playwright.sync_api import BrowserContext

from config.demo.people import PASSWORD
from tests.browser.looking import is_too_wide
from tests.browser.person import LOCALES, Person
from workflow.audit.models import Entry

PHONE = {"width": 320, "height": 640}
NewContext = Callable[..., BrowserContext]


def seated(new_context: NewContext, email: str, language: str, **options: Any) -> Person:
    """Somebody of the demo before a browser in their language; not signed in yet."""
    get_user_model().objects.filter(email=email).update(language=language)
    return Person(new_context(locale=LOCALES[language], **options), language)


def at_the_desk(new_context: NewContext, email: str, language: str, **options: Any) -> Person:
    """The same, signed in on the sign-in page with the password of the demo."""
    who = seated(new_context, email, language, **options)
    who.sign_in(email, PASSWORD)
    return who


def recorded_by(email: str) -> list[tuple[str, str]]:
    """What the log holds of this person's acts at the screen: verb and role, in their order.

    What the demo itself made came by another way.
    """
    acts = Entry.objects.filter(by__email=email, channel="web")
    return list(acts.order_by("recorded_us", "seq").values_list("verb", "role"))


def in_their_words(who: Person, tell: Callable[[], Any]) -> str:
    """A title or a name of the database as this person reads it."""
    with translation.override(who.language):
        return str(tell())


def reads_without_scrolling_sideways(who: Person) -> None:
    assert not is_too_wide(who.page), who.page.url


def today() -> date:
    return timezone.localdate()
