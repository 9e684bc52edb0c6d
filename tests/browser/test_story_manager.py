"""A programme manager before the screen: decides by keyboard, holds on a phone, reads the map.

Three days of one person over the sample programme, each in another language: Latin with the
keyboard alone; English on a phone of 320 pixels without JavaScript; Cyrillic with a mouse.
"""

import pytest
from django.utils import translation
from playwright.sync_api import Locator, expect

from config.demo.people import PASSWORD
from tests.browser.person import Person
from tests.browser.sample import MANAGER, sample_cases
from tests.browser.signing_in import sign_in
from tests.browser.telling import (
    PHONE,
    in_their_words,
    reads_without_scrolling_sideways,
    seated,
)
from tests.demo.loaded import db  # noqa: F401
from workflow.audit.models import Entry
from workflow.models import Participation
from workflow.pages.filters import late
from workflow.stages import OPEN, Stage
from workflow.verbs import act_name

BOARD = "/board/?programme=sample"
REASON, PAUSE, AGAIN = "Odbor je imenovan.", "The assembly is dissolved.", "It was elected."
# The words of a link on the map, and the cells of a row of a table.
MAP_LINKS = """(links) => links.map((one) => one.querySelector("title").textContent.trim())"""
ROWS = """(rows) => rows.map((row) => [...row.cells].map((one) => one.textContent.trim()))"""


@pytest.fixture
def manager(db, new_context):  # noqa: F811
    """`manager("en", viewport=…)`: before the screen, in this language, not yet signed in."""

    def before_the_screen(language: str, **options) -> Person:
        return seated(new_context, MANAGER, language, **options)

    return before_the_screen


def entries_of(case: Participation, *verbs: str) -> list[tuple]:
    """What the log holds of these acts: who, in which role, by which channel, why."""
    found = Entry.objects.filter(participation=case, verb__in=verbs).order_by("seq")
    return [(one.verb, one.by.email, one.role, one.channel, one.reason) for one in found]


def read_by(person: Person, case: Participation) -> str:
    """The name of the municipality as this person reads it."""
    return in_their_words(person, lambda: case.municipality.full_name)


# Latin, with the keyboard alone


def test_a_move_is_decided_with_the_keyboard_alone(manager):
    who = manager("sr-latn")
    ready = sample_cases().get(stage="memorandum", is_ready=True)

    who.sign_in_by_keyboard(MANAGER, PASSWORD)
    assert who.page.url.endswith("/board/")
    choose_the_sample_by_keyboard(who)
    find_what_is_ready(who, ready)
    decide_by_keyboard(who, ready)
    find_it_in_the_timeline(who)

    ready = Participation.objects.get(pk=ready.pk)
    assert ready.stage == Stage.ASSESSMENT
    told = ("start_assessment", MANAGER, "programme_manager", "web", REASON)
    assert entries_of(ready, "start_assessment") == [told]


def choose_the_sample_by_keyboard(who: Person) -> None:
    """Letters choose from a list; the board follows, and the keyboard stays where it was."""
    with translation.override(who.language):
        name = str(sample_cases()[0].programme)
    who.tab_to("programme")
    who.page.keyboard.type(name[:3])
    expect(who.page.locator("h1")).to_have_text(f"{who.words('Board')}: {name}")
    assert who.page.evaluate("document.activeElement.id") == "programme"


def find_what_is_ready(who: Person, ready: Participation) -> None:
    """The tile says how many; the list behind it has as many lines."""
    count = sample_cases().filter(is_ready=True, stage__in=OPEN).count()
    who.tab_back_to(f"{count} {who.words('ready to advance')}")
    who.enter()
    expect(who.main.locator("tbody tr")).to_have_count(count)
    who.tab_to(f"{read_by(who, ready)}, {ready.reference}")  # the number only is read aloud
    who.enter()
    assert read_by(who, ready) in who.page.inner_text("h1")


def decide_by_keyboard(who: Person, ready: Participation) -> None:
    with translation.override(who.language):
        act, named = str(act_name("start_assessment")), ready.municipality.name
        stages = f"{Stage.MEMORANDUM.label} → {Stage.ASSESSMENT.label}"
    who.tab_to(act)
    who.enter()
    assert stages in who.main.inner_text()
    who.reads("Steps and deadlines that follow")
    who.tab_to("reason")
    who.type(REASON)
    who.tab_to(who.words("Move %(name)s to “%(stage)s”", name=named, stage=label(who)))
    who.enter()
    who.is_told("Assessment started")


def label(who: Person) -> str:
    with translation.override(who.language):
        return str(Stage.ASSESSMENT.label)


def find_it_in_the_timeline(who: Person) -> None:
    """Among the decisions alone, still with the keyboard; nothing is loaded anew."""
    who.tab_to(who.words("Decisions"))
    who.page.keyboard.press("Enter")
    expect(who.main.locator("#show-transitions")).to_have_attribute("aria-current", "true")
    newest = who.main.locator(".time > li").first
    expect(newest).to_contain_text(f"{who.words('Reason:')} {REASON}")
    expect(newest).to_contain_text(label(who))


