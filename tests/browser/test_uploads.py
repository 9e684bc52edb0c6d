"""Uploading in Chromium: with a progress bar where scripts run, as a plain form where not."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from documents.models import Intake, Version
from tests.browser.sample import KIKINDA
from tests.browser.samples_of_papers import owing_case
from tests.browser.signing_in import sign_in
from tests.demo.loaded import db  # noqa: F401
from tests.documents.arriving import PDF, examine_all
from tests.documents.intake.pdf_by_hand import large_pdf
from tests.documents.uploaded import upload_url
from tests.stepping import the_step

LARGE = large_pdf(4_000_000)


@pytest.fixture(scope="module")
def step(db):  # noqa: F811
    """A step of Kikinda that asks for the strategy."""
    get_user_model().objects.update(language="en")
    return the_step(owing_case(), "strategy")


@pytest.fixture
def form(step, new_context):
    """`form(java_script_enabled=False)`: the page with the form, as the coordinator sees it."""

    def opened(**options) -> Page:
        context = new_context(locale="en-GB", viewport={"width": 1280, "height": 800}, **options)
        sign_in(context, KIKINDA)
        page = context.new_page()
        page.goto(upload_url(step))
        return page

    return opened


def choose(page: Page, *names: str, content: bytes = PDF) -> None:
    files = [{"name": name, "mimeType": "application/pdf", "buffer": content} for name in names]
    page.locator("input[type=file]").set_input_files(files)


def send(page: Page) -> None:
    page.get_by_role("button", name="Upload").click()


def test_several_files_are_sent_and_the_page_of_the_step_looks_again_by_itself(form, step):
    page = form()
    choose(page, "strategija.pdf", "prilog.pdf")
    send(page)

    expect(page.locator("h1")).to_have_text("Hand in the strategy")
    expect(page.locator("#papers")).to_contain_text("waits to be examined strategija.pdf")
    assert Intake.objects.running().count() == 2
    examine_all()
    expect(page.locator("#papers .card")).to_have_count(2)  # without loading the page anew
    expect(page.locator("#id_papers input[type=checkbox]")).to_have_count(2)
    expect(page.locator("#papers")).not_to_contain_text("waits to be examined")


def test_a_refused_file_is_said_at_the_form_and_the_focus_is_on_it(form):
    page = form()
    choose(page, "plan.pdf", content=b"no pdf at all")
    send(page)

    expect(page.locator("#errors")).to_contain_text(
        "The name says PDF, but the content is something else"
    )
    expect(page.locator("#errors")).to_be_focused()


def test_without_script_it_is_a_plain_form(form, step):
    before = Version.objects.count()
    page = form(java_script_enabled=False)
    choose(page, "bez-skripta.pdf")
    send(page)

    expect(page.locator("h1")).to_have_text("Hand in the strategy")
    expect(page.locator("#papers")).to_contain_text("waits to be examined bez-skripta.pdf")
    examine_all()
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("#papers")).to_contain_text("bez-skripta.pdf · PDF")
    assert Version.objects.count() == before + 1


def test_a_bar_shows_how_far_it_is(form):
    page = form()
    page.evaluate(
        """() => { const bar = document.querySelector("progress");
            document.addEventListener("htmx:xhr:progress",
                () => sessionStorage.setItem("bar", bar.value)); }"""
    )
    choose(page, "veliki.pdf", content=LARGE)
    send(page)

    expect(page.locator("h1")).to_have_text("Hand in the strategy")
    assert float(page.evaluate("sessionStorage.getItem('bar')")) > 0
