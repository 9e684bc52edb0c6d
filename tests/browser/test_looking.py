"""What `test_every_page` looks for is found where it is."""

from tests.browser.english import english_in
from tests.browser.looking import frame_objections, is_too_wide, objections, words_on


def test_faults_of_a_page_are_found(new_context):
    page = new_context(viewport={"width": 320, "height": 800}, locale="en-GB").new_page()
    page.goto("/sign-in/")
    assert (objections(page), frame_objections(page, "en"), is_too_wide(page)) == ([], [], False)

    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")  # allowed: no attribute
    page.evaluate("document.querySelector('h1').style.width = '400px'")

    rules = " ".join(objections(page))
    assert "html-has-lang" in rules
    assert "color-contrast" in rules
    assert frame_objections(page, "en") == ["lang: None"]
    assert is_too_wide(page)


def test_english_is_found_on_a_page(new_context):
    page = new_context(locale="en-GB").new_page()
    page.goto("/sign-in/")

    assert {"Sign in", "Password", "Skip to the main content"} <= set(english_in(words_on(page)))


def test_texts_with_holes_and_parts_of_texts_are_found_and_serbian_is_not():
    texts = ["The application is begun. Its reference is T1-A001.", "Mentor", "English", "Предај"]

    assert english_in(texts) == texts[:1]
