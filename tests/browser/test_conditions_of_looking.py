"""The pages for those whose screen has few colours, and for those whose line is slow.

With forced colours the browser takes away every background and shadow: what a colour tells must be
told by words, what is chosen and what has the focus must have a line around it. A slow line brings
400 kbit/s with 400 ms of delay: what a page promises to weigh is counted, and of two filters one
after the other only the last is ever shown.
"""

import gzip
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation
from django.utils.translation import ngettext
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.person import LOCALES
from tests.browser.sample import KIKINDA, MANAGER, kikinda, sample_cases
from tests.browser.signing_in import sign_in
from tests.demo.loaded import db  # noqa: F401
from workflow.pages.cards import colour
from workflow.pages.filters import soon
from workflow.pages.wording import due_words
from workflow.stages import OPEN

BOARD, FIGURES, STEPS = "/board/?programme=sample", "/board/figures/?programme=sample", "/my-steps/"
CASE = "the participation of Kikinda"
LANGUAGE = "sr-latn"
COLOURS = {"ok", "warn", "bad", "info", "late", "soon"}

# What bears a line on each page: the selector, and where it is drawn.
LINES = {
    BOARD: [
        (".chip", ""), (".tag", ""), (".stat", ""), (".col", ""), (".filters", ""),
        (".filters select", ""), (".btn", ""), (".nav a[aria-current=page]", ""),
    ],
    CASE: [
        (".card", ""), (".tag", ""), (".banner", ""), (".chips a", ""), (".btn", ""),
        (".rail li", "::before"), (".time > li", "::before"),
    ],
    STEPS: [(".tag", ""), (".card", ""), (".btn", ""), (".nav a[aria-current=page]", "")],
    FIGURES: [(".filters select", ""), (".btn", "")],
}  # fmt: skip
# Of everything that a selector finds: how many there are, and those without a line one can see.
WITHOUT_A_LINE = """([selector, drawn]) => {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const has = (style, side) => parseFloat(style[`border${side}Width`]) >= 1
    && style[`border${side}Style`] !== "none" && style[`border${side}Color`] !== paper;
  const all = [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility());
  const bare = all.filter((one) => !["Top", "Right", "Bottom", "Left"].some(
    (side) => has(getComputedStyle(one, drawn || null), side)));
  return [all.length, bare.map((one) => one.outerHTML.slice(0, 100))];
}"""
LOWER_LINE = """(links) => links.map((one) => getComputedStyle(one).borderBottomWidth)"""
# How the mark of a stage is drawn.
MARK = """(one) => { const {outlineStyle, outlineWidth, outlineColor, color, content}
  = getComputedStyle(one, "::before");
  return {outlineStyle, outlineWidth, outlineColor, color, content}; }"""