# English, on a phone, without JavaScript


def test_an_overdue_one_is_held_and_resumed_on_a_phone_without_scripts(manager):
    who = manager("en", viewport=PHONE, java_script_enabled=False)
    sign_in(who.page.context, MANAGER)
    overdue = sample_cases().filter(late(), stage="memorandum").first()

    filter_to_overdue(who)
    before = cards(who)
    open_card(who, overdue)
    hold(who, overdue)
    who.page.goto(f"{BOARD}&due=late")
    assert cards(who) == before - {overdue.get_absolute_url()}
    resume(who, overdue)

    told = [
        ("hold", MANAGER, "programme_manager", "web", PAUSE),
        ("resume", MANAGER, "programme_manager", "web", AGAIN),
    ]
    assert entries_of(overdue, "hold", "resume") == told
    assert Participation.objects.get(pk=overdue.pk).on_hold_since is None


def filter_to_overdue(who: Person) -> None:
    who.page.goto("/board/")
    for name, value in {"programme": "sample", "due": "late"}.items():
        who.choose(name, value)
        who.press("Apply")
    expect(who.main.locator(".chips")).to_contain_text("Overdue")
    reads_without_scrolling_sideways(who)


def cards(who: Person) -> set[str]:
    return {one.get_attribute("href") for one in who.main.locator(".board .chip").all()}


def open_card(who: Person, overdue: Participation) -> None:
    who.open(who.main.locator(f".board .chip[href='{overdue.get_absolute_url()}']"))
    assert overdue.municipality.name_latin in who.page.inner_text("h1")
    assert "late" in turn(who)
    reads_without_scrolling_sideways(who)


def turn(who: Person) -> str:
    """What the page says first: whose turn it is, or why it is nobody's."""
    return who.main.locator("[aria-labelledby=turn]").inner_text()


def hold(who: Person, overdue: Participation) -> None:
    who.follow("Other decisions")
    reads_without_scrolling_sideways(who)
    who.follow("Put on hold")
    who.reads("What happens to the deadlines")
    reads_without_scrolling_sideways(who)
    who.fill({"reason": PAUSE})
    who.press(f"Put on hold: {overdue.municipality.name_latin}")
    who.is_told("Put on hold")
    assert "on hold since" in turn(who).lower()
    reads_without_scrolling_sideways(who)


def resume(who: Person, overdue: Participation) -> None:
    who.page.goto(overdue.get_absolute_url())
    who.follow("Resume")
    who.fill({"reason": AGAIN})
    who.press(f"Resume: {overdue.municipality.name_latin}")
    who.is_told("Resumed")


# Cyrillic, with figures and map


def test_the_map_leads_to_a_participation_and_every_table_says_what_is_drawn(manager):
    who = manager("sr")
    sign_in(who.page.context, MANAGER)
    who.page.goto(BOARD)
    standing = [int(one) for one in who.main.locator(".col > summary .num").all_inner_texts()]

    who.follow("Bottlenecks, figures and the map")

    charts = who.main.locator("figure").all()
    _days, reached, _turns = [compare(chart) for chart in charts[:3]]
    assert [int(row[-1]) for row in reached] == standing, "the board counts otherwise"
    compare_the_map(who)
    open_from_the_map(who)


def compare(chart: Locator) -> list[list[str]]:
    """The rows of the table, once each number of the drawing was found in it."""
    drawn = " ".join(chart.locator("svg.chart text.num").all_text_contents()).split()
    rows = told_in(chart)
    assert drawn
    assert set(drawn) <= {word for row in rows for cell in row for word in cell.split()}
    return rows


def told_in(figure: Locator) -> list[list[str]]:
    """The table beside a drawing, opened as a reader does."""
    figure.locator("summary").click()
    return figure.locator("tbody tr").evaluate_all(ROWS)


def compare_the_map(who: Person) -> None:
    """On the map and beside it stand exactly those of the table, each with the same stage."""
    figure = who.main.locator("figure:has(.map)")
    drawn = figure.locator(".map a").evaluate_all(MAP_LINKS)
    beside = figure.locator("p a[href^='/participations/']").all_inner_texts()
    assert sorted([*drawn, *beside]) == sorted(f"{name}: {at}" for name, at in told_in(figure))


def open_from_the_map(who: Person) -> None:
    """By the words of the link, as they are read aloud."""
    case = sample_cases().get(stage="assessment", is_ready=True)
    name = read_by(who, case)
    with translation.override("sr"):
        words = f"{name}: {Stage.ASSESSMENT.label}"
    who.main.get_by_role("link", name=words, exact=True).first.focus()
    with who.page.expect_navigation():
        who.page.keyboard.press("Enter")
    assert who.page.url.endswith(case.get_absolute_url())
    assert name in who.page.inner_text("h1")
