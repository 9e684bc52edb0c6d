"""A session that ends while a form is filled in: whoever signs in again finds what they typed."""

import pytest
from django.core.signing import dumps
from django.test import Client
from django.urls import get_resolver

from accounts.kept_form import SALT
from tests.rights.actors import build
from tests.rights.conftest import db  # noqa: F401
from tests.rights.matrix import walk
from tests.rights.probes import fingerprint, undone
from tests.workflow.pages.reading import hidden, text
from tests.workflow.pages.sheets import SHEETS, Sheet, all_sheets
from web.forms import INTERRUPTED, Kept

PASSWORD = "a long and unusual sentence"
OPEN_TO_ANYBODY = ("sign in", "reset")
SECRET = ("password",)  # passwords are never kept anywhere
KEEPING = [name for name in SHEETS if name not in OPEN_TO_ANYBODY + SECRET]


@pytest.fixture(scope="module")
def world(db):  # noqa: F811
    return build()


@pytest.fixture(scope="module")
def sheets(world) -> dict[str, Sheet]:
    return all_sheets(world)


def facts() -> dict[str, str]:
    """Every row but those of sessions and of signing in itself."""
    own = ("django_session", "accounts_", "axes_", "account_")
    return {name: rows for name, rows in fingerprint().items() if not name.startswith(own)}


def interrupted(world, sheet: Sheet, typed: dict[str, str]):
    """The form is filled in, the session ends, the form is sent."""
    person = world.users[sheet.who]
    person.set_password(PASSWORD)
    person.save()
    slow = Client(headers={"accept-language": "en"})
    slow.force_login(person)
    form = hidden(slow.get(sheet.page)) | sheet.told | typed
    slow.cookies.clear()
    return slow, slow.post(sheet.to or sheet.page, form)


def sign_in(client, page, person):
    """With what the sign-in page carries along."""
    context = page.context
    told = {"username": person.email, "password": PASSWORD}
    return client.post("/sign-in/", told | {name: context[name] for name in ("next", "kept")})


@pytest.mark.parametrize("name", KEEPING)
def test_what_was_typed_is_there_again_after_signing_in(world, sheets, name):
    sheet = sheets[name]
    typed = {one: f"Typed {one}." for one in sheet.texts if one not in ("at", "email")}
    with undone():
        client, page = interrupted(world, sheet, typed)
        before = facts()
        back = sign_in(client, page, world.users[sheet.who])
        opened = client.get(back.url)
        again = client.get(back.url)

        assert page.status_code == 401
        assert "What you typed is not lost" in text(page)
        assert opened.status_code == 422, text(opened)
        assert str(INTERRUPTED) in text(opened)
        for words in typed.values():
            assert words in opened.content.decode()
        assert facts() == before
        assert str(INTERRUPTED) not in text(again)


def test_the_form_that_is_open_again_can_be_sent(world, sheets):
    sheet = sheets["transition"]
    with undone():
        client, page = interrupted(world, sheet, {"reason": "Typed before."})
        back = sign_in(client, page, world.users[sheet.who])
        opened = client.get(back.url)

        told = hidden(opened) | sheet.told | {"reason": "Typed before."}
        assert client.post(sheet.page, told).status_code == 302


def test_a_wrong_password_in_between_loses_nothing(world, sheets):
    sheet = sheets["application"]
    with undone():
        client, page = interrupted(world, sheet, {"summary": "A long text."})
        person, kept = world.users[sheet.who], page.context["kept"]
        told = {"username": person.email, "password": "wrong", "kept": kept}
        refused = client.post("/sign-in/", told | {"next": page.context["next"]})
        back = sign_in(client, refused, person)

        assert refused.status_code == 422
        assert "A long text." in client.get(back.url).content.decode()


def test_a_mailed_code_brings_it_back_too(world, sheets, mailoutbox):
    sheet = sheets["application"]
    with undone():
        client, page = interrupted(world, sheet, {"summary": "A long text."})
        person = world.users[sheet.who]
        told = {name: page.context[name] for name in ("next", "kept")}
        asked = client.post("/sign-in/code/", told | {"username": person.email})
        code = mailoutbox[-1].body.split("\n    ")[1].split("\n")[0]
        done = client.post(asked.url, {"code": code, "next": told["next"]})

        assert "A long text." in client.get(done.url).content.decode()


def test_another_person_acts_in_nobodys_name(world, sheets):
    """Who signs in at the same screen sees a page of their own rights, and nothing happens."""
    sheet = sheets["transition"]
    stranger = world.users["stranger"]
    with undone():
        client, page = interrupted(world, sheet, {"reason": "Typed before."})
        stranger.set_password(PASSWORD)
        stranger.save()
        before = facts()
        back = sign_in(client, page, stranger)

        assert client.get(back.url).status_code == 404
        assert facts() == before


@pytest.mark.parametrize(
    "kept",
    ["", "made up", dumps({"path": "/", "typed": {}}, salt="other")],
    ids=["nothing", "made up", "of another salt"],
)
def test_what_we_did_not_sign_is_not_kept(world, kept):
    person = world.users["manager of P"]
    with undone():
        person.set_password(PASSWORD)
        person.save()
        client = Client()
        told = {"username": person.email, "password": PASSWORD, "kept": kept, "next": "/profile/"}
        assert client.post("/sign-in/", told).url == "/profile/"
        assert "kept_form" not in client.session


def test_a_text_of_enormous_length_is_not_carried_and_the_page_says_so(world, sheets):
    sheet = sheets["application"]
    with undone():
        client, page = interrupted(world, sheet, {"summary": "š" * 300_000})

        assert page.status_code == 401
        assert "too long to be kept here" in text(page)


def test_a_form_without_a_token_of_its_own_is_not_kept(world, sheets):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(sheets["transition"].page, {"reason": "Planted."})

    assert answer.status_code == 403
    assert dumps({}, salt=SALT) not in answer.content.decode()


def test_every_marked_view_has_a_form_tried_here(world, sheets):
    """A view may be marked only if it acts on nothing but a form made with `Kept`."""
    marked = {name for name, pattern in walk(get_resolver()) if is_marked(pattern.callback)}
    tried = {one.form for name, one in sheets.items() if name in KEEPING}
    carriers = {form for form in tried if issubclass(form, Kept)}

    assert len(marked) >= 20
    # Evidence stands beside a form that carries its version; all others are made with `Kept`.
    assert {form.__name__ for form in tried - carriers} == {
        "RecordForm", "ActForm", "MeetingForm", "RatingForm",
    }  # fmt: skip


def is_marked(view) -> bool:
    return getattr(view, "keeps_what_was_typed", False)
