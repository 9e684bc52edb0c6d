"""A forgotten password, a changed one: by mail, once, and without telling who has an account."""

import re

import pytest

from accounts.models import User
from tests.accounts.conftest import PASSWORD, gets_in

NEW = "quite another long sentence"


def ask_for_link(client, email="coordinator@example.org"):
    return client.post("/password-reset/", {"email": email}, follow=True)


def link_in(mail) -> str:
    return re.search(r"http://testserver(/password-reset/\S+)", mail.body)[1]


def choose(client, link, first=NEW, second=NEW):
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0] if form.redirect_chain else link
    return client.post(path, {"new_password1": first, "new_password2": second}, follow=True)


def test_a_forgotten_password_is_replaced_by_mail(client, coordinator, mailoutbox):
    ask_for_link(client)
    [mail] = mailoutbox
    done = choose(client, link_in(mail))

    assert mail.to == ["coordinator@example.org"]
    assert mail.subject == "Koraci: link for a new password"
    assert "The new password is set" in done.content.decode()
    assert gets_in(client, "coordinator@example.org", NEW)


def test_the_link_works_once(client, coordinator, mailoutbox):
    ask_for_link(client)
    link = link_in(mailoutbox[0])
    choose(client, link)

    again = client.get(link, follow=True).content.decode()

    assert "This link no longer works" in again
    assert "podrska@example.org" in again


def test_a_made_up_link_says_what_to_do(client, db):
    page = client.get("/password-reset/MQ/no-such-token/").content.decode()

    assert "This link no longer works" in page
    assert 'href="/password-reset/"' in page


def test_the_mail_speaks_the_language_of_its_reader(client, coordinator, mailoutbox):
    coordinator.language = "sr"
    coordinator.save()

    ask_for_link(client)

    # The page was asked for in English; how long the link holds is said in Serbian.
    assert "дана" in mailoutbox[0].body


@pytest.mark.parametrize("email", ["nobody@example.org", "former@example.org"])
def test_the_answer_is_the_same_without_an_account(
    client, coordinator, former_colleague, mailoutbox, email
):
    known = ask_for_link(client).content.decode()
    mailoutbox.clear()

    unknown = ask_for_link(client, email).content.decode()

    assert without_tokens(unknown) == without_tokens(known)
    assert mailoutbox == []


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_an_address_that_is_none_is_answered_at_its_field(client, db):
    refused = ask_for_link(client, "no address")

    assert refused.status_code == 422
    assert "Enter a valid email address." in refused.content.decode()


def test_a_new_person_sets_the_first_password_this_way(client, db, mailoutbox):
    User.objects.create_user("mentor@example.org")

    ask_for_link(client, "Mentor@example.org")
    choose(client, link_in(mailoutbox[0]))

    assert gets_in(client, "mentor@example.org", NEW)


@pytest.mark.parametrize(
    ("first", "second"), [("short", "short"), (NEW, "another"), ("password1234", "password1234")]
)
def test_a_weak_or_mistyped_password_is_refused(client, coordinator, mailoutbox, first, second):
    ask_for_link(client)

    refused = choose(client, link_in(mailoutbox[0]), first, second)

    assert refused.status_code == 422
    assert "<title>Error: Choose a new password – Koraci</title>" in refused.content.decode()
    assert gets_in(client, "coordinator@example.org", PASSWORD)


def test_changing_the_password_needs_the_present_one(client, coordinator):
    client.force_login(coordinator)
    sent = {"old_password": "wrong", "new_password1": NEW, "new_password2": NEW}

    refused = client.post("/password/", sent)
    changed = client.post("/password/", sent | {"old_password": PASSWORD}, follow=True)

    assert refused.status_code == 422
    assert "old_password" in refused.context["form"].errors
    assert "The new password holds from now on." in changed.content.decode()
    coordinator.refresh_from_db()
    assert coordinator.check_password(NEW)


def test_other_devices_are_signed_out_by_a_new_password(client, coordinator, client_class):
    elsewhere = client_class()
    for device in (client, elsewhere):
        device.force_login(coordinator)

    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    client.post("/password/", sent)

    assert client.get("/profile/").status_code == 200
    assert elsewhere.get("/profile/").status_code == 302


@pytest.fixture
def client_class(client):
    return type(client)
