"""Signing in and out: who gets in, where they land, what a refusal tells."""

import pytest
from django.shortcuts import resolve_url
from django.urls import reverse

from tests.accounts.conftest import PASSWORD

SIGN_IN = "/sign-in/"
REFUSAL = "The e-mail address or the password is not right"


def sign_in(client, email="coordinator@example.org", password=PASSWORD, **more):
    return client.post(SIGN_IN, {"username": email, "password": password, **more})


def test_lands_on_the_list_after_signing_in(client, coordinator, settings):
    response = sign_in(client)

    assert response.status_code == 302
    assert response.url == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert client.session["_auth_user_id"] == str(coordinator.pk)


@pytest.mark.parametrize("typed", ["Coordinator@Example.ORG", "  coordinator@example.org "])
def test_capitals_and_spaces_in_the_address_do_not_matter(client, coordinator, typed):
    assert sign_in(client, typed).status_code == 302


def test_whoever_is_not_signed_in_is_asked_to_and_comes_back(client, coordinator):
    asked = client.get("/profile/?from=mail")
    page = client.get(asked.url)
    response = sign_in(client, next=page.context["next"])

    assert asked.url == "/sign-in/?next=/profile/%3Ffrom%3Dmail"
    assert "Sign in to open the page you asked for." in page.content.decode()
    assert response.url == "/profile/?from=mail"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "\x00/",
    ],
)
def test_never_leads_to_another_site(client, coordinator, settings, elsewhere):
    by_form = sign_in(client, next=elsewhere)
    client.logout()
    by_address = client.post(
        f"{SIGN_IN}?next={elsewhere}",
        {"username": "coordinator@example.org", "password": PASSWORD},
    )

    home = resolve_url(settings.LOGIN_REDIRECT_URL)
    assert (by_form.url, by_address.url) == (home, home)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("coordinator@example.org", "wrong"),
        ("nobody@example.org", PASSWORD),
        ("former@example.org", PASSWORD),
    ],
)
def test_every_refusal_reads_the_same(client, coordinator, former_colleague, email, password):
    response = sign_in(client, email, password)

    page = response.content.decode()
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"__all__"}
    assert page.count(f"<li>{REFUSAL}, or the account is switched off.") == 1
    assert page.count(email) == 1  # only in the field where it was typed
    assert "<title>Error: Sign in – Koraci</title>" in page


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("", "This field is required."),
        ("no address", "Enter a valid email address."),
        ("a" * 10_000 + "@example.org", "Enter a valid email address."),
        ("a\x00b@example.org", "Null characters are not allowed."),
    ],
)
def test_an_address_that_is_none_is_answered_at_its_field(client, db, email, sentence):
    response = sign_in(client, email)

    assert response.status_code == 422
    assert "username" in response.context["form"].errors
    assert sentence in response.content.decode()


def test_a_password_of_ten_thousand_characters_is_only_wrong(client, coordinator):
    assert REFUSAL in sign_in(client, password="š" * 10_000).content.decode()


def test_whoever_is_signed_in_is_led_on(client, coordinator, settings):
    client.force_login(coordinator)

    assert client.get(SIGN_IN).url == resolve_url(settings.LOGIN_REDIRECT_URL)


def test_signing_out_takes_a_post(client, coordinator):
    client.force_login(coordinator)

    by_link = client.get(reverse("accounts:sign_out"))
    still_in = "_auth_user_id" in client.session
    by_button = client.post(reverse("accounts:sign_out"))

    assert (by_link.status_code, still_in) == (405, True)
    assert by_button.url == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_a_switched_off_account_is_out_with_the_next_page(client, coordinator):
    client.force_login(coordinator)
    coordinator.is_active = False
    coordinator.save()

    assert client.get("/profile/").url.startswith(SIGN_IN)
