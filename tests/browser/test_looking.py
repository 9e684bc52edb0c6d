"""What `test_every_page` looks for is found where it is."""

from tests.browser.english import english_in
from tests.browser.looking import (
    copied,
    double_stops,
    frame_objections,
    is_too_wide,
    objections,
    words_on,
)

# Every element outside scripts: its name, its colours, its place.
BOXES = """() => [...document.querySelectorAll("body, body :not(script)")].map((one) => {
  const looks = getComputedStyle(one), box = one.getBoundingClientRect();
  return [one.tagName, looks.color, looks.backgroundColor, looks.fontFamily, looks.fontSize,
    box.x, box.y, box.width, box.height].join(" ");
})"""


def test_faults_of_a_page_are_found(new_context):
    page = new_context(viewport={"width": 320, "height": 800}, locale="en-GB").new_page()
    page.goto("/sign-in/")
    assert (objections(page), frame_objections(page, "en"), is_too_wide(page)) == ([], [], False)

    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('h1').style.color = '#eee'")  # allowed: no attribute
    page.evaluate("document.querySelector('h1').style.width = '400px'")

    for shown in (page, copied(page)):
        rules = " ".join(objections(shown))
        assert "html-has-lang" in rules
        assert "color-contrast" in rules
    assert frame_objections(page, "en") == ["lang: None"]
    assert is_too_wide(page)


def test_a_copy_of_a_page_looks_like_the_page(new_context):
    """In the fonts, sizes and places of the page: what axe asks is the same."""
    page = new_context(viewport={"width": 1280, "height": 720}, locale="en-GB").new_page()
    for path in ("/sign-in/", "/accessibility/", "/en/public/"):
        page.goto(path)
        copy = copied(page)
        copy.set_viewport_size({"width": 1280, "height": 720})

        assert copy.evaluate(BOXES) == page.evaluate(BOXES)


def test_english_is_found_on_a_page(new_context):
    page = new_context(locale="en-GB").new_page()
    page.goto("/sign-in/")

    assert {"Sign in", "Password", "Skip to the main content"} <= set(english_in(words_on(page)))


def test_texts_with_holes_and_parts_of_texts_are_found_and_serbian_is_not():
    texts = ["The application is begun. Its reference is T1-A001.", "Mentor", "English", "Предај"]

    assert english_in(texts) == texts[:1]


def test_a_date_with_two_signs_is_found_and_what_was_typed_is_left_alone(new_context):
    page = new_context(locale="en-GB").new_page()
    page.set_content(
        "<p>Od <b>2. marta 2026.</b>, pa do 3.3.2026.. <p>Rok: 4. marta 2026. (sutra)."
        "<textarea>5. marta 2026..</textarea><code>2026..</code>"
    )

    assert [found[-6:] for found in double_stops(page)] == ["2026.,", "2026.."]
