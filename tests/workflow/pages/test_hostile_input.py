"""What people, and worse than people, type into every form: always a clear sentence, the typed
text still in the form, and never a 500 (the client raises whatever a view lets escape).

One world for the module; each page is sent inside a transaction that is undone.
"""

import re
from html import unescape

import pytest
from django import forms
from django.test import Client
from django.urls import reverse

from accounts import forms as of_accounts
from tests.rights.actors import build
from tests.rights.conftest import db  # noqa: F401
from tests.rights.probes import undone
from tests.workflow.pages.reading import hidden, text
from tests.workflow.pages.sheets import SHEETS, Sheet, all_sheets, fill_in
from workflow import services
from workflow.forms import (
    acts,
    applying,
    bodies,
    calls,
    kinds,
    opening,
    people,
    procedures,
    questions,
    register,
)
from workflow.views.invitations import COOKIE

MIXED = "Кikindа, čačak чачак ĐђЉљ Џ – „наводници“ ﬁ e\u0301"
TEXTS = {
    "ten thousand characters": "Ж" * 10_000,
    "directions of writing": "Kikinda \u202eadnikiK\u202c \u2066x\u2069\u200f",
    "two scripts in one word": MIXED,
    "a zero": "Kikin\x00da",
    "a bell and an escape": "Kikinda\x07\x1b[31m",
    "emoji": "👩‍👩‍👧‍👦🇷🇸🏳️‍🌈 \U000e0001",
    "accents without end": "a" + "\u0301" * 3_000,
    "markup": "<script>alert(1)</script>\"'><b onmouseover=x>{{ 7*7 }}{% csrf_token %}",
    "a formula and a statement": "=cmd|'/C calc'!A0'); DROP TABLE workflow_step;--",
    "lines and tabs": "one\r\ntwo\n\n\tthree\u2028four",
    "blanks alone": " \t \u00a0\u2003",
}
DAYS = [
    "", "yesterday", "31.2.2026", "1.1.0001", "99.99.9999", "٣.٣.٢٠٢٦", "2.3.2026\x00", "1" * 5_000,
    "-1.-1.-1", "2.3.2026; DROP", "0", "1.1.10000", "𝟏.𝟏.𝟐𝟎𝟐𝟔",
]  # fmt: skip
FUTURE = "1.1.2099"
TAKEN, REFUSED = (200, 302), 422  # 200: the page that asks to confirm
MODULES = [
    acts, applying, bodies, calls, kinds, opening, people, procedures, questions, register,
    of_accounts,
]  # fmt: skip
SECRETS = {  # never shown again
    "password",
    "old_password",
    "new_password1",
    "new_password2",
}


@pytest.fixture(scope="module")
def world(db):  # noqa: F811
    return build()


@pytest.fixture(scope="module")
def sheets(world) -> dict[str, Sheet]:
    return all_sheets(world)


def complains(response) -> bool:
    """A sentence at the form, or a page that is one sentence."""
    return bool(re.search(r'class="error"|class="error-summary|class="errors', raw(response)))


def raw(response) -> str:
    return response.content.decode()


def still_there(response, typed: str) -> bool:
    """What was typed is in the form, as a browser would show it."""
    page = unescape(raw(response)).replace("\r\n", "\n")
    return typed.replace("\r\n", "\n").strip() in page or typed.strip() in page


def test_every_form_with_something_to_type_is_tried(sheets):
    """A new form, or a new field of one, has to be added here."""
    assert sorted(sheets) == sorted(SHEETS)
    tried = {(sheet.form.__name__, name) for sheet in sheets.values() for name in typed_in(sheet)}
    elsewhere = {
        ("DueForm", "on"), ("DueForm", "at"), ("EvidenceForm", "dated_on"),  # parts of others
        ("AppointmentForm", "act_number"), ("AppointmentForm", "act_on"),
        ("AppointmentForm", "gazette"),
        ("SearchForm", "q"), ("ChosenForm", "municipality"), ("ApplicationFilterForm", "q"),
        ("ApplicationFilterForm", "call"),
        ("ArrivalForm", "on"), ("ArrivalForm", "at"),  # tried below
        ("NewPersonForm", "name"), ("NewPersonForm", "new_password1"),
        ("NewPersonForm", "new_password2"), ("NewPasswordForm", "new_password1"),
        ("NewPasswordForm", "new_password2"), ("PasswordChangeForm", "new_password2"),
    }  # fmt: skip
    there = {
        (form.__name__, name)
        for module in MODULES
        for form in vars(module).values()
        if isinstance(form, type) and issubclass(form, forms.BaseForm)
        if form.__module__ == module.__name__
        for name, one in form.base_fields.items()
        if is_typed(one)
    }

    assert sorted(there - tried - elsewhere) == []


def typed_in(sheet: Sheet) -> tuple[str, ...]:
    return sheet.texts + sheet.days


def is_typed(one: forms.Field) -> bool:
    return isinstance(one, forms.CharField | forms.DateField) and not one.widget.is_hidden


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("name", SHEETS)
def test_odd_text_is_taken_or_refused_in_words_and_never_lost(world, sheets, name, kind):
    sheet, typed = sheets[name], TEXTS[kind]
    for one in sheet.texts:
        response, landed = fill_in(world, sheet, **{one: typed})

        assert response.status_code in (*TAKEN, REFUSED), f"{one}: {response.status_code}"
        assert "<script>alert" not in raw(landed), one
        if response.status_code == REFUSED:
            assert complains(landed), f"{one}: no sentence\n{text(landed)}"
            assert one in SECRETS or still_there(landed, typed), f"{one}: lost"


