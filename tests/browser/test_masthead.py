"""The masthead on a phone: one line, and behind its one word everything else."""

import pytest

from tests.browser.looking import is_too_wide, objections
from tests.browser.person import Person
from tests.browser.sample import KIKINDA
from tests.browser.signing_in import sign_in
from tests.browser.telling import PHONE, seated
from tests.demo.loaded import db  # noqa: F401

A_LINE = 80  # pixels; of 640 that a small phone is high
LANGUAGE = "sr-latn"  # its words are the longest


@pytest.fixture
def at_a_phone(db, new_context):  # noqa: F811
    """A coordinator with a small phone, on their first page; scripts are on unless refused."""

    def sit_down(*, scripts: bool = True) -> Person:
        phone = {"viewport": PHONE, "java_script_enabled": scripts}
        who = seated(new_context, KIKINDA, LANGUAGE, **phone)
        sign_in(who.page.context, KIKINDA)
        who.page.goto("/my-steps/")
        return who

    return sit_down


def height(who: Person) -> float:
    return who.page.locator(".mast").bounding_box()["height"]


def test_it_takes_one_line_of_the_first_view(at_a_phone):
    who = at_a_phone(scripts=False)

    assert height(who) <= A_LINE
    for hidden in (".nav", ".search", ".lang", ".account"):
        assert not who.page.locator(f".mast {hidden}").is_visible(), hidden


def test_everything_is_reached_by_keyboard_without_scripts(at_a_phone):
    who = at_a_phone(scripts=False)

    who.tab_to(who.words("Menu"))
    who.page.keyboard.press("Enter")

    assert not is_too_wide(who.page)
    for wanted in (who.words("Participations"), "q", "language"):
        who.tab_to(wanted)
    who.tab_to(who.words("Sign out"))
    who.tab_back_to(who.words("Menu"))
    who.page.keyboard.press("Enter")
    assert height(who) <= A_LINE


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_unfolded_it_is_fit_to_be_read(at_a_phone, scheme):
    who = at_a_phone()
    who.page.emulate_media(color_scheme=scheme)

    who.unfold_the_masthead()

    assert objections(who.page) == []
    assert who.page.locator(".mast .account").is_visible()


def test_a_public_page_has_the_same_line(new_context):
    page = new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto("/sr/public/")
    assert page.locator(".mast").bounding_box()["height"] <= A_LINE

    page.locator(".mast .menu summary").click()

    assert page.locator(".mast").get_by_role("link", name="English").is_visible()
    assert not is_too_wide(page)


def test_on_a_wide_screen_nothing_is_folded(at_a_phone):
    who = at_a_phone(scripts=False)

    who.page.set_viewport_size({"width": 1280, "height": 900})

    assert not who.page.locator(".mast .menu").is_visible()
    assert who.page.locator(".mast .nav a").first.is_visible()
    assert who.page.locator(".mast .account").is_visible()
