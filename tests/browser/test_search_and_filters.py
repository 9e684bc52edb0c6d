"""Search and filters in Chromium: as one types, by the keyboard, on a phone, without script."""

import pytest
from django.contrib.auth import get_user_model
from playwright.sync_api import Page, expect

from tests.browser.sample import sample_cases
from tests.browser.samples import MANAGER, kikinda
from tests.browser.signing_in import sign_in
from tests.demo.loaded import db  # noqa: F401
from workflow.pages.filters import late

BOARD = "/board/?programme=sample"


@pytest.fixture(scope="module")
def demo(db) -> None:  # noqa: F811
    get_user_model().objects.update(language="en")


@pytest.fixture
def open_page(demo, new_context):
    """`open_page("/board/", width=320)`: the page as the manager sees it, in English."""

    def opened(path: str, width: int = 1280, **options) -> Page:
        viewport = {"width": width, "height": 800}
        context = new_context(locale="en-GB", viewport=viewport, **options)
        sign_in(context, MANAGER)
        page = context.new_page()
        page.goto(path)
        return page

    return opened


def test_results_stand_under_the_field_as_one_types_and_the_status_counts_them(open_page):
    page = open_page(BOARD)

    page.locator("#search-field").press_sequentially("кикинд", delay=30)

    expect(page.locator("#found")).to_contain_text(kikinda().reference)
    expect(page.locator("#found-told")).to_contain_text("results")
    page.keyboard.press("Tab")  # the button
    page.keyboard.press("Tab")  # the municipality, the first of the results
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Participations")
    expect(page.locator("main")).to_contain_text(kikinda().reference)


def test_a_filter_changes_the_board_the_address_and_the_status_and_keeps_the_focus(open_page):
    page = open_page(BOARD)
    page.evaluate("window.stays = true")

    page.locator("#due").focus()
    page.locator("#due").select_option("late")

    expect(page.locator(".chips")).to_contain_text("Overdue")
    overdue = sample_cases().open().filter(late()).count()  # of this day
    assert 10 < overdue < sample_cases().open().count()
    expect(page.locator("#told")).to_have_text(f"{overdue} participations")
    assert page.url.endswith("/board/?programme=sample&due=late")
    assert page.evaluate("document.activeElement.id") == "due"
    assert page.evaluate("window.stays"), "the page was loaded anew"


def test_typing_narrows_the_board_and_a_chip_takes_it_back(open_page):
    page = open_page(BOARD)

    page.locator("#q").press_sequentially("брус", delay=30)
    expect(page.locator(".board .chip")).to_have_count(1)
    page.locator(".chips a").click()

    expect(page.locator(".board .chip")).not_to_have_count(1)
    assert page.url.endswith(BOARD)
    assert page.locator("#q").input_value() == ""


def test_going_back_shows_the_board_as_it_was(open_page):
    page = open_page(BOARD)
    page.locator("#stage").select_option("assessment")
    expect(page.locator(".board > .col")).to_have_count(1)

    page.go_back()

    expect(page.locator(".board > .col")).to_have_count(6)
    assert page.url.endswith(BOARD)


def test_another_programme_brings_its_own_heading_tiles_and_tracks(open_page):
    page = open_page(BOARD)
    heading = page.locator("h1").inner_text()
    others = page.locator("#programme option:not(:checked)")

    page.locator("#programme").select_option(others.first.get_attribute("value"))

    expect(page.locator("h1")).not_to_have_text(heading)
    expect(page.locator("#tiles > li")).to_have_count(4)


def test_whose_session_has_ended_signs_in_and_finds_no_page_within_a_page(open_page):
    page = open_page(BOARD)
    page.context.clear_cookies()

    page.locator("#due").select_option("late")

    page.wait_for_url("**/sign-in/**")
    expect(page.locator("[name=password]")).to_have_count(1)


def test_a_phone_folds_the_stages_and_opens_one(open_page):
    page = open_page(BOARD, width=320)
    expect(page.locator(".board .chip").first).not_to_be_visible()

    page.locator(".board summary").nth(2).click()

    expect(page.locator(".board .chip").nth(20)).to_be_visible()


def test_without_script_form_chips_and_stages_do_the_same(open_page):
    page = open_page(BOARD, width=320, java_script_enabled=False)
    expect(page.locator(".board .chip").first).to_be_visible()

    page.locator("#q").fill("brus")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".board .chip")).to_have_count(1)
    page.locator(".chips a").click()
    expect(page.locator(".board .chip")).not_to_have_count(1)
    page.locator(".mast .menu summary").click()  # where the search is on a phone
    page.locator("#search-field").fill("kikinda")
    page.locator("#search-field").press("Enter")
    expect(page.locator("h1")).to_contain_text("kikinda")
