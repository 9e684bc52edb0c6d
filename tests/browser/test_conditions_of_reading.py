"""What a reader may ask of every page: enlarge it to twice its size and lose nothing.

A zoom of 200 % in a window of 1280 pixels leaves 640 of them, each drawn twice as large.
"""

import pytest
from playwright.sync_api import Page

from config.demo.people import address
from tests.browser.looking import is_too_wide
from tests.browser.person import LOCALES
from tests.browser.sample import kikinda
from tests.browser.signing_in import sign_in
from tests.browser.telling import NewContext
from tests.demo.loaded import db  # noqa: F401

WHOLE = {"viewport": {"width": 1280, "height": 900}}
ENLARGED = {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2}
COORDINATOR = address("koordinator.kikinda")
# What is seen and can be used: words line by line, and every link, button and field by its name.
SEEN = """() => {
  const seen = (one) => one.checkVisibility({visibilityProperty: true, opacityProperty: true});
  const lines = document.body.innerText.split(/[\\n\\t]/);
  const words = lines.map((line) => line.trim()).filter(Boolean);
  const used = [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(seen).map((one) => one.name || one.textContent.replace(/\\s+/g, " ").trim());
  return [words.sort(), used.sort()];
}"""
# What lies outside the window to the side, or is cut off by the box that holds it.
CUT_OFF = """() => [...document.querySelectorAll("main *, .mast *, .foot *")].filter((one) => {
  if (!one.checkVisibility({visibilityProperty: true}) || one.closest(".vh, .scroll, .found, svg"))
    return false;
  const box = one.getBoundingClientRect(), held = getComputedStyle(one);
  const clipped = held.overflowX !== "visible" && held.overflowX !== "auto"
    && one.scrollWidth > one.clientWidth + 1;
  return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1 || clipped);
}).map((one) => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""


@pytest.fixture(params=["first screen", "participation", "step"])
def path(request, db) -> str:  # noqa: F811
    case = kikinda()
    owed = next(step for step in case.present_steps if step.key == "yearly_report")
    ways = {"first screen": "/my-steps/", "participation": case.get_absolute_url()}
    return ways.get(request.param) or owed.get_absolute_url()


def opened(new_context: NewContext, path: str, **window) -> Page:
    context = new_context(locale=LOCALES["sr-latn"], **window)
    sign_in(context, COORDINATOR)
    page = context.new_page()
    page.goto(path)
    return page


def test_at_twice_the_size_a_page_loses_nothing_and_does_not_scroll_sideways(new_context, path):
    whole, enlarged = (opened(new_context, path, **window) for window in (WHOLE, ENLARGED))

    menu = enlarged.locator(".mast .menu summary")
    menu.click()  # enlarged, the masthead stands behind one word, which is all that is new
    words, to_use = enlarged.evaluate(SEEN)

    before = [sorted([*seen, menu.inner_text()]) for seen in whole.evaluate(SEEN)]
    assert [sorted(words), sorted(to_use)] == before
    assert len(to_use) > 10
    assert not is_too_wide(enlarged)
    assert enlarged.evaluate(CUT_OFF) == []
