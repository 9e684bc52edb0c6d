"""What is looked at on a page that stands in Chromium: axe, its width, its words."""

import re
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import axe_playwright_python
from playwright.sync_api import Browser, Page

# All rules up to WCAG 2.2 AA and best practice. Only `target-size` is not on by itself. Where a
# rule is broken is asked only if one is: naming the elements takes as long as looking at them.
ASK_AXE = """async (rules) => {
  const run = (named, selectors) => axe.run(document, {
    resultTypes: ["violations"], preload: false, selectors, rules: {"target-size": {enabled: true}},
    ...(named.length ? {runOnly: {type: "rule", values: named}} : {}),
  });
  const broken = (await run(rules, false)).violations.map((one) => one.id);
  if (!broken.length) return [];
  const where = (one) => one.nodes.map((node) => node.target).join(" | ");
  const told = (await run(broken, true)).violations;
  return told.map((one) => `axe ${one.id}: ${where(one)}`);
}"""
# The rules that ask how a page looks; the others read its elements alone.
OF_LOOKS = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
# The words that a reader meets: every text that is not marked as of another language, as code or
# as an address, and the names that only screen readers say.
READ_WORDS = """() => {
  const foreign = "code, script, style, [lang]:not(html), a[href^=mailto]";
  const clean = (text) => text.replace(/\\s+/g, " ").trim();
  const words = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest(foreign)) words.push(walker.currentNode.data);
  for (const name of ["aria-label", "placeholder", "alt", "title"])
    for (const one of document.querySelectorAll(`[${name}]`)) words.push(one.getAttribute(name));
  return words.map(clean).filter(Boolean);
}"""

# The words of the page in one line, without what was typed and what is shown sign by sign.
READ_LINE = """() => {
  const copy = document.body.cloneNode(true);
  for (const one of copy.querySelectorAll("code, script, style, textarea")) one.remove();
  return copy.textContent.replace(/\\s+/g, " ");
}"""
# The stop of a Serbian year before another sign: one of the two is too much.
TWO_SIGNS = re.compile(r".{0,30}?\b\d{4}\. ?[.,;:)]")


# What stands at the head of every page: the words of its H1s, its title, its language.
READ_FRAME = """() => [
  [...document.querySelectorAll("h1")].map((one) => one.innerText.replace(/\\s+/g, " ").trim()),
  document.title, document.documentElement.getAttribute("lang"),
]"""

# The page as it stands now. Its scripts have done their work.
COPY = """() => {
  const copy = document.documentElement.cloneNode(true);
  for (const one of copy.querySelectorAll("script")) one.remove();
  return "<!doctype html>" + copy.outerHTML;
}"""
# In place of the document that stood there; what is at home in its window stays, axe too.
WRITE = """async (page) => {
  document.open();
  const stands = new Promise((done) => addEventListener("load", done, {once: true}));
  document.write(page);
  document.close();
  await stands;
  await document.fonts.ready;
}"""
TABS: WeakKeyDictionary[Browser, Page] = WeakKeyDictionary()


@cache
def axe_source() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()


def objections(page: Page, *rules: str) -> list[str]:
    """Everything that axe objects to: the rule and where. All rules, unless some are named."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_source())
    return page.evaluate(ASK_AXE, list(rules))


def copied(page: Page) -> Page:
    """The same page in a tab of its browser in which axe is at home.

    To read axe anew on every page takes as long as to look at it. The policy is not asked there:
    the page itself was loaded under it.
    """
    browser = page.context.browser
    if browser not in TABS:
        tab = TABS[browser] = browser.new_context(bypass_csp=True).new_page()
        tab.goto(page.url)
        tab.evaluate(axe_source())
    TABS[browser].evaluate(WRITE, page.evaluate(COPY))
    return TABS[browser]


def is_too_wide(page: Page) -> bool:
    """Whether the page scrolls sideways."""
    return page.evaluate("document.scrollingElement.scrollWidth > innerWidth")


def words_on(page: Page) -> list[str]:
    return page.evaluate(READ_WORDS)


def double_stops(page: Page) -> list[str]:
    """Where a date and the sentence around it both set a sign: "2. marta 2026.."."""
    return TWO_SIGNS.findall(page.evaluate(READ_LINE))


def frame_objections(page: Page, lang: str) -> list[str]:
    """What every page owes: one H1 with words, a title that follows it, its language."""
    heads, title, found = page.evaluate(READ_FRAME)
    wrong = [] if len(heads) == 1 and heads[0] else [f"h1: {heads}"]
    wrong += [] if title.endswith(" – Koraci") else [f"title: {title!r}"]
    return wrong + ([] if found == lang else [f"lang: {found!r}"])
