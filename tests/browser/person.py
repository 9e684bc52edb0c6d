"""A person before the screen: reads in a language of their own, follows links, presses buttons.

The words are given in English, as they stand in the source; the person looks for them in the
language and script of the page. So a sentence that nobody translated, or a button that does not
stand there, is not found.
"""

import re
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import BrowserContext, Locator, expect

LOCALES = {"sr": "sr-Cyrl-RS", "sr-latn": "sr-Latn-RS", "bs": "bs-BA", "en": "en-GB"}
FARTHEST = 120  # presses of Tab after which something cannot be reached with the keyboard
FOCUSED = "document.activeElement.name || document.activeElement.innerText || ''"

# Whether the focused element is marked, and its top, middle or end lies in the window and under
# nothing else: a tall text area may reach beyond the window.
SEEN = """() => {
  const one = document.activeElement, box = one.getClientRects()[0], looks = getComputedStyle(one);
  const marked = looks.outlineStyle !== "none" && parseFloat(looks.outlineWidth) > 0;
  const at = (part) =>
    document.elementFromPoint(box.x + box.width / 2, box.y + box.height * part);
  return marked && [0.1, 0.5, 0.9].some((part) => at(part) && one.contains(at(part)));
}"""
BEFORE_A_STOP = re.compile(r" (?=[,:.])")  # hidden words stand in a box of their own


class Person:
    """One person in a browser context of their own."""

    def __init__(self, context: BrowserContext, language: str) -> None:
        self.page = context.new_page()
        self.language = language

    def words(self, english: str, **named: Any) -> str:
        """A text of the interface as this person reads it."""
        with translation.override(self.language):
            text = gettext(english)
            told = {name: in_words(value) for name, value in named.items()}
            return text % told if told else text

    def sign_in(self, email: str, password: str) -> None:
        self.page.goto("/")
        self.fill({"username": email, "password": password})
        self.press("Sign in")

    # What a person does

    def go(self, english: str) -> None:
        """Through the main navigation."""
        self.unfold_the_masthead()
        self.open(self.entry(english))

    def unfold_the_masthead(self) -> None:
        """On a phone it stands behind one word."""
        menu = self.page.locator(".mast .menu:not([open]) summary")
        if menu.is_visible():
            menu.click()

    def is_offered(self, english: str) -> bool:
        """Whether the main navigation has this entry."""
        return self.entry(english).count() > 0

    def entry(self, english: str) -> Locator:
        navigation = self.page.locator(".nav")
        return navigation.get_by_role("link", name=self.words(english), exact=True)

    def follow(self, english: str, **named: Any) -> None:
        """A link of the page that has these words and, for screen readers, perhaps more."""
        self.open(self.link(self.words(english, **named)))

    def open(self, link: Locator) -> None:
        """Click, and go on only when the page it leads to stands there."""
        with self.page.expect_navigation():
            link.click()

    def link(self, text: str) -> Locator:
        begins = re.compile(rf"^{re.escape(text)}(\W|$)")
        return self.main.get_by_role("link", name=begins).first

    def press(self, english: str, **named: Any) -> None:
        """A button of the page; the page that answers is not one of ours for an error."""
        button = self.main.get_by_role("button", name=self.words(english, **named)).first
        with self.page.expect_navigation() as answered:
            button.click()
        assert answered.value.status == 200, f"{english}: {self.page.inner_text('main')}"

    def fill(self, told: dict[str, Any]) -> None:
        """The fields of the form, by their names."""
        for name, value in told.items():
            field = self.main.locator(f"form[method=post] [name={name}]:not([type=hidden])")
            field.fill(as_typed(value))

    def choose(self, name: str, value: str) -> None:
        """From a list of the page, by the value behind the words."""
        self.main.locator(f"select[name={name}]").select_option(value)

    # With the keyboard alone

    def tab_to(self, wanted: str, key: str = "Tab") -> None:
        """Press Tab until the field of this name, or the link or button with these words."""
        for _press in range(FARTHEST):
            self.page.keyboard.press(key)
            if self.focused() == wanted:
                assert self.sees_the_focus(), f"the focus on {wanted!r} cannot be seen"
                return
        raise AssertionError(f"the keyboard does not reach {wanted!r}")

    def focused(self) -> str:
        """The focused field by its name, a link or button by its words."""
        words = " ".join(self.page.evaluate(FOCUSED).split())
        return BEFORE_A_STOP.sub("", words)

    def sees_the_focus(self) -> bool:
        """Marked and in sight, once the page has scrolled to it."""
        for _look in range(50):
            if self.page.evaluate(SEEN):
                return True
            self.page.wait_for_timeout(20)
        return False

    def sign_in_by_keyboard(self, email: str, password: str) -> None:
        self.page.goto("/")
        for name, value in {"username": email, "password": password}.items():
            self.tab_to(name)
            self.type(value)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, value: Any) -> None:
        """In place of what the focused field holds."""
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(as_typed(value))

    def go_by_keyboard(self, english: str) -> None:
        """Through the main navigation of a phone: unfold the masthead, then its entry."""
        self.tab_to(self.words("Menu"))
        self.page.keyboard.press("Enter")
        self.tab_to(self.words(english))
        self.enter()

    def tab_back_to(self, wanted: str) -> None:
        """To what stands before on the page, with Shift and Tab."""
        self.tab_to(wanted, "Shift+Tab")

    # What a person reads

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def section(self, english: str) -> Locator:
        """The part of the page under this heading, as screen readers offer it."""
        return self.main.get_by_role("region", name=self.words(english), exact=True)

    def reads(self, english: str, **named: Any) -> None:
        """Fails unless these words stand on the page."""
        expect(self.main).to_contain_text(self.words(english, **named))

    def is_told(self, english: str) -> None:
        """Fails unless the banner says that this was recorded."""
        expect(self.main.locator(".banner.ok")).to_contain_text(self.words(english))

    def forms(self) -> list[str]:
        """Where the page's own forms send what they write; searches only read."""
        found = self.main.locator("form[method=post]").all()
        return [form.get_attribute("action") or self.page.url for form in found]


def in_words(value: Any) -> str:
    """A name that itself is in the reader's language."""
    return str(value() if callable(value) else value)


def as_typed(value: Any) -> str:
    return value.strftime("%d.%m.%Y.") if isinstance(value, date) else str(value)
