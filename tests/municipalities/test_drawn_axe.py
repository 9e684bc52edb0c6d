"""Every chart and both maps in Chromium: axe finds nothing, nothing scrolls sideways, words fit.

The page has no URL of the product; it is made by a template here, inside the shell, and served to
Chromium from memory under the policy.
"""

import mimetypes
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils import translation
from playwright.sync_api import Page

from municipalities.maps.country import MapMark, country_map
from municipalities.models import Municipality
from municipalities.models.register import Country
from tests.browser.chromium import IN_CHROMIUM, listen, started
from tests.browser.looking import OF_LOOKS, is_too_wide, objections
from tests.web.charted import HOSTILE, PALETTE, STAGES, every_shape

STATIC = Path(settings.BASE_DIR, "web/static")
PAGE = """{% extends "web/base.html" %}{% load charts maps %}
{% block h1 %}Drawings{% endblock %}
{% block content %}<div class="stack stack-l">
{% for one in charts %}<section><h2>{{ one.title }}</h2>{% chart one %}</section>{% endfor %}
{% for one in maps %}<section><h2>{{ one.title }}</h2>{% map one %}</section>{% endfor %}
</div>{% endblock %}"""
POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'"
# Boxes of the words of each chart that leave the drawing, or lie on other words of it.
WORDS_IN_THE_WAY = """() => {
  const found = [];
  for (const svg of document.querySelectorAll(".scroll > .chart")) {
    const frame = svg.getBoundingClientRect();
    const lines = [...svg.querySelectorAll("tspan")].map((one) => one.getBoundingClientRect());
    for (const [index, box] of lines.entries()) {
      if (box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 2)
        found.push(`outside: ${svg.querySelectorAll("tspan")[index].textContent}`);
      for (const other of lines.slice(index + 1))
        if (box.left < other.right - 1 && other.left < box.right - 1
            && Math.abs(box.top - other.top) < box.height / 2)
          found.push(`on another: ${svg.querySelectorAll("tspan")[index].textContent}`);
    }
  }
  return found;
}"""
OPEN_TABLES = "document.querySelectorAll('details').forEach((one) => { one.open = true })"

pytestmark = IN_CHROMIUM


def page_of(language: str, names: list[str]) -> str:
    """The sample page: every seventh unit takes part, and those that cannot be drawn."""
    with translation.override(language):
        codes = Municipality.objects.sorted().values_list("code", flat=True)
        marks = {
            code: MapMark(PALETTE[index % 6], f"/{code}/", names[index % 6])
            for index, code in enumerate(codes)
            if index % 7 == 0 or code in ("70181", "rs-stanari")
        }
        maps = [country_map(country, marks) for country in Country]
        template = engines["django"].from_string(PAGE)
        return template.render({"charts": every_shape(names), "maps": maps})


@pytest.fixture
def open_page(register):
    """`open_page("/sr/", viewport=…)`: the sample page in Chromium; the policy refused nothing.

    The page is made before the browser starts, whose loop would get a connection of its own.
    """
    heard: list[str] = []
    with ExitStack() as stack:

        def open_it(url: str, **options) -> Page:
            language = url.strip("/")
            names = STAGES.get(language, HOSTILE)
            made = page_of(language if language in STAGES else "en", names)
            context = stack.enter_context(started()).new_context(**options)
            listen(context, heard)
            page = context.new_page()
            page.route("**/*", lambda route: serve(route, made))
            page.goto(f"http://testserver{url}")
            assert page.locator("svg.map a").count() > 20
            return page

        yield open_it
    assert heard == []


def serve(route, made: str) -> None:
    address = "/" + route.request.url.split("/", 3)[3]
    if address.startswith("/static/"):
        file = STATIC / address.removeprefix("/static/")
        route.fulfill(path=file, content_type=mimetypes.guess_type(file.name)[0] or "font/woff2")
    else:
        headers = {"Content-Security-Policy": POLICY, "Content-Type": "text/html; charset=utf-8"}
        route.fulfill(body=made, headers=headers)


@pytest.mark.parametrize(
    ("url", "scheme", "width", "rules"),
    [
        ("/en/", "light", 1280, []),
        ("/sr/", "dark", 320, []),
        ("/sr-latn/", "dark", 1280, OF_LOOKS),
        ("/sr-latn/", "light", 320, OF_LOOKS),
        ("/hostile/", "dark", 1280, OF_LOOKS),
        ("/hostile/", "light", 320, []),
    ],
)
def test_axe_objects_to_nothing_and_all_words_have_room(open_page, url, scheme, width, rules):
    page = open_page(url, viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.evaluate(OPEN_TABLES)

    assert objections(page, *rules) == []
    assert page.evaluate(WORDS_IN_THE_WAY) == []
    assert not is_too_wide(page)


def test_in_forced_colours_words_take_the_readers_own(open_page):
    page = open_page("/en/", color_scheme="dark", forced_colors="active")

    assert objections(page, *OF_LOOKS) == []
    fill = "(one) => getComputedStyle(one).fill"
    own = page.evaluate("getComputedStyle(document.body).color")
    assert page.locator(".chart .num").first.evaluate(fill) == own
    assert page.locator(".chart rect.bar").first.evaluate(fill) == own


def test_letters_are_never_smaller_than_drawn(open_page):
    """On a phone a chart keeps its size and scrolls in its own region."""
    page = open_page("/sr/", viewport={"width": 320, "height": 800})

    scales = page.evaluate(
        "[...document.querySelectorAll('.scroll > .chart')].map((one) => one.getScreenCTM().a)"
    )

    assert len(scales) == 6
    assert min(scales) >= 1


def test_a_map_is_walked_by_keyboard_and_shows_where_one_is(open_page):
    page = open_page("/en/")
    page.locator("svg.map a").first.focus()

    page.keyboard.press("Tab")

    second = page.locator("svg.map a").nth(1)
    assert second.evaluate("(one) => one === document.activeElement")
    assert second.evaluate("(one) => getComputedStyle(one).outline").endswith("solid 30px")
    width = "(one) => getComputedStyle(one.querySelector('path')).strokeWidth"
    assert second.evaluate(width) == "40px"
