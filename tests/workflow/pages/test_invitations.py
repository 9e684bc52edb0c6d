"""Invitations: sent after the transaction, taken up once, their token told nowhere."""

import logging
import re
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Invitation
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.permissions import can

User = get_user_model()
ACCEPT = "/invitations/accept/"
NEW = "new.person@example.org"
ACCOUNT = {
    "name": "New person",
    "new_password1": "steps-along-the-river-7",
    "new_password2": "steps-along-the-river-7",
}


@pytest.fixture
def invited(municipality, signatory) -> str:
    """The token of an invitation of somebody without an account, as coordinator."""
    _invitation, token = services.invite(NEW, "coordinator", over=municipality, by=signatory)
    return token


@pytest.fixture
def opened(invited) -> Client:
    """The browser of the invited person, with the mailed link opened."""
    return opened_by(Client(headers={"accept-language": "en"}), invited)


def opened_by(client: Client, token: str) -> Client:
    client.get(reverse("workflow:invitation", args=[token]))
    return client


def invite_page(municipality) -> str:
    return reverse("workflow:municipality_people", args=[municipality.code])


def link_in(text: str) -> str:
    return re.search(r"http\S+/invitations/[\w-]+/", text)[0]


def test_an_invitation_is_mailed_and_its_link_shown_once(municipality, signatory):
    told = {"email": "New.Person@Example.org", "role": "coordinator", "function": "Office"}
    client = signed_in(signatory)

    response = client.post(invite_page(municipality), told)

    [letter] = mail.outbox
    assert letter.to == [NEW]
    assert letter.subject == "Koraci: invitation as Coordinator, Kikinda"
    assert link_in(letter.body) in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    again = client.get(invite_page(municipality))
    assert NEW in words(again)
    assert link_in(letter.body).split("/")[-2] not in again.content.decode()


def test_the_letter_is_written_in_the_language_of_its_reader(municipality, signatory):
    User.objects.create_user(NEW, language="sr-latn")

    signed_in(signatory).post(invite_page(municipality), {"email": NEW, "role": "coordinator"})

    [letter] = mail.outbox
    assert re.search(r"\d+\. [a-z]+ 20\d\d\. u \d+:\d\d", letter.body)


def test_when_the_mail_server_fails_the_link_is_there_to_hand_over(
    municipality, signatory, settings
):
    settings.EMAIL_BACKEND = "tests.workflow.pages.failing_mail.FailingBackend"

    response = signed_in(signatory).post(
        invite_page(municipality), {"email": NEW, "role": "coordinator"}
    )

    assert response.status_code == 200
    assert "the mail could not be sent" in words(response)
    assert (
        opened_by(Client(), link_in(words(response)).split("/")[-2]).get(ACCEPT).status_code == 200
    )


def test_sending_twice_makes_one_invitation(municipality, signatory):
    client, told = signed_in(signatory), {"email": NEW, "role": "coordinator"}
    client.post(invite_page(municipality), told)

    response = client.post(invite_page(municipality), told)

    assert response.status_code == 422
    assert "has an open invitation to this role" in words(response)
    assert (Invitation.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize(
    "told",
    [
        {"email": "no address", "role": "coordinator"},
        {"email": NEW, "role": "auditor"},
        {"email": NEW, "role": ""},
        {"email": NEW, "role": "coordinator", "function": "x" * 201},
        {"email": f"{NEW}\nBcc: all@example.org", "role": "coordinator"},
    ],
)
def test_an_odd_invitation_is_answered_at_the_form_and_sends_nothing(municipality, signatory, told):
    response = signed_in(signatory).post(invite_page(municipality), told)

    assert response.status_code == 422
    assert "Please correct the following" in words(response)
    assert not mail.outbox
    assert not Invitation.objects.exists()


def test_a_coordinator_has_no_form_to_invite_and_is_refused(municipality, coordinator):
    client = signed_in(coordinator)

    assert "Invite a person" not in words(client.get(invite_page(municipality)))
    response = client.post(invite_page(municipality), {"email": NEW, "role": "coordinator"})

    assert response.status_code == 403
    assert not Invitation.objects.exists()


def test_the_token_moves_into_a_cookie_and_stands_in_no_further_address(invited):
    response = Client().get(reverse("workflow:invitation", args=[invited]))

    assert response.headers["Location"] == ACCEPT
    assert response.headers["Referrer-Policy"] == "no-referrer"
    cookie = response.cookies["koraci_invitation"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", ACCEPT)


def test_no_page_no_session_and_no_log_holds_the_token(invited, caplog):
    with caplog.at_level(logging.DEBUG):
        opened = opened_by(Client(), invited)
        shown = opened.get(ACCEPT)
        refused = opened.post(ACCEPT, ACCOUNT | {"new_password2": "other"})
        accepted = opened.post(ACCEPT, ACCOUNT)

    assert accepted.status_code == 302
    assert invited not in caplog.text
    assert invited not in (shown.content + refused.content).decode()
    assert not any(invited in str(row.get_decoded()) for row in Session.objects.all())


def test_a_new_person_gets_account_mandate_and_session_in_one(opened, municipality):
    page = words(opened.get(ACCEPT))
    assert "You will sign in with new.person@example.org" in page

    response = opened.post(ACCEPT, ACCOUNT)

    person = User.objects.get(email=NEW)
    assert response.headers["Location"] == reverse("workflow:home")
    assert person.name == "New person"
    assert person.check_password(ACCOUNT["new_password1"])
    assert can(person, "apply", municipality)
    assert opened.session["_auth_user_id"] == str(person.pk)
    assert not opened.cookies["koraci_invitation"].value


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"new_password1": "short", "new_password2": "short"}, "too short"),
        ({"new_password2": "another-password-9"}, "match"),
        ({"new_password1": "new.person@example.org", "new_password2": "new.person@example.org"},
         "too similar"),
        ({"name": ""}, "This field is required."),
    ],
)  # fmt: skip
def test_a_weak_password_makes_no_account(opened, change, sentence):
    response = opened.post(ACCEPT, ACCOUNT | change)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not User.objects.filter(email=NEW).exists()


