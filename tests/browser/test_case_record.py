"""The page of a participation on paper, and its timeline without JavaScript."""

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.signing_in import sign_in
from tests.conftest import facts_for
from tests.stepping import settle
from tests.world import step
from workflow import services
from workflow.models import Participation

FOLDED = "details:not([open]) .tasks"


@pytest.fixture
def ready(make_participation, manager, coordinator) -> Participation:
    """Every condition is met, so the branch of its steps stands folded."""
    steps = {"assessment": [step("visit")]}
    participation = make_participation("assessment", stages=steps)
    settle(participation, "visit", by=coordinator, accepted_by=manager)
    return participation


def test_a_case_reads_on_paper_and_without_javascript(ready, manager, new_context):
    """One test, since the people of a module live in one database."""
    on_paper_all_is_unfolded_and_nothing_is_to_be_pressed(ready, manager, new_context)
    without_javascript_the_timeline_grows_and_is_narrowed(ready, manager, new_context)


def on_paper_all_is_unfolded_and_nothing_is_to_be_pressed(ready, manager, new_context):
    page = opened(new_context(locale="en-GB"), manager, ready)
    on_screen = page.locator(FOLDED).is_visible()

    page.emulate_media(media="print")

    assert not on_screen
    assert page.locator(FOLDED).is_visible()
    assert page.get_by_text("Record of the case, printed").is_visible()
    for gone in (".mast", ".foot", ".crumbs", "main .btn", ".chips"):
        assert not any(one.is_visible() for one in page.locator(gone).all()), gone


def without_javascript_the_timeline_grows_and_is_narrowed(ready, manager, new_context):
    for name in ["hold", "resume"] * 5:
        fresh = Participation.objects.get(pk=ready.pk)
        services.perform_transition(fresh, name, by=manager, **facts_for(fresh))
    page = opened(new_context(locale="en-GB", java_script_enabled=False), manager, ready)
    items = page.locator(".time > li")

    at_first = items.count()
    page.locator("#timeline .btn").click()
    all_of_them = items.count()
    page.get_by_role("link", name="Steps", exact=True).click()

    assert (at_first, items.count()) == (10, 2)  # handed in and accepted
    assert all_of_them > 10


def opened(context: BrowserContext, who, case: Participation) -> Page:
    sign_in(context, who.email)
    page = context.new_page()
    page.goto(case.get_absolute_url())
    return page
