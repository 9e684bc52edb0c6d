"""The role switch as a person uses it on a phone, by keyboard alone, without scripts."""

import pytest

from tests.browser.looking import is_too_wide
from tests.browser.person import LOCALES, Person
from tests.browser.signing_in import sign_in
from tests.browser.telling import PHONE
from workflow import services


@pytest.fixture
def several(person, programme, make_participation, system):
    """Somebody with four roles, who reads Serbian in Latin script."""
    case = make_participation("assessment")
    somebody = person("programme_manager", over=programme)
    for role, over in [("mentor", case), ("evaluator", programme), ("auditor", programme)]:
        services.give_mandate(somebody, role, over=over, by=system)
    somebody.language = "sr-latn"
    somebody.save()
    return somebody


def test_a_role_is_chosen_by_keyboard_without_scripts_at_320_pixels(new_context, several):
    context = new_context(locale=LOCALES["sr-latn"], viewport=PHONE, java_script_enabled=False)
    sign_in(context, several.email)
    who = Person(context, "sr-latn")
    who.page.goto("/")
    assert who.page.url.endswith("/board/")

    who.tab_to(who.words("Menu"))
    who.page.keyboard.press("Enter")
    who.tab_to(f"{who.words('You work as:')} {who.words('Programme manager')}")
    who.page.keyboard.press("Enter")
    assert not is_too_wide(who.page)
    who.tab_to("role")  # the first of the buttons, that of the present role
    who.page.keyboard.press("Tab")
    assert who.page.evaluate("document.activeElement.innerText") == who.words("Mentor")
    who.enter()

    assert who.page.url.endswith("/my-municipalities/")
    who.unfold_the_masthead()
    first = who.page.locator(".nav a").first
    assert first.inner_text() == who.words("My municipalities")
    assert not is_too_wide(who.page)
