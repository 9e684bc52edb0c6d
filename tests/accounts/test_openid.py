"""Signing in with the account of an institution: only for people who are here already."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount

from accounts.models import SignIn, User

START, BACK = "/sign-in/oidc/", "/sign-in/oidc/callback/"


class Provider(BaseHTTPRequestHandler):
    """A provider of OpenID Connect on this machine; `told` is what it says about the person."""

    told: dict[str, Any] = {}

    def do_GET(self) -> None:
        here = f"http://127.0.0.1:{self.server.server_port}"
        discovery = {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/keys",
        }
        self.answer(self.told if self.path == "/userinfo" else discovery)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "token", "token_type": "bearer"})

    def answer(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Nothing is printed in between."""


@pytest.fixture
def provider(settings, monkeypatch) -> Iterator[type[Provider]]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = HTTPServer(("127.0.0.1", 0), Provider)
    Thread(target=server.serve_forever, daemon=True).start()
    app = {
        "provider_id": "oidc",
        "name": "Ministry account",
        "client_id": "koraci",
        "secret": "x",
        "settings": {"server_url": f"http://127.0.0.1:{server.server_port}"},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    Provider.told = {"sub": "42", "email": "Coordinator@example.org", "email_verified": True}
    yield Provider
    server.shutdown()
    server.server_close()


def come_back(client, *, next="", code="code"):
    """To the provider and back, as the browser would."""
    led = client.post(START + (f"?next={next}" if next else ""))
    state = parse_qs(urlsplit(led.url).query)["state"][0]
    return client.get(BACK, {"state": state, "code": code} if code else {"state": state})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_sign_in_page_offers_it_where_it_is_configured(client, db, provider):
    assert "Sign in with Ministry account" in client.get("/sign-in/").content.decode()


def test_without_a_provider_nothing_is_there(client, db):
    assert "With the account of your institution" not in client.get("/sign-in/").content.decode()
    assert client.post(START).status_code == 404
    assert client.get(BACK).status_code == 404


def test_leads_to_the_provider_with_what_a_forger_cannot_guess(client, db, provider):
    led = parse_qs(urlsplit(client.post(START).url).query)

    assert led["redirect_uri"] == ["http://testserver/sign-in/oidc/callback/"]
    assert led["code_challenge_method"] == ["S256"]
    assert len(led["state"][0]) >= 10


def test_the_verified_address_opens_the_account_that_is_here(client, coordinator, provider):
    done = come_back(client, next="/profile/")

    assert done.url == "/profile/"
    assert client.session["_auth_user_id"] == str(coordinator.pk)
    assert SignIn.objects.get().way == "openid"
    coordinator.refresh_from_db()
    assert coordinator.has_usable_password()


def test_afterwards_the_link_that_was_kept_counts_even_with_another_address(
    client, coordinator, provider
):
    come_back(client)
    client.post("/sign-out/")
    provider.told = provider.told | {"email": "new.name@example.org"}

    come_back(client)

    assert client.session["_auth_user_id"] == str(coordinator.pk)


@pytest.mark.parametrize(
    "told",
    [
        {"email": "nobody@example.org"},
        {"email_verified": False},
        {"email": ""},
        {"email": "former@example.org"},
    ],
)
def test_for_strangers_no_account_is_made(client, coordinator, former_colleague, provider, told):
    provider.told = provider.told | told
    before = User.objects.count()

    answer = come_back(client)
    page = client.get(answer.url).content.decode()

    assert answer.url == "/sign-in/"
    assert "No account here has the e-mail address of that account." in page
    assert not is_in(client)
    assert User.objects.count() == before
    assert not SocialAccount.objects.exists()


def test_an_account_that_is_switched_off_stays_out(client, coordinator, provider):
    come_back(client)
    client.post("/sign-out/")
    User.objects.update(is_active=False)

    assert come_back(client).url == "/sign-in/"
    assert not is_in(client)


def test_whoever_breaks_off_over_there_reads_what_to_do(client, coordinator, provider):
    answer = client.get(BACK, {"error": "access_denied", "state": "made up"}, follow=True)

    assert "Signing in over there did not work." in answer.content.decode()
    assert not is_in(client)


def test_a_made_up_state_opens_nothing(client, coordinator, provider):
    client.get(BACK, {"state": "made up", "code": "code"})

    assert not is_in(client)
