"""Django's way to a mail server, which also keeps what the server said last."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend as DjangosBackend


class KeepsReply:
    """The answer to the last message handed over: "250 2.0.0 Ok: queued as 4F2A"."""

    last_reply = ""

    def data(self, msg: Any) -> tuple[int, bytes]:
        code, text = super().data(msg)  # type: ignore[misc]
        self.last_reply = f"{code} {text.decode(errors='replace')}"
        return code, text


class Smtp(KeepsReply, smtplib.SMTP):
    pass


class SmtpOverTls(KeepsReply, smtplib.SMTP_SSL):
    pass


class EmailBackend(DjangosBackend):
    """As Django's, with `last_reply`."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return SmtpOverTls if self.use_ssl else Smtp

    @property
    def last_reply(self) -> str:
        return getattr(self.connection, "last_reply", "")
