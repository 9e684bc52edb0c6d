"""Recent sign-ins: what is kept, for whom, how long; signing out elsewhere."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import SignIn, User
from accounts.recent import browser_in_words, shortened
from tests.accounts.conftest import PASSWORD

FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def sign_in(client, **headers):
    told = {"username": "coordinator@example.org", "password": PASSWORD}
    return client.post("/sign-in/", told, headers=headers)


def test_says_when_how_with_which_browser_and_from_about_where(client, coordinator):
    sign_in(client, user_agent=FIREFOX)

    page = client.get("/profile/sign-ins/").content.decode()

    assert "with the password" in page
    assert "Firefox, Windows" in page
    assert "127.0.0.…" in page
    assert "127.0.0.1" not in page


def test_others_are_not_in_the_list(client, coordinator):
    other = User.objects.create_user("mentor@example.org", name="Mentor")
    SignIn.objects.create(user=other, way="password", browser="Opera, macOS")
    client.force_login(coordinator)

    assert "Opera" not in client.get("/profile/sign-ins/").content.decode()


def test_a_refused_password_is_no_sign_in(client, coordinator):
    client.post("/sign-in/", {"username": "coordinator@example.org", "password": "wrong"})

    assert not SignIn.objects.exists()


def test_after_ninety_days_it_is_gone_whosever_it_is(client, coordinator):
    other = User.objects.create_user("mentor@example.org")
    for days in (89, 91):
        at = timezone.now() - timedelta(days=days)
        SignIn.objects.create(user=other, way="password", at=at)

    sign_in(client)

    assert SignIn.objects.filter(user=other).count() == 1


def test_signing_out_elsewhere_leaves_this_device_alone(client, coordinator):
    elsewhere = Client()
    for device in (client, elsewhere):
        sign_in(device)

    done = client.post("/profile/sign-out-elsewhere/", follow=True)

    assert "Every other device is signed out." in done.content.decode()
    assert client.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140 Safari/537 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (Linux; Android 15) SamsungBrowser/28", "Samsung Internet, Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("curl/8.0", ""),
        ("", ""),
        ("<script>" * 1_000, ""),
    ],
)  # fmt: skip
def test_a_browser_in_short_words(agent, words):
    assert browser_in_words(agent) == words


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("192.0.2.17", "192.0.2.…"),
        ("2001:db8:1:2::1", "2001:db8:1:…"),
        ("::1", "0:0:0:…"),
        ("", ""),
    ],
)
def test_an_address_without_its_last_part(address, short):
    assert shortened(address) == short
