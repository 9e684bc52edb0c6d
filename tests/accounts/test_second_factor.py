"""The second factor: set up, asked for, limited, remembered, lost, demanded."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from accounts import second_factor
from accounts.models import User
from tests.accounts.conftest import PASSWORD

HOME = "/profile/second-factor/"
ASK = "/sign-in/second-factor/"


def password(client, person="coordinator@example.org", **more):
    return client.post("/sign-in/", {"username": person, "password": PASSWORD, **more})


def code_now(secret: str, *, late: int = 0) -> str:
    """The code of the present half minute, or of one that is over."""
    counter = int(time.time()) // 30 - late
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def set_up(client) -> str:
    """Sign in, prove it again, set up the app; the secret."""
    password(client)
    client.post("/profile/confirm/", {"password": PASSWORD, "next": f"{HOME}app/"})
    page = client.get(f"{HOME}app/").content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    client.post(f"{HOME}app/", {"code": code_now(secret), "carried": carried(page)})
    client.post("/sign-out/")
    return secret


def carried(page: str) -> str:
    return re.search(r'name="carried" value="([^"]+)"', page)[1]


@pytest.fixture
def secret(client, coordinator) -> str:
    return set_up(client)


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_an_app_is_set_up_after_the_password_was_asked_for_again(
    client, coordinator, mailoutbox, django_capture_on_commit_callbacks
):
    password(client)

    asked = client.get(f"{HOME}app/")
    confirmed = client.post(asked.url, {"password": PASSWORD, "next": f"{HOME}app/"})
    page = client.get(confirmed.url).content.decode()
    secret = re.search(r'class="secret"[^>]*>([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    with django_capture_on_commit_callbacks(execute=True):
        told = {"code": code_now(secret), "carried": carried(page)}
        activated = client.post(f"{HOME}app/", told)
    done = client.get(activated.url)

    assert asked.url.startswith("/profile/confirm/?next=")
    assert "<svg" in page
    assert "data:image" not in page
    assert "style=" not in page
    assert len(re.findall(r"<li><code>\d{8}</code>", done.content.decode())) == 10
    assert mailoutbox[0].to == ["coordinator@example.org"]
    assert "An authenticator app was set up." in mailoutbox[0].body


def test_a_wrong_first_code_sets_nothing_up(client, coordinator):
    password(client)
    client.post("/profile/confirm/", {"password": PASSWORD})
    page = client.get(f"{HOME}app/").content.decode()

    refused = client.post(f"{HOME}app/", {"code": "000000", "carried": carried(page)})

    assert refused.status_code == 422
    assert "This code is not right" in refused.content.decode()
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("sent", ["", "made up", "JBSWY3DPEHPK3PXP"])
def test_a_secret_that_is_not_from_our_page_sets_nothing_up(client, coordinator, sent):
    password(client)
    client.post("/profile/confirm/", {"password": PASSWORD})

    told = {"code": code_now("JBSWY3DPEHPK3PXP"), "carried": sent}

    assert client.post(f"{HOME}app/", told).status_code == 422
    assert not Authenticator.objects.exists()


def test_the_wrong_password_confirms_nothing(client, coordinator):
    password(client)

    refused = client.post("/profile/confirm/", {"password": "wrong"})

    assert refused.status_code == 422
    assert client.get(f"{HOME}app/").status_code == 302


def test_the_password_alone_no_longer_opens_the_account(client, secret):
    answer = password(client, next="/profile/")

    assert answer.url == ASK
    assert not is_in(client)
    assert client.get("/profile/").status_code == 302


def test_the_code_opens_it_and_leads_on(client, secret):
    password(client, next="/password/")
    cache.clear()  # the code that set it up counts as used for half a minute

    asked = client.post(ASK, {"code": code_now(secret)})
    done = client.post(asked.url, {"action": ""})

    assert asked.url == "/sign-in/remember/"
    assert done.url == "/password/"
    assert is_in(client)


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_a_code_works_once_also_after_the_library_forgot_it(client, secret, is_forgotten):
    cache.clear()
    code = code_now(secret)
    for _time in range(2):
        password(client)
        answer = client.post(ASK, {"code": code})
        client.post("/sign-in/remember/", {"action": ""})
        client.post("/sign-out/")
        user = Authenticator.objects.get(type="totp").user_id
        if is_forgotten:
            assert cache.delete(f"allauth.mfa.totp.used?user={user}&code={code}")

    assert answer.status_code == 422


def test_a_code_that_ran_out_while_it_was_typed_still_works_and_an_old_one_does_not(client, secret):
    cache.clear()
    password(client)

    too_late = client.post(ASK, {"code": code_now(secret, late=3)})
    late = client.post(ASK, {"code": code_now(secret, late=1)})

    assert too_late.status_code == 422
    assert late.url == "/sign-in/remember/"


def test_a_device_that_is_remembered_is_not_asked_again(client, secret):
    password(client)
    cache.clear()
    client.post(ASK, {"code": code_now(secret)})
    client.post("/sign-in/remember/", {"action": "trust"})
    client.post("/sign-out/")

    here = password(client)
    elsewhere = password(Client())

    cookie = client.cookies["koraci_known_device"]
    assert is_in(client)
    assert here.url != ASK
    assert elsewhere.url == ASK
    assert cookie["max-age"] == 30 * 24 * 60 * 60
    assert cookie["httponly"]


def test_a_recovery_code_stands_in_for_the_telephone_once(client, coordinator, secret):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    answers = []
    for _time in range(2):
        password(client)
        answers.append(client.post(ASK, {"code": codes[0]}))
        client.post("/sign-in/remember/", {"action": ""})
        client.post("/sign-out/")

    assert [answer.status_code for answer in answers] == [302, 422]


def test_wrong_codes_lock_out_as_wrong_passwords_do(client, secret):
    password(client)
    answers = [client.post(ASK, {"code": f"{number:06}"}) for number in range(6)]
    cache.clear()
    right = client.post(ASK, {"code": code_now(secret)})

    assert [answer.status_code for answer in answers] == [422] * 4 + [429] * 2
    assert right.status_code == 429
    assert "Signing in is locked for a while" in right.content.decode()
    assert not is_in(client)


def test_wrong_codes_from_many_addresses_are_limited_for_the_person(client, secret, settings):
    settings.TRUSTED_PROXY_COUNT = 1
    for number in range(10):
        elsewhere = Client(headers={"x-forwarded-for": f"192.0.2.{number}"})
        password(elsewhere)
        assert elsewhere.post(ASK, {"code": f"{number:06}"}).status_code == 422

    elsewhere = Client(headers={"x-forwarded-for": "198.51.100.1", "accept-language": "en"})
    password(elsewhere)
    answer = elsewhere.post(ASK, {"code": code_now(secret)})

    assert answer.status_code == 422
    assert "Too many attempts" in answer.content.decode()


def test_the_secret_is_not_readable_in_the_database(client, coordinator, secret):
    kept = Authenticator.objects.get(type="totp").data["secret"]

    assert secret not in kept
    assert Authenticator.objects.get(type="totp").wrap().validate_code("000000") is False


def test_another_key_opens_no_account_but_an_old_key_still_does(client, secret, settings):
    cache.clear()
    app = Authenticator.objects.get(type="totp").wrap()

    settings.SECRET_KEY, old = "another key " * 5, settings.SECRET_KEY
    alone = app.validate_code(code_now(secret))
    settings.SECRET_KEY_FALLBACKS = [old]
    with_old = app.validate_code(code_now(secret))

    assert (alone, with_old) == (False, True)


def test_without_a_password_before_it_the_page_of_the_code_leads_to_sign_in(client, db):
    assert client.get(ASK).url == "/sign-in/"
    assert client.post(ASK, {"code": "000000"}).url == "/sign-in/"


def test_the_app_is_taken_away_again_and_the_codes_with_it(client, coordinator, secret, mailoutbox):
    client.force_login(coordinator)
    asked = client.get(f"{HOME}app/remove/")
    client.post(asked.url, {"password": PASSWORD})

    done = client.post(f"{HOME}app/remove/", follow=True)

    assert "The authenticator app is taken away." in done.content.decode()
    assert not Authenticator.objects.exists()
    assert "The authenticator app was taken away." in mailoutbox[-1].body


# Who must have one


@pytest.fixture
def demanded(settings, monkeypatch):
    settings.SECOND_FACTOR_REQUIRED = True
    monkeypatch.setattr(second_factor, "demands", [lambda person: person.name == "Coordinator"])


def test_who_must_have_one_reaches_no_page_before(client, coordinator, demanded):
    password(client)

    led = client.get("/", follow=True)

    assert led.redirect_chain[-1][0] == HOME
    assert "Your role needs a second factor." in led.content.decode()
    assert client.post("/language/", {"language": "en"}).status_code == 302
    assert client.get("/profile/").status_code == 200


def test_who_has_one_is_not_held_up_and_keeps_the_last(client, coordinator, secret, demanded):
    client.force_login(coordinator)
    client.post("/profile/confirm/", {"password": PASSWORD})

    page = client.get("/participations/")
    refused = client.post(f"{HOME}app/remove/")

    assert page.status_code == 200
    assert refused.status_code == 422
    assert "Set up another one first." in refused.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_who_need_not_is_left_alone(client, db, demanded):
    client.force_login(User.objects.create_user("mentor@example.org", name="Mentor"))

    assert client.get("/participations/").status_code == 200


def test_the_administration_has_no_sign_in_page_of_its_own(client, db):
    answer = client.get("/admin/", follow=True)

    assert answer.redirect_chain[-1][0] == "/sign-in/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "x", "password": "x"}).status_code == 302


def test_the_administrator_helps_who_lost_everything(client, coordinator, secret, mailoutbox):
    superuser = User.objects.create_superuser("superuser@example.org", PASSWORD)
    client.force_login(superuser)
    chosen = {"action": "remove_second_factor", "_selected_action": [coordinator.pk]}

    client.post("/admin/accounts/user/", chosen)

    assert not Authenticator.objects.exists()
    assert mailoutbox[-1].to == ["coordinator@example.org"]


# Passkeys: the ceremony itself is the browser's; here only what the server shows and refuses.


def test_the_page_of_a_passkey_asks_for_its_challenge_and_has_no_script_of_its_own(
    client, coordinator
):
    password(client)
    client.post("/profile/confirm/", {"password": PASSWORD})

    page = client.get(f"{HOME}passkeys/add/").content.decode()
    asked = client.post(f"{HOME}passkeys/add/", headers={"accept": "application/json"})

    assert len(asked.json()["publicKey"]["challenge"]) > 20
    assert re.findall(r"<script(?![^>]*\ssrc=)", page) == []
    assert "A passkey needs JavaScript" in page


@pytest.mark.parametrize("credential", ["", "{}", "[]", '{"id": 1}', "not json"])
def test_a_made_up_passkey_opens_nothing(client, coordinator, credential):
    client.post("/sign-in/passkey/", headers={"accept": "application/json"})
    answer = client.post("/sign-in/passkey/", {"credential": credential}, follow=True)

    assert "This passkey opens no account here." in answer.content.decode()
    assert not is_in(client)


@pytest.mark.parametrize("credential", ["", "{}", '{"id": 1}', "not json"])
def test_a_made_up_passkey_is_not_added(client, coordinator, credential):
    password(client)
    client.post("/profile/confirm/", {"password": PASSWORD})
    client.post(f"{HOME}passkeys/add/", headers={"accept": "application/json"})

    answer = client.post(f"{HOME}passkeys/add/", {"name": "x", "credential": credential})

    assert answer.status_code == 422
    assert not Authenticator.objects.exists()
