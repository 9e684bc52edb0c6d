"""What waits for an evaluator: reviews that are wanted, until their own is in; then decisions."""

import pytest

from tests.conftest import make_municipality, open_in
from tests.documents.reviewing import hand_in_paper, hand_in_review, paper_step, rating_step
from tests.documents.uploaded import assessed
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE

REVIEWS = "/reviews/"


@pytest.fixture
def second(person, programme):
    return person("evaluator", over=programme)


def keys(client, who) -> list[str]:
    page = read(client, who, REVIEWS)
    return [one.step.key for one in page.context["queue"].reviews]


def test_a_paper_stands_there_until_ones_own_review_is_in(
    client, make_participation, coordinator, evaluator, second
):
    case = assessed(make_participation, paper_step())
    assert keys(client, evaluator) == []

    owed = hand_in_paper(case, by=coordinator)
    assert "Your review is wanted." in text(read(client, evaluator, REVIEWS))
    hand_in_review(owed, by=evaluator)

    assert (keys(client, evaluator), keys(client, second)) == ([], ["strategy"])
    hand_in_review(owed, by=second)
    assert (keys(client, evaluator), keys(client, second)) == ([], [])


def test_a_rating_comes_back_when_all_reviews_are_in(client, make_participation, evaluator, second):
    case = assessed(make_participation, rating_step())

    hand_in_review(the_step(case, "rating"), by=evaluator)
    between = keys(client, evaluator), keys(client, second)
    hand_in_review(the_step(case, "rating"), by=second)

    assert between == ([], ["rating"])
    assert (keys(client, evaluator), keys(client, second)) == (["rating"], ["rating"])
    assert "You rate it." in text(read(client, evaluator, REVIEWS))


def test_enough_reviews_are_enough(client, make_participation, coordinator, evaluator, second):
    owed = hand_in_paper(assessed(make_participation, paper_step(reviewers=1)), by=coordinator)

    hand_in_review(owed, by=evaluator)

    assert keys(client, second) == []


def test_nobody_else_has_it_in_a_queue(client, make_participation, coordinator, manager, auditor):
    hand_in_paper(assessed(make_participation, paper_step()), by=coordinator)

    assert (keys(client, manager), keys(client, auditor)) == ([], [])


def test_what_one_handed_in_is_not_ones_own_to_review(
    client, make_participation, evaluator, second
):
    step = paper_step() | {"role": "evaluator"}
    hand_in_paper(assessed(make_participation, step), by=evaluator)

    assert (keys(client, evaluator), keys(client, second)) == ([], ["strategy"])


def test_the_queue_costs_the_same_for_one_and_for_many(make_track, manager, evaluator):
    track = make_track(route=ROUTE[2:], stages={"assessment": [rating_step()]}, places=None)
    client = signed_in(evaluator)
    open_in(track, make_municipality("90001", "Place", "Место"), by=manager)
    few = queries_of(client, REVIEWS)

    for number in range(2, 30):
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=manager)

    assert queries_of(client, REVIEWS) == few <= 15
