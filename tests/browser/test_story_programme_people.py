"""The people of a programme at their screens: the mentor by keyboard, the evaluator on a phone.

What each of them reads stands in their own language; what they did is compared with the log.
"""

from playwright.sync_api import Locator, expect

from config.demo.people import PASSWORD
from tests.browser.person import Person
from tests.browser.sample import EVALUATOR, MENTOR
from tests.browser.telling import (
    PHONE,
    at_the_desk,
    in_their_words,
    reads_without_scrolling_sideways,
    recorded_by,
    seated,
    today,
)
from tests.demo.loaded import db  # noqa: F401
from workflow.models import Step

REMARKS = "Who was present is missing; name the institutions."
BASIS = "Циљеви су мерљиви, за две мере нема трошкова."
RATING = "Оцена стратегије"


# The mentor, in English, by keyboard alone


def test_a_mentor_opens_the_one_most_at_risk_and_returns_a_step_by_keyboard(new_context):
    who = seated(new_context, MENTOR, "en")
    who.sign_in_by_keyboard(MENTOR, PASSWORD)

    reads_the_reason_for_the_risk(who)
    step = opens_what_waits_for_a_look(who)
    returns_it_with_remarks(who)

    step.refresh_from_db()
    assert step.status == "returned"
    assert step.evidence.get().remarks == [REMARKS]
    assert recorded_by(MENTOR) == [("return", "mentor")]
    assert step.entries.get(verb="return").by.email == MENTOR


def reads_the_reason_for_the_risk(who: Person) -> None:
    """Those that are late stand first; the first of them says what is late and whose turn it is."""
    first_group = who.main.locator("section > h2").first
    expect(first_group).to_contain_text(who.words("Overdue"))
    top = who.main.locator("article").first
    expect(top.locator(".tag.bad")).to_be_visible()
    late = top.locator("p a").first.inner_text()
    who.tab_to(spoken(top.get_by_role("link").first))
    who.enter()
    why = who.main.locator("[aria-labelledby=turn]")
    for told in (late, "It is the turn of", "late)"):
        expect(why).to_contain_text(told)


def opens_what_waits_for_a_look(who: Person) -> Step:
    """Back on the list, the first button that says: look at what was handed in."""
    who.tab_to(who.words("My municipalities"))
    who.enter()
    button = who.main.get_by_role("link", name=who.words("Look at: %(step)s", step="")).first
    words, address = spoken(button), button.get_attribute("href")
    who.tab_to(words)
    who.enter()
    assert who.page.url.endswith(address)
    assert words.endswith(who.page.inner_text("h1"))
    return Step.objects.get(uuid=address.strip("/").split("/")[-1])


def returns_it_with_remarks(who: Person) -> None:
    who.tab_to(who.words("Return with remarks"))
    who.enter()
    expect(who.main.locator("h1")).to_contain_text(who.words("Return with remarks"))
    who.tab_to("remarks")
    who.type(REMARKS)
    who.tab_to(who.words("Return with remarks"))
    who.enter()
    who.is_told("Returned with remarks")
    who.reads("Remarks")
    expect(who.main).to_contain_text(REMARKS)


def spoken(link: Locator) -> str:
    """The words of a link as `tab_to` compares them."""
    return " ".join(link.inner_text().split()).replace(" ,", ",")


# The evaluator, in Cyrillic, on a phone of 320 pixels, without scripts


def test_an_evaluator_rates_the_first_of_the_queue_on_a_phone(new_context):
    who = at_the_desk(new_context, EVALUATOR, "sr", viewport=PHONE, java_script_enabled=False)
    reads_without_scrolling_sideways(who)
    queue = queue_of(who)
    assert len(queue) > 1

    step = opens_the_first(who, queue[0])
    rates(who)
    reads_that_the_queue_is_shorter(who, queue)

    step.refresh_from_db()
    assert (step.status, step.evidence.get().told["mark"]) == ("accepted", "добар")
    assert recorded_by(EVALUATOR) == [("hand_in", "evaluator")]
    assert step.entries.get(verb="hand_in").by.email == EVALUATOR


def queue_of(who: Person) -> list[str]:
    """Where each line of the queue leads, in its order; the due days stand in that order too."""
    lines = who.main.locator("[aria-labelledby=queue] a.go")
    return [one.get_attribute("href") for one in lines.all()]


def opens_the_first(who: Person, address: str) -> Step:
    """The most urgent is the first of the queue."""
    step = Step.objects.with_names().get(uuid=address.strip("/").split("/")[-1])
    steps = [Step.objects.get(uuid=one.strip("/").split("/")[-1]) for one in queue_of(who)]
    assert [one.due_at for one in steps] == sorted(one.due_at for one in steps)
    urgent = who.section("Most urgent")
    expect(urgent).to_contain_text(
        in_their_words(who, lambda: step.participation.municipality.full_name)
    )
    who.follow("Start the review")
    assert who.page.url.endswith(address)
    assert who.page.inner_text("h1") == RATING
    reads_without_scrolling_sideways(who)
    return step


def rates(who: Person) -> None:
    who.main.get_by_label("добар").check()
    who.fill({"note": BASIS, "dated_on": today()})
    who.press("Hand in")
    who.is_told("Handed in")
    expect(who.main).to_contain_text(BASIS)
    reads_without_scrolling_sideways(who)


def reads_that_the_queue_is_shorter(who: Person, before: list[str]) -> None:
    who.go("Reviews")
    assert queue_of(who) == before[1:]
    expect(who.main.locator("#queue .num")).to_have_text(str(len(before) - 1))
    reads_without_scrolling_sideways(who)
