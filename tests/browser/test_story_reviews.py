"""Two evaluators review a draft blind: the one at a desk, the other on a phone without scripts.

Neither reads a word of the other before their own review is handed in; then the manager reads
both and accepts, and the municipality reads that the step is closed and nothing of the reviews.
"""

from playwright.sync_api import expect

from tests.browser.person import Person
from tests.browser.sample import EVALUATOR, KIKINDA, MANAGER
from tests.browser.samples_of_reviews import SECOND, handed_in, reviewed_case, second_evaluator
from tests.browser.telling import (
    PHONE,
    at_the_desk,
    reads_without_scrolling_sideways,
    recorded_by,
)
from tests.demo.loaded import db  # noqa: F401
from tests.stepping import the_step
from workflow.models import Step

NO_COSTS = "За две мере нема трошкова."
NO_DATES = "Мере немају рокове."


def test_two_evaluators_review_blind_and_the_manager_decides(new_context):
    case = reviewed_case(["draft"], number=79)
    second_evaluator()
    owed = handed_in(case, "draft")

    first = at_the_desk(new_context, EVALUATOR, "sr")
    opens_from_the_queue(first, owed)
    saves_a_draft_and_sees_its_points_add_up(first)
    hands_it_in(first, value="partly", remark=NO_COSTS)

    other = at_the_desk(new_context, SECOND, "sr", viewport=PHONE, java_script_enabled=False)
    reads_nothing_of_the_first(other, owed)
    hands_it_in(other, value="no", remark=NO_DATES, points="4")
    for remark in (NO_COSTS, NO_DATES):
        expect(other.main).to_contain_text(remark)
    reads_without_scrolling_sideways(other)

    accepts(at_the_desk(new_context, MANAGER, "en"), owed)
    assert the_step(case, "draft").status == "accepted"
    assert recorded_by(EVALUATOR) == recorded_by(SECOND) == [("hand_in_review", "evaluator")]
    reads_that_it_is_closed(at_the_desk(new_context, KIKINDA, "sr-latn"), owed)


def opens_from_the_queue(who: Person, owed: Step) -> None:
    who.go("Reviews")
    line = who.main.locator(f"#queue ~ ul a[href='{owed.get_absolute_url()}']")
    expect(who.main).to_contain_text(who.words("Your review is wanted."))
    who.open(line)
    who.follow("Write your review")


def saves_a_draft_and_sees_its_points_add_up(who: Person) -> None:
    who.fill({"answer_costs": "7"})
    expect(who.main.locator("[data-total]")).to_have_text("7")
    who.press("Save the draft")
    who.is_told("The draft is saved. Nobody but you can read it.")
    expect(who.main.locator("[name=answer_costs]")).to_have_value("7")


def hands_it_in(who: Person, *, value: str, remark: str, points: str = "7") -> None:
    who.main.locator(f"[name=answer_goals][value={value}]").check()
    who.fill({"remark_goals": remark, "answer_costs": points})
    who.press("Hand in the review")
    who.is_told("Review handed in")
    expect(who.main).to_contain_text(remark)


def reads_nothing_of_the_first(who: Person, owed: Step) -> None:
    who.page.goto(owed.get_absolute_url())
    expect(who.main).to_contain_text("Предато је 1 од 2 оцене.")
    assert NO_COSTS not in who.main.inner_text()
    reads_without_scrolling_sideways(who)
    who.follow("Write your review")
    assert NO_COSTS not in who.main.inner_text()
    assert who.main.locator("[name=answer_costs]").input_value() == ""
    reads_without_scrolling_sideways(who)


def accepts(who: Person, owed: Step) -> None:
    who.page.goto(owed.get_absolute_url())
    who.follow("Accept")
    expect(who.main).to_contain_text("2 of 2 reviews handed in. All together: 11 of 20 points.")
    who.press("Accept")
    who.is_told("Accepted")


def reads_that_it_is_closed(who: Person, owed: Step) -> None:
    who.page.goto(owed.get_absolute_url())
    expect(who.main).to_contain_text("Predato je 2 od 2 ocene.")
    for remark in ("nema troškova", "nemaju rokove"):
        assert remark not in who.main.inner_text()