# What has the focus, unless a line around it is there that one can see.
UNSEEN_FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
    && style.outlineColor !== paper;
  return one === document.body || seen ? "" : one.outerHTML.slice(0, 100);
}"""
WORN = """(all) => all.map((one) => [one.textContent.replace(/\\s+/g, " ").trim(),
  [...one.classList]])"""
# Shapes of charts and maps that have neither an edge nor a filling that differs from the paper.
FADED = """(shapes) => {
  const paper = getComputedStyle(document.documentElement).backgroundColor;
  const gone = (colour) => colour === "none" || colour === paper;
  return shapes.filter((one) => gone(getComputedStyle(one).fill)
    && gone(getComputedStyle(one).stroke)).map((one) => one.outerHTML.slice(0, 100));
}"""
FILLED = "(all) => all.map((one) => getComputedStyle(one).fill)"
# The colours of text and of links that the reader has chosen.
INKS = """() => [document.querySelector("h1"), document.querySelector(".foot a")].map(
  (one) => getComputedStyle(one).color)"""

# The promise of the first view, in bytes.
WITHOUT_FONTS, WITH_FONTS = 56_000, 200_000
SLOW = {
    "offline": False, "latency": 400,
    "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8,
}  # fmt: skip
# Keep whatever the page ever says in the place, from now on.
REMEMBER = """(place) => {
  window.said = [];
  new MutationObserver(() => said.push(document.querySelector(place)?.innerText ?? "")).observe(
    document.body, {subtree: true, childList: true, characterData: true});
}"""


@pytest.fixture
def reader(db, new_context):  # noqa: F811
    """`reader(MANAGER, forced_colors="active")`: a page in Latin, signed in, nothing open."""

    def seated(email: str, **options) -> Page:
        get_user_model().objects.filter(email=email).update(language=LANGUAGE)
        context: BrowserContext = new_context(locale=LOCALES[LANGUAGE], **options)
        sign_in(context, email)
        return context.new_page()

    return seated


# Forced colours


@pytest.fixture
def forced(reader):
    """`forced(BOARD)`: that page, as somebody sees it who has chosen the colours."""

    def opened(where: str) -> Page:
        page = reader(KIKINDA if where == STEPS else MANAGER, forced_colors="active")
        page.goto(kikinda().get_absolute_url() if where == CASE else where)
        assert page.evaluate("matchMedia('(forced-colors: active)').matches")
        return page

    return opened


@pytest.mark.parametrize("where", LINES)
def test_with_forced_colours_marks_and_chosen_things_have_a_line(forced, where):
    page = forced(where)

    found = {line: page.evaluate(WITHOUT_A_LINE, list(line)) for line in LINES[where]}

    assert [line for line, (count, _bare) in found.items() if not count] == [], "nothing to see"
    assert {line: bare for line, (_count, bare) in found.items() if bare} == {}


@pytest.mark.parametrize("where", LINES)
def test_with_forced_colours_the_focus_is_seen_wherever_the_keyboard_goes(forced, where):
    page = forced(where)

    unseen = [tabbed(page) for _press in range(40)]
    if where == FIGURES:
        page.locator(".map a").first.focus()
        unseen += [tabbed(page) for _press in range(3)]

    assert [one for one in unseen if one] == []


def tabbed(page: Page) -> str:
    page.keyboard.press("Tab")
    return page.evaluate(UNSEEN_FOCUS)


@pytest.mark.parametrize("where", [BOARD, CASE, STEPS])
def test_what_a_colour_tells_words_tell_too(forced, where):
    """No colour without words, and never the same words under two colours."""
    page = forced(where)
    worn = page.locator(".tag, .stat, .chip .muted").evaluate_all(WORN)

    assert worn
    assert all(words for words, _css in worn)
    by_words: dict[str, set[str]] = {}
    for words, css in worn:
        by_words.setdefault(words, set()).add(" ".join(sorted(COLOURS & set(css))))
    assert {words: found for words, found in by_words.items() if len(found) > 1} == {}


def test_a_late_card_says_so_and_no_other_does(forced):
    page = forced(BOARD)
    with translation.override(LANGUAGE):
        told = {
            one.get_absolute_url(): (colour(one), due_words(one.next_due_at))
            for one in sample_cases().filter(stage__in=OPEN).exclude(next_due_at=None)
        }

    for card in page.locator(".board .chip.late, .board .chip.soon").all():
        css, words = told[card.get_attribute("href")]
        assert css in card.get_attribute("class").split()
        assert words in card.inner_text()
    late = {words for css, words in told.values() if css == "late"}
    others = page.locator(".board .chip:not(.late)").all_inner_texts()
    assert late
    assert [text for text in others if any(words in text for words in late)] == []


@pytest.mark.parametrize(
    ("where", "among"), [(BOARD, ".mast .nav a"), (CASE, "#timeline .chips a")]
)
def test_what_is_chosen_has_more_of_a_line_than_its_neighbours(forced, where, among):
    page = forced(where)

    [chosen] = page.locator(f"{among}[aria-current]").evaluate_all(LOWER_LINE)
    others = page.locator(f"{among}:not([aria-current])").evaluate_all(LOWER_LINE)
    assert chosen == "3px"
    assert set(others) <= {"0px", "1px"}
    assert len(others) > 2


def test_the_stages_say_where_they_are_without_colours(forced):
    """A tick, a number, a thicker ring; and the same in words that are read aloud."""
    page = forced(CASE)

    for stage in page.locator(".rail li").all():
        assert stage.locator(".vh").inner_text()
    ring = page.locator(".rail [aria-current=step]").evaluate(MARK)
    assert (ring["outlineStyle"], ring["outlineWidth"]) == ("solid", "3px")
    assert ring["outlineColor"] == ring["color"]
    assert page.locator(".rail .done").first.evaluate(MARK)["content"] == '"✓"'


def test_charts_and_map_keep_their_shapes_and_say_each_in_a_table(forced):
    page = forced(FIGURES)

    shapes = page.locator(".chart rect, .chart polygon, .chart circle, .map path")
    assert shapes.count() > 100
    assert shapes.evaluate_all(FADED) == []
    letters = page.locator(".chart text:not([class^=on-])")
    assert set(letters.evaluate_all(FILLED)) <= set(page.evaluate(INKS))
    for figure in page.locator("main figure").all():
        assert figure.locator("table tbody tr").count() > 1
    for unit in page.locator(".map a title").all_text_contents():
        assert ": " in unit, "the stage stands beside the name"


# A slow line


def slowed(page: Page) -> Page:
    """From now on 400 kbit/s with 400 ms of delay."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    return page


