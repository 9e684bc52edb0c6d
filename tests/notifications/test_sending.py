"""Claim, commit, re-check, send, mark: whatever the mail server says, nothing is lost."""

import smtplib
from datetime import timedelta

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notice, Preferences
from notifications.services import Sender, tell_due
from notifications.services.claiming import Taken, claim, read, reserve
from notifications.services.posting import post
from notifications.services.sending import MOST_ATTEMPTS
from tests.notifications.mail_server import MailServer, in_place_of_the_real_one
from tests.notifications.post_office import morning, send_all, work

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch) -> MailServer:
    return in_place_of_the_real_one(monkeypatch)


@pytest.fixture
def delivery(case, clock, coordinator) -> Delivery:
    """A reminder that may leave now."""
    clock.now = morning(2026, 12, 1)
    tell_due()
    clock.let_pass(minutes=2)
    return Delivery.objects.get(status="new")


def again(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def begin_to_send(delivery: Delivery) -> Taken:
    """What a sender does before it writes to the mail server."""
    [taken] = read(reserve("mail"))
    assert taken.delivery.pk == delivery.pk
    assert claim(taken.delivery)
    return taken


def later(clock) -> None:
    clock.let_pass(hours=5)
    send_all()


def test_sent_with_the_answer_of_the_server(delivery, server):
    send_all()

    sent = again(delivery)
    assert (sent.status, sent.attempts, sent.last_reply) == ("sent", 1, "250 2.0.0 Ok")
    assert sent.address == sent.user.email
    assert server.taken[0].extra_headers["Message-ID"] == sent.message_id


@pytest.mark.parametrize("code", [421, 450, 451, 452])
def test_not_now_is_tried_again_under_the_same_id(delivery, server, clock, code):
    server.answers = [smtplib.SMTPDataError(code, b"Try later")]
    send_all()
    assert again(delivery).status == "new"
    assert again(delivery).last_reply == f"{code} Try later"
    assert again(delivery).due_at > timezone.now()

    later(clock)

    assert again(delivery).status == "sent"
    assert server.taken[0].extra_headers["Message-ID"] == delivery.message_id


@pytest.mark.parametrize("code", [550, 552, 553, 554])
def test_refused_for_good_is_not_tried_again_and_the_manager_is_told(
    delivery, server, clock, code, coordinator, manager
):
    server.answers = [smtplib.SMTPRecipientsRefused({coordinator.email: (code, b"No such user")})]

    later(clock)

    assert (again(delivery).status, again(delivery).attempts) == ("failed", 1)
    assert again(delivery).last_reply == f"{code} No such user"
    assert Preferences.objects.get(user=coordinator).mail_fails_since
    assert Notice.objects.filter(kind="mail_failed", user=manager).count() == 1


def test_an_address_that_works_again_is_forgiven(delivery, server, coordinator):
    Preferences.objects.create(user=coordinator, mail_fails_since=timezone.now())

    send_all()

    assert Preferences.objects.get(user=coordinator).mail_fails_since is None


def test_given_up_after_five_tries_each_later_than_the_one_before(delivery, server, clock):
    server.answers = [smtplib.SMTPServerDisconnected("gone")] * 9
    waits = []
    for _try in range(MOST_ATTEMPTS):
        send_all()
        waits.append(again(delivery).due_at - timezone.now())
        clock.now = max(timezone.now(), again(delivery).due_at) + timedelta(seconds=1)

    assert (again(delivery).status, again(delivery).attempts) == ("dead", MOST_ATTEMPTS)
    assert waits[0] < waits[1] < waits[2] < waits[3]
    later(clock)
    assert server.taken == []


def test_while_no_server_answers_no_try_is_counted(delivery, server, clock):
    server.is_up = False
    for _hour in range(72):
        later(clock)
    assert (again(delivery).status, again(delivery).attempts) == ("new", 0)

    server.is_up = True
    clock.now = morning(2026, 12, 2)
    send_all()

    assert again(delivery).status == "sent"


def test_a_sender_that_was_killed_is_followed_by_another(delivery, server, clock):
    begin_to_send(delivery)  # and then it is killed
    send_all()
    assert again(delivery).status == "sending"  # nobody else has it while the lease runs

    clock.let_pass(minutes=6)
    send_all()

    assert (again(delivery).status, again(delivery).attempts) == ("sent", 2)
    assert server.taken[0].extra_headers["Message-ID"] == delivery.message_id


def test_one_that_kills_every_sender_is_given_up(delivery, server, clock):
    for _kill in range(MOST_ATTEMPTS):
        begin_to_send(delivery)
        clock.let_pass(minutes=6)

    send_all()

    assert again(delivery).status == "dead"
    assert server.taken == []


def test_one_that_cannot_be_written_does_not_stop_the_others(
    delivery, server, clock, coordinator, signatory, monkeypatch
):
    from notifications import letters

    written = letters.said

    def broken(notice):
        if notice.user_id == coordinator.pk:
            raise ValueError("poison")
        return written(notice)

    monkeypatch.setattr(letters, "said", broken)
    post([Notice(user=signatory, kind="test")])
    clock.let_pass(minutes=2)

    send_all()

    assert [mail.to for mail in server.taken] == [[signatory.email]]
    assert again(delivery).last_reply == "ValueError: poison"


def test_a_sender_that_comes_back_after_its_lease_changes_nothing(delivery, server, clock):
    slow = Sender()
    claimed = begin_to_send(delivery)
    clock.let_pass(minutes=6)
    send_all()  # another one sent it meanwhile

    server.answers = [smtplib.SMTPDataError(554, b"No")]
    slow.deliver(claimed)

    assert again(delivery).status == "sent"


def test_names_with_line_breaks_split_no_header(case, clock, municipality, coordinator, server):
    municipality.name_latin = "Kikinda\r\nBcc: all@example.org"
    municipality.save()
    clock.now = morning(2026, 12, 1)

    work(clock)

    [mail] = server.taken
    assert mail.subject.startswith("[Kikinda Bcc: all@example.org]")
    assert "Bcc" not in mail.message()
    assert "\nBcc:" not in mail.body


def test_an_address_in_cyrillic_letters_is_written_or_refused_in_words(
    case, clock, coordinator, server
):
    coordinator.email = "координатор@кикинда.example.org"
    coordinator.save(update_fields=["email"])
    clock.now = morning(2026, 12, 1)

    work(clock)

    [mail] = server.taken
    assert "xn--" in mail.message()["To"]


def test_no_more_than_the_settings_allow_leave_within_a_second(delivery, server, settings):
    from notifications.services import sending

    settings.MAILS_PER_SECOND = 1
    waited = []
    now = timezone.now()
    Delivery.objects.create(user=delivery.user, due_at=now, claimed_at=now, status="sent")

    def pass_time(seconds):
        waited.append(seconds)
        Delivery.objects.filter(status="sent").update(claimed_at=now - timedelta(seconds=2))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sending.time, "sleep", pass_time)
        send_all()

    assert len(waited) == 1
    assert again(delivery).status == "sent"


class Hook(Sender):
    """What a channel beside mail has to bring: how it is reached."""

    channel = "hook"
    called: list[str]

    def is_connected(self) -> bool:
        return True

    def hand_over(self, delivery, notices) -> str:
        self.called = [notice.kind for notice in notices]
        return "204 No Content"


def test_another_channel_is_another_sender_and_mail_leaves_its_messages_alone(delivery, server):
    Delivery.objects.update(channel="hook")
    send_all()
    assert again(delivery).status == "new"

    hook = Hook()
    hook.send_next()

    assert (again(delivery).status, again(delivery).last_reply) == ("sent", "204 No Content")
    assert hook.called == ["reminder"]
    assert server.taken == []
