"""The mail of a delivery: text and HTML, in the reader's language and script, with one action.

It names no person and no detail that the page does not ask one to sign in for.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.kinds import KINDS
from notifications.models import Delivery, Notice, Rhythm
from notifications.unsubscribing import unsubscribe_url
from notifications.wording import Said, said, why
from web.context import html_lang

LONGEST = 150  # characters of a subject


@dataclass(frozen=True)
class Told:
    """A notice as a line of a mail."""

    said: Said
    why: str

    @property
    def url(self) -> str:
        return settings.SITE_URL + self.said.url

    @property
    def subject(self) -> str:
        return self.said.headline


def language_of(user: Any) -> str:
    """In which language and script a person is written to."""
    return user.language or settings.LANGUAGES[0][0]  # as pages, for whoever has not chosen


def letter(
    delivery: Delivery, notices: list[Notice], connection: Any = None
) -> EmailMultiAlternatives:
    """The whole mail; the same Message-ID on every try."""
    with translation.override(language_of(delivery.user)):
        context = context_of(delivery, notices)
        mail = EmailMultiAlternatives(
            subject_of(context["told"]),
            render_to_string("notifications/mail.txt", context),
            settings.DEFAULT_FROM_EMAIL,
            [delivery.user.email],
            headers=headers_of(delivery, notices),
            connection=connection,
        )
        mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def context_of(delivery: Delivery, notices: list[Notice]) -> dict[str, Any]:
    told = [Told(said(one), why(one)) for one in notices]
    return {
        "told": told,
        "lang": html_lang(),
        "action": the_one_action(told),
        "reasons": list(dict.fromkeys(one.why for one in told if one.why)),
        "is_optional": is_optional(notices),
        "is_digest": delivery.rhythm != Rhythm.NOW,
        "preferences_url": settings.SITE_URL + reverse("notifications:preferences"),
        "help_email": settings.HELP_EMAIL,
    }


def the_one_action(told: list[Told]) -> dict[str, str]:
    """Where the button leads: to the one thing, or to where all of them stand."""
    if len({one.url for one in told}) == 1:
        return {"url": told[0].url, "words": told[0].said.action}
    return {
        "url": settings.SITE_URL + reverse("notifications:inbox"),
        "words": _("Open the notices"),
    }


def subject_of(told: list[Told]) -> str:
    """What the first is about, and how many more there are. One line, as each of them is."""
    subject = told[0].subject
    if len(told) > 1:
        more = len(told) - 1
        also = ngettext("and %(n)d more", "and %(n)d more", more) % {"n": more}
        subject = f"{subject[: LONGEST - 30]} ({also})"
    return subject[:LONGEST]


def is_optional(notices: list[Notice]) -> bool:
    """Whether the person chose, and may choose again, to be told of this by mail."""
    return all(KINDS[one.kind].group != "action" for one in notices)


def headers_of(delivery: Delivery, notices: list[Notice]) -> dict[str, str]:
    headers = {"Message-ID": delivery.message_id, "Auto-Submitted": "auto-generated"}
    if is_optional(notices):
        url = settings.SITE_URL + unsubscribe_url(delivery.user, KINDS[notices[0].kind].group)
        headers["List-Unsubscribe"] = f"<{url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