@pytest.mark.parametrize("name", SHEETS)
def test_a_long_text_is_refused_with_both_numbers(world, sheets, name):
    sheet = sheets[name]
    for one in sheet.texts:
        if one in {*SECRETS, "email", "username", "at"}:
            continue
        response, _landed = fill_in(world, sheet, **{one: TEXTS["ten thousand characters"]})

        assert response.status_code == REFUSED, one
        assert re.search(r"Write [\d,]+ characters at most. You wrote 10,?000", text(response)), one


@pytest.mark.parametrize("name", SHEETS)
def test_invisible_directions_are_taken_out_and_it_is_said(world, sheets, name):
    sheet = sheets[name]
    for one in sheet.texts:
        if one in {*SECRETS, "email", "username", "at"}:
            continue
        response, landed = fill_in(world, sheet, **{one: TEXTS["directions of writing"]})

        assert response.status_code in TAKEN, one
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", raw(landed)), one


@pytest.mark.parametrize("name", SHEETS)
def test_a_day_that_is_none_is_refused_in_words(world, sheets, name):
    sheet = sheets[name]
    for one in sheet.days:
        for typed in DAYS:
            response, landed = fill_in(world, sheet, **{one: typed})
            if typed == "" and response.status_code == 302:
                continue  # a day that may stay open
            assert response.status_code == 422, f"{one}={typed!r}: {response.status_code}"
            assert complains(landed), f"{one}={typed!r}"
            assert still_there(landed, typed), f"{one}={typed!r}: lost"


DECIDED = ["transition", "withdrawal", "consent", "evidence: record", "evidence: act"]


@pytest.mark.parametrize("name", DECIDED)
def test_a_decision_in_the_future_is_refused(world, sheets, name):
    sheet = sheets[name]

    response, _landed = fill_in(world, sheet, **{sheet.days[0]: FUTURE})

    assert response.status_code == 422
    assert "This date lies in the future." in text(response)
    assert FUTURE in raw(response)


@pytest.mark.parametrize("name", ["transition", "withdrawal"])
def test_a_decision_before_the_previous_one_is_refused(world, sheets, name):
    response, _landed = fill_in(world, sheets[name], decided_on="1.3.2026")

    assert response.status_code == 422
    assert "The previous decision was on 2 March 2026." in text(response)


@pytest.mark.parametrize(
    "name", ["withdrawal", "decline", "return", "waive", "reopen", "return application", "extend"]
)
def test_a_missing_reason_is_asked_for(world, sheets, name):
    sheet = sheets[name]

    response, _landed = fill_in(world, sheet, **{sheet.texts[0]: " \t "})

    assert response.status_code == 422
    assert complains(response)


# Pages that are only asked


@pytest.mark.parametrize("kind", TEXTS)
def test_odd_words_in_a_filter_find_nothing_and_break_nothing(world, kind):
    call = world.calls["open call of P"]
    draft = world.applications["draft of A in P"].get_absolute_url()
    asked = dict.fromkeys(
        ["q", "programme", "stage", "status", "call", "page", "mine", "show", "participation",
         "kind", "role", "channel", "since", "until"], TEXTS[kind],
    )  # fmt: skip
    for who, url in [
        ("manager of P", reverse("workflow:participations")),
        ("manager of P", reverse("workflow:applications")),
        ("manager of P", reverse("workflow:my_steps")),
        ("manager of P", reverse("workflow:calls")),
        ("manager of P", reverse("workflow:log")),
        ("manager of P", world.cases["A in P"].get_absolute_url()),
        ("manager of P", f"{call.get_absolute_url()}register/"),
        ("coordinator of A", f"{draft}members/"),
    ]:
        response = world.clients[who].get(url, asked)

        assert response.status_code == 200, url
        assert "<script>alert" not in raw(response), url


@pytest.mark.parametrize("typed", [*DAYS, *TEXTS.values()])
def test_odd_arrivals_of_paper_are_refused_in_words(world, typed):
    """The day and the hour that the manager reads from the stamp."""
    sent = world.applications["handed in by A in P"]
    manager = world.clients["manager of P"]
    with undone():
        services.return_application(sent, by=world.users["manager of P"], remarks="Once more.")
        page = f"{sent.get_absolute_url()}check/"
        form = hidden(manager.get(page)) | {"expected_version": str(sent.version + 1)}
        for told in ({"on": typed, "at": "10:00"}, {"on": "2.3.2026", "at": typed}):
            response = manager.post(page, form | told)

            assert response.status_code == 422, told
            assert complains(response), told


@pytest.mark.parametrize("kind", TEXTS)
def test_odd_names_of_new_people_are_taken_or_refused_in_words(world, kind):
    """Whoever takes up an invitation types a name before there is an account."""
    page, client = reverse("workflow:accept_invitation"), Client()
    with undone():
        _sent, token = services.invite(
            "new@example.org", "evaluator", over=world.programmes["P"], by=world.system
        )
        client.cookies[COOKIE] = token
        password = "a long enough pass phrase"
        told = {"name": TEXTS[kind], "new_password1": password, "new_password2": password}
        response = client.post(page, told)

        assert response.status_code in (302, 422)
        assert "<script>alert" not in raw(response)
        if response.status_code == 422:
            assert complains(response)
            assert still_there(response, TEXTS[kind])
