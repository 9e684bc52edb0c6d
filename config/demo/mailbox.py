"""The mail of the demo: kept as files, never sent, and shown as its recipients would see it."""

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from csp.constants import NONE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.mail.backends.base import BaseEmailBackend
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

NAME = re.compile(r"\d{20}")
LANG = re.compile(r'<html lang="([\w-]+)"')
MOST = 200  # shown; older ones stay in the folder


class EmailBackend(BaseEmailBackend):
    """Each message a file, named by when it came."""

    last_reply = "250 kept in the mailbox of the demo"

    def send_messages(self, email_messages: Sequence[Any]) -> int:
        folder = Path(settings.DEMO_MAILBOX)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            path = folder / f"{time.time_ns():020}.eml"
            path.write_bytes(message.message().as_bytes())
        return len(email_messages)


@dataclass(frozen=True)
class Kept:
    """One message, read."""

    name: str
    mail: EmailMessage

    @property
    def to(self) -> str:
        return str(self.mail["To"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"]).strip()  # a long one begins on a line of its own

    @property
    def at(self) -> datetime:
        """When it came, by the clock of the demo; its own date is that of the machine."""
        return datetime.fromtimestamp(int(self.name) / 10**9, UTC)

    @property
    def lang(self) -> str:
        """The language and script that it is written in, as its HTML says."""
        found = LANG.search(self.html)
        return found[1] if found else ""

    @property
    def headers(self) -> list[tuple[str, str]]:
        shown = ("From", "Message-ID", "Auto-Submitted", "List-Unsubscribe")
        return [(name, str(self.mail[name])) for name in shown if self.mail[name]]

    @property
    def text(self) -> str:
        return self.part("plain")

    @property
    def html(self) -> str:
        return self.part("html")

    def part(self, kind: str) -> str:
        body = self.mail.get_body((kind,))
        return str(body.get_content()) if body else ""


def kept(name: str) -> Kept:
    """Http404 for a message that is not there."""
    path = Path(settings.DEMO_MAILBOX) / f"{name}.eml"
    if not NAME.fullmatch(name) or not path.is_file():
        raise Http404
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    return Kept(name, mail)


@login_not_required
@require_safe
def mailbox(request: HttpRequest) -> HttpResponse:
    """Every message, the newest first; of one person with `?to=`."""
    names = sorted((one.stem for one in Path(settings.DEMO_MAILBOX).glob("*.eml")), reverse=True)
    messages = [kept(name) for name in names[:MOST]]
    people, to = sorted({one.to for one in messages}), request.GET.get("to", "")
    chosen = [one for one in messages if one.to == to] if to in people else messages
    context = {"messages_kept": chosen, "people": people, "to": to, "most": MOST}
    return render(request, "config/mailbox.html", context)


@login_not_required
@require_safe
def message(request: HttpRequest, name: str) -> HttpResponse:
    return render(request, "config/mail.html", {"message": kept(name)})


@login_not_required
@require_safe
@csp({"default-src": [NONE], "style-src": ["'unsafe-inline'"]})  # type: ignore[arg-type]
def message_as_html(request: HttpRequest, name: str) -> HttpResponse:
    """As a mail program shows it: its own styles, no script, nothing from elsewhere."""
    return HttpResponse(kept(name).html)


# Part of the addresses in the demo alone; see config/urls.py.
urlpatterns = [
    path("demo/mail/", mailbox, name="demo_mailbox"),
    path("demo/mail/<str:name>/", message, name="demo_mail"),
    path("demo/mail/<str:name>/html/", message_as_html, name="demo_mail_html"),
]
