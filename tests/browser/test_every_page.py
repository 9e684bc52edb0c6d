"""Every page of the product in Chromium: four languages, light and dark, wide and 320 pixels.

axe finds nothing, the policy refuses nothing, nothing scrolls sideways, title, H1 and language are
right, in Serbian no text of ours is left in English, and no date is followed by two signs. A page
without a sample fails. Every page is looked at in each language; in Latin, whose words are the
longest, in all its states, of which axe sees the first in dark too. Dark and narrow, it asks only
its rules about looks: the elements are the same. It looks at a copy of the page as it stands.

The administration is Django's own: its look is not ours, and it stands outside the policy.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page

from municipalities.models import Mandate
from tests.browser.english import english_in
from tests.browser.looking import (
    OF_LOOKS,
    copied,
    double_stops,
    frame_objections,
    is_too_wide,
    objections,
    words_on,
)
from tests.browser.person import LOCALES
from tests.browser.samples import (
    KIKINDA,
    MANAGER,
    NOBODY,
    Sample,
    kikinda,
    samples,
)
from tests.browser.signing_in import sign_in
from tests.demo.as_the_demo import as_the_demo
from tests.demo.loaded import db  # noqa: F401
from tests.rights.matrix import names_of_urls
from workflow.models import Participation, Track

LANGS = {"sr": "sr-Cyrl", "sr-latn": "sr-Latn", "bs": "bs", "en": "en"}
LONGEST_WORDS = "sr-latn"  # every sample is looked at in it, in the others one of each page
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 800}
# Addresses that only take a form, with what the form is about.
ONLY_FORMS = {
    "accounts:sign_out": [], "accounts:sign_out_elsewhere": [], "openid_connect_login": [],
    "web:language": [], "workflow:verify_log": [],
    "workflow:begin_application": ["x"], "workflow:member_add": ["x"],
    "workflow:member_remove": ["x", "y"], "workflow:revoke_invitation": [1],
    "workflow:choose_role": [], "notifications:mark_all_read": [],
    "notifications:test_message": [], "notifications:following": ["x"],
    "notifications:make_calendar": [], "notifications:revoke_calendar": [],
}  # fmt: skip

# Addresses that give a file to keep and no page.
DOWNLOADS = {
    "workflow:procedure_file", "workflow:import_template", "public:csv", "public:json",
    "workflow:call_selection_csv", "workflow:call_selection_xlsx",
    "documents:download", "documents:public_download", "documents:written_paper",
    "documents:template_file", "documents:shipped_template", "notifications:calendar_feed",
}  # fmt: skip


# A mail as a mail program shows it, which is no page of ours: test_story_reminder_by_mail.py.
MAILS = {"demo_mail_html"}


@pytest.fixture(scope="module")
def demo(db, tmp_path_factory) -> Iterator[None]:  # noqa: F811
    """The demo world, in the database of this module, shown as the demo shows it."""
    with as_the_demo(tmp_path_factory.mktemp("mail")):
        yield


@pytest.fixture(scope="module")
def pages(demo) -> list[Sample]:
    return samples()


def test_every_page_has_a_sample(pages):
    ours = {name for name in names_of_urls() if not name.startswith("admin")}

    assert ours - {sample.name for sample in pages} == {*ONLY_FORMS, *DOWNLOADS, *MAILS}


def test_what_only_takes_a_form_shows_no_page(demo):
    client = Client()
    client.force_login(get_user_model().objects.get(email=MANAGER))

    answers = {name: client.get(reverse(name, args=args)) for name, args in ONLY_FORMS.items()}

    assert {answer.status_code for answer in answers.values()} == {405}


def one_of_each(pages: list[Sample]) -> list[Sample]:
    """The first sample of every page."""
    firsts: dict[str, Sample] = {}
    for sample in pages:
        firsts.setdefault(sample.name, sample)
    return list(firsts.values())


@pytest.mark.parametrize("language", LOCALES)
def test_every_page_is_fit_to_be_read(pages, new_context, language):
    context, page = screen(new_context, language)

    firsts = one_of_each(pages)
    wrong = [
        f"{sample.name} {sample.path} {sample.who}: {found}"
        for sample in (pages if language == LONGEST_WORDS else firsts)
        for found in visit(context, page, sample, language, in_dark=sample in firsts)
    ]

    assert wrong == []


def screen(new_context: Any, language: str) -> tuple[BrowserContext, Page]:
    """Wide and light; everybody reads this language."""
    get_user_model().objects.update(language=language)
    context = new_context(locale=LOCALES[language], viewport=WIDE, color_scheme="light")
    return context, context.new_page()


def visit(
    context: BrowserContext, page: Page, sample: Sample, language: str, *, in_dark: bool
) -> Iterator[str]:
    sign_in(context, sample.who)
    answered = page.goto(sample.path_in(language))
    if answered.status != sample.status:
        yield f"status {answered.status}"
    yield from look(page, language, in_dark=in_dark)


def look(page: Page, language: str, *, in_dark: bool = True) -> Iterator[str]:
    """Everything that is wrong with the page that stands there: wide and light, narrow and dark."""
    yield from frame_objections(page, LANGS[language])
    if language != "en":
        yield from (f"English: {text}" for text in english_in(words_on(page)))
        yield from (f"two signs: {text}" for text in double_stops(page))
    page.set_viewport_size(NARROW)
    if is_too_wide(page):
        yield "scrolls sideways at 320 pixels"
    page.set_viewport_size(WIDE)
    yield from what_axe_finds(copied(page), in_dark=in_dark)


def what_axe_finds(page: Page, *, in_dark: bool) -> Iterator[str]:
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(WIDE)
    yield from (f"light, wide: {one}" for one in objections(page))
    if in_dark:
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size(NARROW)
        yield from (f"dark, narrow: {one}" for one in objections(page, *OF_LOOKS))


# Pages that only a form leads to


@pytest.mark.parametrize("language", LOCALES)
def test_the_answers_to_forms_are_fit_to_be_read_too(pages, new_context, language):
    context, page = screen(new_context, language)
    wrong = []

    for who, path, told, status in answers(language):
        sign_in(context, who)
        page.goto(path)
        fill(page, told)
        with page.expect_navigation() as sent:
            page.locator("main form[method=post] button").last.click()
        if sent.value.status != status:
            wrong.append(f"{path}: status {sent.value.status}")
        wrong += [f"{path}: {found}" for found in look(page, language)]

    assert wrong == []


def answers(language: str) -> Iterator[tuple[str, str, dict[str, str], int]]:
    """Who sends what from which page, and how it is answered."""
    case, today = kikinda(), f"{timezone.localdate():%d.%m.%Y.}"
    step = next(one for one in case.present_steps if one.role == "coordinator")
    people = reverse("workflow:people", args=[case.reference])
    own = Mandate.objects.over(case.municipality).get(role="coordinator")
    hand_over = reverse("workflow:hand_over", args=[own.pk])
    stale = reverse("workflow:transition", args=[case.reference, "hold"])
    told = {"decided_on": today, "reason": "Избори.", "expected_version": "0"}
    yield NOBODY, reverse("accounts:sign_in"), {"username": "x@example.org", "password": "x"}, 422
    yield KIKINDA, reverse("accounts:profile"), {"name": "x" * 200}, 422
    yield KIKINDA, step.get_absolute_url(), {"dated_on": "31.2.2026."}, 422
    yield MANAGER, stale, told | {"decided_on": "1.1.1999.", "expected_version": ""}, 422
    yield MANAGER, stale, told, 409
    new = reverse("workflow:open_participation") + "?municipality=80187"
    yield MANAGER, new, {"decided_on": "1.1.2099."}, 422
    body = case.municipality.bodies.get()
    session = reverse("workflow:record_session", args=[body.pk])
    yield KIKINDA, session, {"held_on": "1.1.2099."}, 422
    yield MANAGER, people, {"email": "no address"}, 422
    invited = {"email": f"pozvana.{language}@example.org", "role": "mentor"}
    yield MANAGER, people, invited, 200
    yield KIKINDA, hand_over, {"email": "naslednica@example.org"}, 200
    sample = Participation.objects.filter(programme__is_sample=True).first().track
    set_up = reverse("workflow:programme_setup", args=[sample.programme.key])
    yield MANAGER, set_up, {"file": "key: a\nstages: {assessment: {steps: [{key: b}]}}"}, 422
    yield MANAGER, set_up, {"file": sample.procedures.last().text}, 200
    own = reverse("documents:paper_template", args=["sample", "memorandum", "sr"])
    yield MANAGER, own, {"file": "no Word document"}, 422
    direct = Track.objects.get(key="spis_model")
    listed = reverse("workflow:import_municipalities", args=[direct.programme.key, direct.key])
    yield MANAGER, listed, {"file": "naziv\nШипово\nPale\nАтлантида\nSipovo"}, 200


def fill(page: Page, told: dict[str, str]) -> None:
    """The fields, also a hidden one, as a page that is long out of date would send it."""
    for name, value in told.items():
        field = page.locator(f"main form[method=post] [name={name}]").last
        kind = field.get_attribute("type")
        if kind == "radio":
            page.locator(f"[name={name}][value={value}]").check()
        elif kind == "file":
            told_file = {"name": "list.csv", "mimeType": "text/plain", "buffer": value.encode()}
            field.set_input_files(told_file)
        elif kind == "hidden":
            field.evaluate("(input, value) => { input.value = value; }", value)
        else:
            field.fill(value)
