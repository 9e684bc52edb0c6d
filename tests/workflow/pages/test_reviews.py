"""The evaluator's queue: what to rate and what to look at, by the day it is due."""

import pytest

from tests.conftest import make_municipality, open_in
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow import services

REVIEWS = "/reviews/"
PAST = {"rule": "fixed", "on": "2026-03-05"}
FAR = {"rule": "fixed", "on": "2099-01-01"}
RATE = step("rating", role="evaluator", evidence="rating", accepted_by="", deadline=FAR)


def keys(page) -> list[str]:
    return [review.step.key for review in page.context["queue"].reviews]


def later(page) -> list[str]:
    return [step.key for step in page.context["queue"].later]


@pytest.fixture
def case(make_participation):
    """A rating, one that waits for a paper, two papers to look at, one of somebody else."""
    steps = [
        RATE,
        step("second_rating", role="evaluator", after=["paper"]),
        step("paper", accepted_by="evaluator", deadline=PAST),
        step("annex", accepted_by="evaluator"),
        step("letter", accepted_by="programme_manager"),
    ]
    return make_participation("assessment", stages={"assessment": steps})


def test_what_is_due_first_stands_first(client, case, evaluator, coordinator):
    for key in ("paper", "annex", "letter"):
        hand_in(the_step(case, key), by=coordinator)

    page = read(client, evaluator, REVIEWS)

    assert keys(page) == ["paper", "rating", "annex"]
    words = text(page)
    assert "Most urgent Paper , Kikinda" in words
    assert "Start the review" in words
    assert "You rate it. Due 1 January 2099." in words
    assert "accept or return it." in words
    assert "Letter" not in words


def test_what_is_not_yet_in_reach_is_folded_with_its_reason(client, case, evaluator):
    page = read(client, evaluator, REVIEWS)

    assert keys(page) == ["rating"]
    assert later(page) == ["paper", "second_rating", "annex"]
    words = text(page)
    assert "Not yet in reach (3)" in words
    assert "Second rating , Kikinda cannot start yet Kikinda, Assessment. First: Paper." in words
    assert (
        "Annex , Kikinda not handed in yet Kikinda, Assessment. Whose turn: Coordinator." in words
    )


def test_it_comes_into_reach_when_what_it_waits_for_is_settled(
    client, case, evaluator, coordinator
):
    hand_in(the_step(case, "paper"), by=coordinator)
    act_on(services.accept_step, the_step(case, "paper"), by=evaluator)

    page = read(client, evaluator, REVIEWS)

    assert keys(page) == ["rating", "second_rating"]


def test_a_key_that_only_resembles_another_blocks_nothing(
    client, make_participation, evaluator, coordinator
):
    """As a pattern "a_b" would also find "axb", and "plan" stands in "plan_two"."""
    steps = [step("axb", accepted_by=""), step("a_b"), step("plan"), step("plan_two")]
    steps[-1]["accepted_by"] = ""
    steps.append(step("rating", role="evaluator", after=["axb", "plan_two"]))
    case = make_participation("assessment", stages={"assessment": steps})
    assert later(read(client, evaluator, REVIEWS)) == ["rating"]

    for key in ("axb", "plan_two"):
        hand_in(the_step(case, key), by=coordinator)

    assert keys(read(client, evaluator, REVIEWS)) == ["rating"]


def test_what_was_rated_leaves_the_queue(client, case, evaluator):
    hand_in(the_step(case, "rating"), by=evaluator)

    assert keys(read(client, evaluator, REVIEWS)) == []


def test_on_hold_nothing_waits(client, case, evaluator, manager, perform):
    perform(case, "hold", by=manager)

    page = read(client, evaluator, REVIEWS)

    assert (keys(page), later(page)) == ([], [])
    assert "Nothing waits for your review" in text(page)


def test_an_evaluator_of_one_participation_has_that_one_alone(
    client, make_track, municipality, neighbour, manager, person
):
    track = make_track(route=ROUTE[2:], stages={"assessment": [RATE]})
    own, _other = (open_in(track, unit, by=manager) for unit in (municipality, neighbour))

    page = text(read(client, person("evaluator", over=own), REVIEWS))

    assert "Kikinda" in page
    assert "Kanjiža" not in page


def test_what_waits_for_another_role_of_the_person_is_not_in_the_queue(
    client, make_participation, evaluator, system, programme
):
    steps = [RATE, step("talk", role="programme_manager")]
    make_participation("assessment", stages={"assessment": steps})
    services.give_mandate(evaluator, "programme_manager", over=programme, by=system)

    assert keys(read(client, evaluator, REVIEWS)) == ["rating"]


@pytest.mark.parametrize("role", ["manager", "coordinator", "observer", "auditor"])
def test_others_have_no_queue(client, request, case, role):
    page = read(client, request.getfixturevalue(role), REVIEWS)

    assert (keys(page), later(page)) == ([], [])
    assert "Nothing waits for your review" in text(page)


def test_the_queue_is_turned_page_by_page(client, evaluator, make_track, manager):
    many(make_track(route=ROUTE[2:], places=None, stages={"assessment": [RATE]}), 51, by=manager)

    first, second = (read(client, evaluator, f"{REVIEWS}?page={page}") for page in (1, 2))

    assert (len(keys(first)), len(keys(second))) == (50, 1)
    assert "Most urgent" not in text(second)
    assert read(client, evaluator, f"{REVIEWS}?page=nonsense").status_code == 200


def test_sixty_participations_cost_as_many_queries_as_one(evaluator, make_track, manager):
    client = signed_in(evaluator)
    steps = [RATE, step("second_rating", role="evaluator", after=["rating"])]
    track = make_track(route=ROUTE[2:], places=None, stages={"assessment": steps})
    many(track, 1, by=manager)
    few = queries_of(client, REVIEWS)

    many(track, 59, by=manager)

    assert queries_of(client, REVIEWS) == few <= 15
    assert client.get(REVIEWS).context["queue"].later_count == 60


def many(track, count: int, *, by) -> None:
    for number in range(count):
        unit = make_municipality(f"8{number:02d}{count:02d}", f"Place {number}", f"Место {number}")
        open_in(track, unit, by=by)
