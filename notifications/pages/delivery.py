"""One message in full: to whom, of what, how its sending went, and its text."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import translation
from django.utils.translation import gettext as _

from notifications.letters import language_of, letter
from notifications.models import Delivery, Notice
from notifications.outcomes import outcome_of, outcome_of_message
from notifications.pages.deliveries import messages_with, notices_seen
from notifications.services.deliveries import CHANGES
from notifications.wording import address_of, said
from web.context import OWN_NAMES, html_lang
from workflow.errors import NotAllowed
from workflow.pages.wording import role_name
from workflow.permissions import MAY, reach

# Notices that the mail of a message did not, or will not, tell.
Status = Delivery.Status
OVER = [Status.SENT, Status.STALE, Status.CANCELLED]


@dataclass(frozen=True)
class Text:
    """The text part of a mail, in the language of whoever gets it."""

    subject: str
    body: str
    language: str  # by its own name
    lang: str  # as HTML tells it


@dataclass(frozen=True)
class Said:
    """One notice of the message as a line."""

    notice: Notice

    @property
    def subject(self) -> str:
        return said(self.notice).headline

    @property
    def url(self) -> str:
        return address_of(self.notice)

    @property
    def role(self) -> str:
        return role_name(self.notice.role)

    @property
    def outcome(self) -> Any:
        return outcome_of(self.notice) if self.notice.is_stale else None


def find_message(user: Any, uuid: Any) -> Delivery:
    """A message of which the person may read something; else as if there were none."""
    try:
        seen = notices_seen(user)
    except NotAllowed:
        raise Http404 from None
    found = messages_with(seen).select_related("user").filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def delivery_page(user: Any, delivery: Delivery) -> dict[str, Any]:
    seen = notices_seen(user).filter(delivery=delivery)
    notices = list(seen.with_places().order_by("pk"))
    may_change = seen.filter(reach(user, "resend").over("participation__")).exists()
    return {
        "delivery": delivery,
        "outcome": outcome_of_message(delivery),
        "said": [Said(one) for one in notices],
        "hidden": delivery.notices.count() - len(notices),
        "address": delivery.address or delivery.user.email,
        "text": text_of(delivery, notices),
        "is_over": delivery.status in OVER,
        "changes": changes_of(delivery) if may_change else [],
        "who_may": ", ".join(role_name(role) for role in MAY["resend"]),
        "may_change": may_change,
    }


def text_of(delivery: Delivery, notices: list[Notice]) -> Text | None:
    """As it would be written now, of these notices; None where none of them stands any more."""
    standing = [one for one in notices if not one.is_stale]
    return text_for(delivery, standing) if standing else None


def text_for(delivery: Delivery, notices: list[Notice]) -> Text:
    """What a message to its person says of these notices, in their language."""
    code = language_of(delivery.user)
    mail = letter(delivery, notices)
    with translation.override(code):
        lang = html_lang()
    return Text(str(mail.subject), str(mail.body).strip(), OWN_NAMES.get(code, code), lang)


def changes_of(delivery: Delivery) -> list[tuple[str, str, str]]:
    """What can be done with it as it stands: the change, its button, the look of that."""
    told = {
        "send_again": (_("Send again"), ""),
        "pause": (_("Pause"), "quiet"),
        "go_on": (_("Let it go on"), ""),
        "cancel": (_("Cancel the message"), "danger"),
    }
    return [
        (change, *told[change]) for change in CHANGES if delivery.status in CHANGES[change].source
    ]
