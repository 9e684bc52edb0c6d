"""Sending: claim, commit, re-check, send, mark. In this order nothing is ever lost.

No lock and no transaction while the mail server answers. A sender that is killed holds its
message until the lease runs out; the next one sends it again under the same Message-ID.
"""

import logging
import random
import smtplib
import time
from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.utils import timezone

from notifications.audience import still_holds
from notifications.letters import letter
from notifications.models import Delivery, Notice
from notifications.models.delivery import MAIL
from notifications.services.claiming import Taken, claim, is_anything_due, read, reserve
from notifications.services.failing import note_failure, note_success
from notifications.services.posting import drop_overtaken
from notifications.services.standing import is_overtaken

logger = logging.getLogger("koraci.notifications")
MOST_ATTEMPTS = 5
Status = Delivery.Status


def send_due(most_seconds: float = 50) -> int:
    """Send what is due, until nothing is or the next bell comes. How many messages were tried."""
    sender, until, tried = Sender(), time.monotonic() + most_seconds, 0
    try:
        while time.monotonic() < until and sender.send_next():
            tried += 1
    finally:
        sender.hang_up()
    return tried


class Sender:
    """Sends what is due, one message after the other, over one connection while it holds.

    Another channel is another sender: its name, and its own `is_connected`, `hand_over`, `failed`
    and `hang_up`. Claims, checks, tries and the proof stay as they are.
    """

    channel = MAIL

    def __init__(self) -> None:
        self.mail = get_connection()
        self.waiting = self.due_messages()

    def send_next(self) -> bool:
        """Send one message, or close it as overtaken. False when none is due."""
        while (taken := next(self.waiting, None)) and self.is_connected():
            wait_for_room()
            if claim(taken.delivery):
                self.deliver(taken)
                return True
        return False

    def due_messages(self) -> Iterator[Taken]:
        """Reserved and read some at a time, until nothing is due that nobody else has."""
        while is_anything_due(self.channel) and self.is_connected():
            if not (reserved := reserve(self.channel)):
                return
            yield from read(reserved)

    def deliver(self, taken: Taken) -> None:
        """Once it is ours: sent, unless it was tried too often or nothing of it still stands."""
        if taken.delivery.attempts > MOST_ATTEMPTS:
            close(taken.delivery, Status.DEAD)
            note_failure(taken.delivery)
            return
        try:
            notices = still_true(taken)
            reply = self.hand_over(taken.delivery, notices) if notices else ""
        except Exception as error:
            self.failed(taken.delivery, error)
        else:
            if notices:
                sent(taken.delivery, reply)
            else:
                close(taken.delivery, Status.STALE)

    def is_connected(self) -> bool:
        """Asked before anything is claimed: while no mail server answers, no try is counted."""
        try:
            self.mail.open()
        except (smtplib.SMTPException, OSError) as error:
            logger.error("the mail server does not answer: %s", error)
            self.hang_up()
            return False
        return True

    def hand_over(self, delivery: Delivery, notices: list[Notice]) -> str:
        """The answer of the mail server, where it is one that we can hear."""
        self.mail.send_messages([letter(delivery, notices, self.mail)])
        return getattr(self.mail, "last_reply", "")

    def failed(self, delivery: Delivery, error: Exception) -> None:
        """Refused for good, or put back; after an error of the link the link is not used again."""
        match error:
            case smtplib.SMTPResponseException():
                refused(delivery, error.smtp_code, told(error.smtp_error))
            case smtplib.SMTPRecipientsRefused():
                code, text = next(iter(error.recipients.values()))
                refused(delivery, code, told(text))
            case smtplib.SMTPNotSupportedError() | UnicodeError():
                refused(delivery, 553, str(error))
            case smtplib.SMTPException() | OSError():
                put_back(delivery, f"{type(error).__name__}: {error}")
            case _:
                logger.error("message %s cannot be written", delivery.pk, exc_info=error)
                put_back(delivery, f"{type(error).__name__}: {error}")
        if isinstance(error, (smtplib.SMTPException, OSError)):
            self.hang_up()

    def hang_up(self) -> None:
        """After a failure the next message gets a connection of its own."""
        try:
            self.mail.close()
        except (smtplib.SMTPException, OSError):
            self.mail = get_connection()


def wait_for_room() -> None:
    """Hold the rate that the settings allow, all senders together."""
    most = settings.MAILS_PER_SECOND
    second = timedelta(seconds=1)
    while most and Delivery.objects.filter(claimed_at__gt=timezone.now() - second).count() >= most:
        time.sleep(0.05)


def still_true(taken: Taken) -> list[Notice]:
    """The notices that still stand, for a person who still holds the role; others are dropped.

    Asked anew after the claim was committed, as late as can be.
    """
    taken.refresh()
    user, held = taken.delivery.user, taken.held
    overtaken = [
        one
        for one in taken.notices
        if is_overtaken(one) or not still_holds(user, one.role, held, one.places())
    ]
    drop_overtaken(overtaken)
    return [one for one in taken.notices if one not in overtaken]


def sent(delivery: Delivery, reply: str) -> None:
    now = timezone.now()
    close(delivery, Status.SENT, last_reply=reply[:500], sent_at=now, address=delivery.user.email)
    note_success(delivery)


def refused(delivery: Delivery, code: int, reply: str) -> None:
    """A mail server that says 5xx will not say otherwise later; one that says 4xx may."""
    if 500 <= code < 600:
        close(delivery, Status.FAILED, last_reply=f"{code} {reply}"[:500])
        note_failure(delivery)
    else:
        put_back(delivery, f"{code} {reply}")


def put_back(delivery: Delivery, reply: str) -> None:
    """Try again later, each time after four times as long and not all at the same moment."""
    if delivery.attempts >= MOST_ATTEMPTS:
        close(delivery, Status.DEAD, last_reply=reply[:500])
        note_failure(delivery)
        return
    delay = settings.MAIL_RETRY_SECONDS * 4 ** (delivery.attempts - 1) * random.uniform(1, 1.5)
    due_at = timezone.now() + timedelta(seconds=delay)
    close(delivery, Status.NEW, last_reply=reply[:500], due_at=due_at)


def close(delivery: Delivery, status: str, **facts: object) -> None:
    """Mark it, if it is still ours: a lease that ran out has given it to somebody else."""
    ours = Delivery.objects.filter(
        pk=delivery.pk, status=Status.SENDING, attempts=delivery.attempts
    )
    if not ours.update(status=status, lease_until=None, **facts):
        logger.warning("message %s was taken over by another sender", delivery.pk)


def told(reply: bytes | str) -> str:
    return reply.decode(errors="replace") if isinstance(reply, bytes) else reply
