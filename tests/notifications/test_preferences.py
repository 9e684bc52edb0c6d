"""How people want to be told: rhythms, quiet hours, a test message, an address that fails."""

from datetime import UTC, datetime, time

import pytest
from django.utils import timezone

from notifications.models import Delivery, Notice, Preferences
from notifications.services import tell_happened
from notifications.services.posting import post
from tests.notifications.post_office import send_all
from tests.workflow.pages.visiting import signed_in, words

pytestmark = pytest.mark.django_db
PAGE = "/inbox/preferences/"
TEST = f"{PAGE}test/"
CHOSEN = {
    "progress": "daily", "deadlines": "inbox", "people": "weekly",
    "quiet_from": "20:00", "quiet_until": "7.30", "quiet_weekends": "on",
}  # fmt: skip


def test_what_was_chosen_is_kept_and_shown_again(coordinator):
    client = signed_in(coordinator)

    answer = client.post(PAGE, CHOSEN, follow=True)

    kept = Preferences.objects.get(user=coordinator)
    assert kept.rhythms == {"progress": "daily", "deadlines": "inbox", "people": "weekly"}
    assert (kept.quiet_from, kept.quiet_until) == (time(20), time(7, 30))
    assert kept.quiet_weekends
    assert "Saved." in words(answer)
    page = answer.content.decode()
    assert 'value="20:00"' in page
    assert 'value="07:30"' in page


def test_who_has_chosen_nothing_is_told_at_once_and_keeps_no_row(coordinator):
    form = signed_in(coordinator).get(PAGE).context["form"]

    assert [form[group].value() for group in ("progress", "deadlines", "people")] == ["now"] * 3
    assert not Preferences.objects.exists()


def test_what_needs_action_cannot_be_switched_off(case, coordinator):
    client = signed_in(coordinator)
    page = words(client.get(PAGE))
    assert "What waits for you at once Cannot be switched off" in page

    client.post(PAGE, CHOSEN | {"action": "inbox"})
    tell_happened()

    assert "action" not in Preferences.objects.get(user=coordinator).rhythms
    told = Notice.objects.get(user=coordinator, kind="step_opened")
    assert told.delivery.rhythm == "now"


def test_mail_goes_by_what_was_chosen(case, clock, coordinator):
    signed_in(coordinator).post(PAGE, CHOSEN)

    post([Notice(user=coordinator, kind=kind) for kind in ("accepted", "held", "mandate_begun")])

    told = {one.kind: one.delivery for one in Notice.objects.filter(user=coordinator)}
    assert told["held"] is None
    assert told["accepted"].due_at == datetime(2026, 11, 17, 7, tzinfo=UTC)
    assert told["mandate_begun"].due_at == datetime(2026, 11, 23, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"quiet_from": "20:00", "quiet_until": ""}, "Write when they begin and when they end"),
        ({"quiet_from": "", "quiet_until": "7:00"}, "Write when they begin and when they end"),
        ({"quiet_from": "7:00", "quiet_until": "7:00"}, "Write when they begin and when they end"),
        ({"quiet_from": "eight"}, "Write the time like this: 20:00."),
        ({"quiet_from": "25:00"}, "Write the time like this: 20:00."),
        ({"progress": "never"}, "Select a valid choice"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_kept(coordinator, told, sentence):
    answer = signed_in(coordinator).post(PAGE, CHOSEN | told)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert not Preferences.objects.exists()


def test_a_midnight_begins_quiet_hours_like_any_other(coordinator):
    signed_in(coordinator).post(PAGE, CHOSEN | {"quiet_from": "0:00", "quiet_until": "6:00"})

    assert Preferences.objects.get(user=coordinator).quiet_from == time(0)


def test_a_test_message_arrives_and_says_where_it_goes(clock, coordinator, mailoutbox):
    answer = signed_in(coordinator).post(TEST, follow=True)

    assert f"A test message goes to {coordinator.email}: 16 November 2026 at 11:01" in words(answer)
    clock.let_pass(minutes=2)
    send_all()
    [mail] = mailoutbox
    assert (mail.to, mail.subject) == ([coordinator.email], "Test message")
    assert "If you read this, messages of Koraci reach you." in mail.body


def test_a_second_test_message_waits_for_a_minute(clock, coordinator):
    client = signed_in(coordinator)
    client.post(TEST)

    clock.let_pass(seconds=59)
    refused = client.post(TEST, follow=True)
    clock.let_pass(seconds=1)
    client.post(TEST)

    assert "within the last minute" in words(refused)
    assert Notice.objects.filter(user=coordinator, kind="test").count() == 2


def test_in_quiet_hours_the_test_message_says_when_it_goes_out(clock, coordinator):
    Preferences.objects.create(user=coordinator, quiet_from=time(9), quiet_until=time(12))

    answer = signed_in(coordinator).post(TEST, follow=True)

    assert "16 November 2026 at 12:00" in words(answer)
    assert Delivery.objects.get().due_at == datetime(2026, 11, 16, 11, tzinfo=UTC)


def test_an_address_that_fails_is_said_on_the_page(coordinator):
    client = signed_in(coordinator)
    assert "has been refused" not in words(client.get(PAGE))

    Preferences.objects.create(user=coordinator, mail_fails_since=timezone.now())

    assert f"Mail to {coordinator.email} has been refused since" in words(client.get(PAGE))


def test_the_account_and_the_inbox_lead_there(coordinator):
    client = signed_in(coordinator)

    for page in ("/profile/", "/inbox/"):
        assert f'href="{PAGE}"' in client.get(page).content.decode()
