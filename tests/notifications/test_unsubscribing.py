"""The link in optional mail that ends it: a page that asks, and one click without signing in."""

import pytest
from django.core.signing import Signer
from django.test import Client

from notifications.models import Notice, Preferences
from notifications.services.posting import post
from notifications.unsubscribing import unsubscribe_url
from tests.notifications.post_office import send_all
from tests.workflow.pages.visiting import words

pytestmark = pytest.mark.django_db
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def anybody() -> Client:
    """A mail program: no cookie, no session, and Django's check of forms in force."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def link(coordinator) -> str:
    return unsubscribe_url(coordinator, "progress")


def test_looking_at_the_page_ends_nothing(anybody, link):
    page = words(anybody.get(link))

    assert "Mail of this kind ends: “What happened to your municipalities”." in page
    assert not Preferences.objects.exists()


def test_one_click_ends_such_mail_without_signing_in(anybody, link, coordinator):
    answer = anybody.post(link, ONE_CLICK)

    assert answer.status_code == 200
    assert "From now on no mail is sent to you of" in words(answer)
    assert Preferences.objects.get(user=coordinator).rhythms == {"progress": "inbox"}
    post([Notice(user=coordinator, kind="accepted"), Notice(user=coordinator, kind="held")])
    told = {one.kind: one.delivery for one in Notice.objects.filter(user=coordinator)}
    assert told["accepted"] is None
    assert told["held"] is not None


def test_the_page_says_where_to_switch_it_on_again(anybody, link):
    assert 'href="/inbox/preferences/"' in anybody.post(link).content.decode()


def test_a_second_click_changes_nothing(anybody, link, coordinator):
    for _ in range(2):
        assert anybody.post(link, ONE_CLICK).status_code == 200

    assert Preferences.objects.get(user=coordinator).rhythms == {"progress": "inbox"}


def test_the_page_speaks_the_language_of_the_person(anybody, link, coordinator):
    coordinator.language = "sr"
    coordinator.save()

    page = anybody.get(link).content.decode()

    assert '<html lang="sr-Cyrl">' in page
    assert "Шта се догодило у Вашим општинама" in page


def forged(coordinator) -> list[str]:
    whole = unsubscribe_url(coordinator, "progress").split("/")[-2]
    elsewhere = Signer(salt="elsewhere").sign_object([coordinator.pk, "progress"])
    return [f"x{whole}", whole[:-1], "x", elsewhere]


def test_a_forged_token_is_like_no_page_and_ends_nothing(anybody, coordinator):
    for token in forged(coordinator):
        for method in (anybody.get, anybody.post):
            assert method(f"/inbox/unsubscribe/{token}/").status_code == 404
    assert not Preferences.objects.exists()


@pytest.mark.parametrize("group", ["action", "no_such_group"])
def test_a_link_for_what_cannot_be_switched_off_is_none(anybody, coordinator, group):
    assert anybody.post(unsubscribe_url(coordinator, group)).status_code == 404
    assert not Preferences.objects.exists()


def test_optional_mail_carries_the_link_and_mail_that_needs_action_does_not(
    clock, coordinator, mailoutbox, anybody
):
    post([Notice(user=coordinator, kind="accepted")])
    clock.let_pass(minutes=2)
    send_all()
    post([Notice(user=coordinator, kind="test")])
    clock.let_pass(minutes=2)
    send_all()

    optional, locked = mailoutbox
    assert optional.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "List-Unsubscribe" not in locked.extra_headers
    path = optional.extra_headers["List-Unsubscribe"].strip("<>").partition("8000")[2]
    assert anybody.post(path, ONE_CLICK).status_code == 200
    assert Preferences.objects.get(user=coordinator).rhythms == {"progress": "inbox"}
