"""What a worker does, by hand: told, sent, recorded, as the tests let time pass."""

from datetime import UTC, datetime

from django.core import mail

from notifications.services import Sender, record_sent, tell_due, tell_happened


def send_all() -> None:
    """Everything that may leave now."""
    sender = Sender()
    while sender.send_next():
        pass


def work(clock) -> list:
    """What the worker does by now, and a minute later, when what gathered has left. The mails."""
    before = len(mail.outbox)
    tell_happened()
    tell_due()
    clock.let_pass(minutes=2)
    send_all()
    record_sent()
    return mail.outbox[before:]


def morning(year: int, month: int, day: int) -> datetime:
    """Half a minute past eight in Belgrade, in winter."""
    return datetime(year, month, day, 7, 0, 30, tzinfo=UTC)


def addressed(mails: list) -> list[str]:
    return sorted(address for one in mails for address in one.to)
