"""Who guesses is locked out, from where they guess; and the address cannot be made up."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.db.models import F
from django.test import Client, RequestFactory

from accounts.locking import client_address, locked_address
from tests.accounts.conftest import PASSWORD

WHO = "coordinator@example.org"


def guess(client, times, *, who=WHO, password="wrong", **headers):
    told = {"username": who, "password": password}
    return [client.post("/sign-in/", told, headers=headers).status_code for _time in range(times)]


def test_five_wrong_passwords_lock_out_and_the_right_one_does_not_help(client, coordinator):
    assert guess(client, 5) == [422] * 4 + [429]
    assert guess(client, 1, password=PASSWORD) == [429]


@pytest.mark.parametrize("who", [WHO, "nobody@example.org"])
def test_the_page_says_until_when_and_whom_to_ask_and_is_the_same_for_everybody(
    client, coordinator, who
):
    guess(client, 5, who=who)

    answer = client.post("/sign-in/", {"username": who, "password": PASSWORD})

    page = answer.content.decode()
    assert answer.status_code == 429
    assert 800 < int(answer.headers["Retry-After"]) <= 900
    assert "Try again on" in page
    assert "podrska@example.org" in page
    assert who not in page


def test_after_a_quarter_of_an_hour_it_is_open_again(client, coordinator):
    guess(client, 5)
    AccessAttempt.objects.update(attempt_time=F("attempt_time") - timedelta(minutes=16))

    assert guess(client, 1, password=PASSWORD) == [302]


def test_trying_on_while_locked_does_not_move_the_hour(client, coordinator):
    guess(client, 5)
    first = client.post("/sign-in/", {"username": WHO, "password": "wrong"}).headers["Retry-After"]
    guess(client, 3)
    then = client.post("/sign-in/", {"username": WHO, "password": "wrong"}).headers["Retry-After"]

    assert int(then) <= int(first)


def test_the_right_password_takes_wrong_ones_back(client, coordinator):
    guess(client, 4)
    guess(client, 1, password=PASSWORD)
    client.post("/sign-out/")

    assert guess(client, 4) == [422] * 4


def test_capitals_are_no_way_round(client, coordinator):
    for who in ("Coordinator@example.org", "coordinator@EXAMPLE.org", " COORDINATOR@example.org"):
        guess(client, 2, who=who)

    assert guess(client, 1, password=PASSWORD) == [429]


def test_the_person_gets_in_from_elsewhere(client, coordinator):
    guess(client, 5)

    assert guess(Client(REMOTE_ADDR="198.51.100.7"), 1, password=PASSWORD) == [302]


def test_two_hundred_made_up_addresses_are_one(client, coordinator):
    """Without a proxy of ours the header is not believed at all."""
    made_up = [guess(client, 1, **{"x-forwarded-for": f"192.0.2.{n}"})[0] for n in range(200)]

    assert made_up[:5] == [422] * 4 + [429]
    assert set(made_up[5:]) == {429}


def test_behind_a_proxy_what_stands_left_of_it_is_made_up(client, coordinator, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    answers = [
        guess(client, 1, **{"x-forwarded-for": f"192.0.2.{n}, 203.0.113.9"})[0] for n in range(6)
    ]

    assert answers == [422] * 4 + [429] * 2
    other = {"x-forwarded-for": "203.0.113.10"}
    assert guess(client, 1, password=PASSWORD, **other) == [302]


@pytest.mark.parametrize(
    ("count", "header", "address"),
    [
        (0, "192.0.2.1", "10.0.0.1"),
        (0, "", "10.0.0.1"),
        (1, "192.0.2.1", "192.0.2.1"),
        (1, "192.0.2.66, 192.0.2.1", "192.0.2.1"),
        (2, "192.0.2.66, 192.0.2.1, 10.0.0.9", "192.0.2.1"),
        (2, "192.0.2.1", "10.0.0.1"),  # shorter than our proxies make it: nothing of it is true
        (1, "not an address", ""),
        (1, "", ""),
        (1, "2001:db8::1", "2001:db8::1"),
    ],
)
def test_the_address_is_what_our_own_proxies_say(settings, count, header, address):
    settings.TRUSTED_PROXY_COUNT = count
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=header)

    assert client_address(request) == address


def test_all_addresses_of_one_ipv6_network_count_as_one():
    make = RequestFactory().get

    first = locked_address(make("/", REMOTE_ADDR="2001:db8:1:2::1"))
    second = locked_address(make("/", REMOTE_ADDR="2001:db8:1:2:ffff::9"))
    other = locked_address(make("/", REMOTE_ADDR="2001:db8:1:3::1"))

    assert first == second != other


def test_a_server_that_tells_no_address_still_counts(client, coordinator):
    nowhere = Client(REMOTE_ADDR="")

    assert guess(nowhere, 5)[-1] == 429
