"""Signing in with a code by mail: once, for a quarter of an hour, and telling nothing."""

import re
import time

import pytest

from tests.accounts.test_passwords import without_tokens

ASK, CONFIRM = "/sign-in/code/", "/sign-in/code/confirm/"


def ask(client, email="coordinator@example.org", **more):
    return client.post(ASK, {"email": email, **more})


def code_in(mail) -> str:
    return re.search(r"^ {4}(\S+)$", mail.body, re.MULTILINE)[1]


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_the_code_from_the_mail_signs_in_and_leads_on(client, coordinator, mailoutbox):
    asked = ask(client, next="/profile/")
    [mail] = mailoutbox

    done = client.post(CONFIRM, {"code": code_in(mail), "next": "/profile/"})

    assert asked.url == f"{CONFIRM}?next=%2Fprofile%2F"
    assert mail.to == ["coordinator@example.org"]
    assert mail.subject == "Koraci: code to sign in"
    assert done.url == "/profile/"
    assert is_in(client)


def test_the_code_works_once(client, coordinator, mailoutbox):
    ask(client)
    code = code_in(mailoutbox[0])
    client.post(CONFIRM, {"code": code})
    client.post("/sign-out/")

    again = client.post(CONFIRM, {"code": code})

    assert again.url == ASK
    assert not is_in(client)


def test_after_a_quarter_of_an_hour_it_works_no_more(client, coordinator, mailoutbox, monkeypatch):
    ask(client)
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)

    late = client.post(CONFIRM, {"code": code_in(mailoutbox[0])})

    assert late.url == ASK
    assert not is_in(client)


def test_a_few_wrong_codes_end_it(client, coordinator, mailoutbox):
    ask(client)
    answers = [client.post(CONFIRM, {"code": f"WRONG{number}"}) for number in range(5)]

    right = client.post(CONFIRM, {"code": code_in(mailoutbox[0])})

    assert [answer.status_code for answer in answers] == [422] * 4 + [302]
    assert right.url == ASK
    assert not is_in(client)


@pytest.mark.parametrize("email", ["nobody@example.org", "former@example.org"])
def test_the_answer_is_the_same_without_an_account(
    client, coordinator, former_colleague, mailoutbox, email
):
    known = client.get(ask(client).url).content.decode()
    mailoutbox.clear()

    unknown = client.get(ask(client, email).url).content.decode()
    guessed = client.post(CONFIRM, {"code": ""})

    assert without_tokens(unknown) == without_tokens(known)
    assert mailoutbox == []
    assert guessed.status_code == 422


def test_no_more_than_three_mails_in_a_quarter_of_an_hour(client, coordinator, mailoutbox):
    answers = [ask(client).status_code for _time in range(5)]

    assert answers == [302] * 3 + [422] * 2
    assert len(mailoutbox) == 3


def test_the_mail_speaks_the_language_of_its_reader(client, coordinator, mailoutbox):
    coordinator.language = "sr"
    coordinator.save()

    ask(client)

    assert "Неко, вероватно Ви" in mailoutbox[0].body


def test_a_code_is_typed_where_it_was_asked_for(client, coordinator, mailoutbox, client_class):
    ask(client)
    elsewhere = client_class()

    answer = elsewhere.post(CONFIRM, {"code": code_in(mailoutbox[0])})

    assert answer.url == ASK
    assert not is_in(elsewhere)


@pytest.fixture
def client_class(client):
    return type(client)
