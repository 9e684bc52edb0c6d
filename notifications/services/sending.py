"""Sending: claim, commit, re-check, send, mark. In this order nothing is ever lost.

No lock and no transaction while the mail server answers. A sender that is killed holds its
message until the lease runs out; the next one sends it again under the same Message-ID.
"""

import logging
import os
import random
import smtplib
import socket
import time
from datetime import timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import transaction
from django.utils import timezone

from notifications.audience import still_holds
from notifications.letters import letter
from notifications.models import Delivery, Notice
from notifications.services.failing import note_failure, note_success
from notifications.services.posting import drop_overtaken
from notifications.services.standing import is_overtaken
from notifications.services.telling import skips_locked
from workflow.permissions import held_by

logger = logging.getLogger("koraci.notifications")
MOST_ATTEMPTS = 5
Status = Delivery.Status
OWNER = f"{socket.gethostname()}:{os.getpid()}"


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
    """Sends what is due, one message after the other, over one connection while it holds."""

    def __init__(self) -> None:
        self.mail = get_connection()
        self.is_busy = False

    def send_next(self) -> bool:
        """Send one message, or close it as overtaken. False when none is due."""
        if self.has_nothing_to_do() or not self.is_connected():
            return False
        wait_for_room()
        delivery = claim_next()
        self.is_busy = delivery is not None
        if delivery is None:
            return False
        if delivery.attempts > MOST_ATTEMPTS:
            close(delivery, Status.DEAD)
            note_failure(delivery)
            return True
        notices = still_true(delivery)
        if not notices:
            close(delivery, Status.STALE)
            return True
        self.send(delivery, notices)
        return True

    def has_nothing_to_do(self) -> bool:
        """Asked without a lock, every second; not in the middle of a run at full speed."""
        if self.is_busy and not settings.MAILS_PER_SECOND:
            return False
        return not Delivery.objects.due(timezone.now()).exists()

    def is_connected(self) -> bool:
        """Asked before anything is claimed: while no mail server answers, no try is counted."""
        try:
            self.mail.open()
        except (smtplib.SMTPException, OSError) as error:
            logger.error("the mail server does not answer: %s", error)
            self.hang_up()
            return False
        return True

    def send(self, delivery: Delivery, notices: list[Notice]) -> None:
        try:
            reply = self.hand_over(delivery, notices)
        except smtplib.SMTPResponseException as error:
            refused(delivery, error.smtp_code, told(error.smtp_error))
            self.hang_up()
        except smtplib.SMTPRecipientsRefused as error:
            code, text = next(iter(error.recipients.values()))
            refused(delivery, code, told(text))
            self.hang_up()
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            refused(delivery, 553, str(error))
        except (smtplib.SMTPException, OSError) as error:
            put_back(delivery, f"{type(error).__name__}: {error}")
            self.hang_up()
        except Exception as error:
            logger.exception("message %s cannot be written", delivery.pk)
            put_back(delivery, f"{type(error).__name__}: {error}")
        else:
            sent(delivery, reply)

    def hand_over(self, delivery: Delivery, notices: list[Notice]) -> str:
        """The answer of the mail server, where it is one that we can hear."""
        self.mail.send_messages([letter(delivery, notices, self.mail)])
        return getattr(self.mail, "last_reply", "")

    def hang_up(self) -> None:
        """After a failure the next message gets a connection of its own."""
        try:
            self.mail.close()
        except (smtplib.SMTPException, OSError):
            self.mail = get_connection()


def claim_next() -> Delivery | None:
    """The next message that nobody sends; committed as ours, and the try counted, before it is."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        rows = Delivery.objects.select_for_update(of=("self",), skip_locked=skips_locked())
        rows = rows.due(now).select_related("user__notification_preferences")
        delivery = rows.first()
        if delivery is None:
            return None
        delivery.status, delivery.owner = Status.SENDING, OWNER[:100]
        delivery.claimed_at, delivery.lease_until = (
            now,
            now + timedelta(seconds=settings.MAIL_LEASE_SECONDS),
        )
        delivery.attempts += 1
        delivery.save(update_fields=["status", "owner", "claimed_at", "lease_until", "attempts"])
        return delivery


def wait_for_room() -> None:
    """Hold the rate that the settings allow, all senders together."""
    most = settings.MAILS_PER_SECOND
    second = timedelta(seconds=1)
    while most and Delivery.objects.filter(claimed_at__gt=timezone.now() - second).count() >= most:
        time.sleep(0.05)


def still_true(delivery: Delivery) -> list[Notice]:
    """The notices that still stand, for a person who still holds the role; others are dropped.

    Asked anew after the claim was committed, as late as can be. Two queries.
    """
    held = held_by(delivery.user)
    notices = list(delivery.notices.filter(is_stale=False).to_send().order_by("pk"))
    for notice in notices:
        notice.join()
    overtaken = [
        one
        for one in notices
        if is_overtaken(one) or not still_holds(delivery.user, one.role, held, one.places())
    ]
    drop_overtaken(overtaken)
    return [one for one in notices if one not in overtaken]


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