def test_the_first_view_of_the_board_arrives_whole_and_weighs_no_more_than_promised(reader):
    page, answers, failed = slowed(reader(MANAGER)), [], []
    page.on("response", lambda answer: answers.append(answer))
    page.on("requestfailed", lambda request: failed.append(request.url))

    page.goto(BOARD, wait_until="networkidle")

    assert failed == []
    assert {answer.status for answer in answers} == {200}
    expect(page.locator("#tiles > li")).to_have_count(4)
    expect(page.locator(".foot")).to_be_visible()
    assert page.evaluate("[...document.fonts].map((one) => one.status)").count("loaded") >= 6
    fonts = [one for one in answers if one.url.endswith(".woff2")]
    rest = sum(packed(one.body()) for one in answers if one not in fonts)
    assert 10_000 < rest <= WITHOUT_FONTS
    assert rest + sum(len(one.body()) for one in fonts) <= WITH_FONTS


def packed(body: bytes) -> int:
    """What goes over the line where the proxy compresses; the server of the tests does not."""
    return len(gzip.compress(body))


def test_of_two_deadlines_chosen_quickly_only_the_last_is_ever_shown(reader):
    page, given_up = watched(reader, "#told")

    with page.expect_request(lambda request: asked(request.url, "due") == "late"):
        page.locator("#due").select_option("late")
    page.locator("#due").select_option("soon")

    count = sample_cases().filter(soon(), stage__in=OPEN).count()
    last = translated("%(n)s participation", "%(n)s participations", count)
    expect(page.locator("#told")).to_have_text(last)
    assert asked(page.url, "due") == "soon"
    assert set(page.evaluate("said")) == {last}
    assert [asked(url, "due") for url in given_up] == ["late"]


def test_of_two_names_typed_quickly_only_the_last_is_ever_shown(reader):
    page, given_up = watched(reader, "#result .chips")

    with page.expect_request(lambda request: asked(request.url, "q") == "brus"):
        page.locator("#q").press_sequentially("brus")
    page.keyboard.press("Control+A")
    page.keyboard.type("pirot")

    expect(page.locator(".board .chip")).to_have_count(1)
    expect(page.locator(".board .chip")).to_contain_text("Pirot")
    assert asked(page.url, "q") == "pirot"
    said = page.evaluate("said")
    assert any("pirot" in one for one in said)
    assert [one for one in said if "brus" in one] == []
    assert [asked(url, "q") for url in given_up] == ["brus"]


def watched(reader, place: str) -> tuple[Page, list[str]]:
    """The board behind a slow line; what it says in that place is kept, and what it gave up."""
    page, given_up = reader(MANAGER), []
    page.goto(BOARD, wait_until="networkidle")
    page.evaluate(REMEMBER, place)
    page.on("requestfailed", lambda request: given_up.append(request.url))
    return slowed(page), given_up


def asked(url: str, name: str) -> str:
    return parse_qs(urlsplit(url).query).get(name, [""])[0]


def translated(one: str, many: str, count: int) -> str:
    with translation.override(LANGUAGE):
        return ngettext(one, many, count) % {"n": count}