def test_somebody_with_an_account_signs_in_first_then_presses_one_button(invited, municipality):
    person = User.objects.create_user(NEW, "steps-along-the-river-7", name="Known", language="en")
    client = opened_by(Client(), invited)
    assert f'href="/sign-in/?next={ACCEPT}"' in client.get(ACCEPT).content.decode()

    client.force_login(person)
    assert "Accept the invitation" in words(client.get(ACCEPT))
    response = client.post(ACCEPT)

    assert response.status_code == 302
    assert can(person, "apply", municipality)


def test_a_password_of_an_existing_account_is_never_set_by_the_link(invited):
    person = User.objects.create_user(NEW, "steps-along-the-river-7")
    client = opened_by(Client(), invited)

    client.post(ACCEPT, ACCOUNT | {"new_password1": "taken-over-12345"})

    person.refresh_from_db()
    assert person.check_password("steps-along-the-river-7")
    assert "_auth_user_id" not in client.session


def test_somebody_signed_in_with_another_address_cannot_take_it(invited, stranger, municipality):
    client = opened_by(signed_in(stranger), invited)

    response = client.post(ACCEPT, headers={"accept-language": "en"})

    assert "this invitation went to another address" in words(response)
    assert not can(stranger, "apply", municipality)


@pytest.mark.parametrize(
    ("change", "status", "sentence"),
    [
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, 410, "has expired"),
        ({"revoked_at": timezone.now()}, 410, "was taken back"),
        ({"accepted_at": timezone.now()}, 410, "was taken up already"),
    ],
)
def test_a_link_that_no_longer_works_says_why(opened, change, status, sentence):
    Invitation.objects.update(**change)

    for response in (
        opened.get(ACCEPT),
        opened.post(ACCEPT, ACCOUNT),
    ):
        assert response.status_code == status
        assert sentence in words(response)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("token", ["x" * 43, "short", "đ" * 40, "a;b=c", "%0d%0aSet-Cookie:x"])
def test_an_unknown_link_tells_nothing(db, token):
    client = Client()

    response = client.get(reverse("workflow:invitation", args=[token]), follow=True)

    assert response.status_code == 404
    page = words(response)
    assert "Kikinda" not in page
    assert "@example.org" not in page.replace("podrska@example.org", "")


def test_used_once_it_works_no_more(opened, invited):
    opened.post(ACCEPT, ACCOUNT)

    second = opened_by(Client(), invited).get(ACCEPT, headers={"accept-language": "en"})

    assert second.status_code == 410
    assert "was taken up already" in words(second)


def test_an_invitation_of_somebody_who_left_since_gives_no_mandate_and_no_account(
    opened, signatory, system
):
    services.end_mandate(signatory.mandates.get(), by=system)

    response = opened.post(ACCEPT, ACCOUNT)

    assert response.status_code == 422
    assert "The person who invited you appoints here no more." in words(response)
    assert not User.objects.filter(email=NEW).exists()


def test_revoking_stops_the_link(opened, municipality, signatory):
    invitation = Invitation.objects.get()

    response = signed_in(signatory).post(
        reverse("workflow:revoke_invitation", args=[invitation.pk]), follow=True
    )

    assert "no longer works" in words(response)
    assert "Open invitations" not in words(response)
    assert opened.get(ACCEPT).status_code == 410


def test_a_coordinator_revokes_nothing(opened, coordinator):
    invitation = Invitation.objects.get()

    response = signed_in(coordinator).post(
        reverse("workflow:revoke_invitation", args=[invitation.pk])
    )

    assert response.status_code == 403
    assert Invitation.objects.get().is_open


def test_a_form_without_its_protection_is_refused(opened):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = opened.cookies

    assert strict.post(ACCEPT, ACCOUNT).status_code == 403
    assert not User.objects.filter(email=NEW).exists()
