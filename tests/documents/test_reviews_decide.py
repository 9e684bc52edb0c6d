"""Reviews before decisions: a paper is accepted, and a rating given, once all of them are in."""

import pytest

from tests.documents.reviewing import hand_in_paper, hand_in_review, paper_step, rating_step
from tests.documents.uploaded import assessed
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import read, send, text
from workflow import services
from workflow.errors import Refused
from workflow.models import Participation
from workflow.readiness import readiness


@pytest.fixture
def second(person, programme):
    return person("evaluator", over=programme)


@pytest.fixture
def case(make_participation):
    return assessed(make_participation, paper_step())


@pytest.fixture
def owed(case, coordinator):
    return hand_in_paper(case, by=coordinator)


def hints(case) -> list[str]:
    tree = readiness(Participation.objects.get(pk=case.pk), "adopt_strategy")
    return [leaf.hint for leaf in tree.leaves() if leaf.hint]


def test_a_paper_is_accepted_once_all_reviews_are_in(
    client, case, owed, evaluator, second, manager
):
    hand_in_review(owed, by=evaluator)
    accept = f"{owed.get_absolute_url()}accept/"
    early = send(client, manager, accept)

    hand_in_review(owed, by=second, points=4)
    page = text(read(client, manager, accept))
    in_time = send(client, manager, accept)

    assert early.status_code == 422
    assert "The reviews come first: 1 of 2 are handed in." in text(early)
    assert "All together: 11 of 20 points." in page
    assert in_time.status_code == 302
    assert the_step(case, "strategy").status == "accepted"


def test_it_may_be_returned_before_that(case, owed, manager):
    act_on(services.return_step, owed, by=manager, remarks=["The annex is missing."])

    assert the_step(case, "strategy").status == "returned"


def test_readiness_and_step_say_how_many_are_in(client, case, owed, evaluator, second, coordinator):
    assert "Handed in; waits for review. 0 of 2 reviews handed in." in hints(case)

    hand_in_review(owed, by=evaluator)
    assert "Handed in; waits for review. 1 of 2 reviews handed in." in hints(case)
    assert "1 of 2 reviews handed in." in text(read(client, coordinator, owed.get_absolute_url()))

    hand_in_review(owed, by=second)
    assert "Handed in; waits for review." in hints(case)


def test_a_rating_rests_on_reviews_made_before_it(
    client, make_participation, evaluator, second, manager
):
    case = assessed(make_participation, rating_step())
    owed = the_step(case, "rating")
    assert "Not handed in yet. 0 of 2 reviews handed in." in hints(case)
    with pytest.raises(Refused, match="The reviews come first: 0 of 2"):
        hand_in(owed, by=evaluator)

    hand_in_review(owed, by=evaluator, points=8)
    hand_in_review(owed, by=second, points=9)
    page = text(read(client, evaluator, owed.get_absolute_url()))
    hand_in(the_step(case, "rating"), by=evaluator)

    assert "2 of 2 reviews handed in. All together: 17 of 20 points." in page
    assert the_step(case, "rating").status == "accepted"
    assert "17 of 20 points" in text(read(client, manager, owed.get_absolute_url()))


def test_a_rating_that_is_opened_again_is_reviewed_anew(
    make_participation, evaluator, second, manager
):
    case = assessed(make_participation, rating_step())
    for who in (evaluator, second):
        hand_in_review(the_step(case, "rating"), by=who)
    hand_in(the_step(case, "rating"), by=evaluator)

    act_on(services.reopen_step, the_step(case, "rating"), by=manager, reason="Another draft.")

    assert the_step(case, "rating").reviews_missing == 2
    with pytest.raises(Refused, match="0 of 2"):
        hand_in(the_step(case, "rating"), by=evaluator)
    hand_in_review(the_step(case, "rating"), by=second)


def test_a_rating_that_was_returned_keeps_its_reviews(make_participation, evaluator, manager):
    step = rating_step(reviewers=1) | {"accepted_by": "programme_manager"}
    case = assessed(make_participation, step)
    hand_in_review(the_step(case, "rating"), by=evaluator)
    hand_in(the_step(case, "rating"), by=evaluator)
    act_on(services.return_step, the_step(case, "rating"), by=manager, remarks=["Say why."])

    hand_in(the_step(case, "rating"), by=evaluator)
    act_on(services.accept_step, the_step(case, "rating"), by=manager)

    assert the_step(case, "rating").status == "accepted"


def test_waiving_needs_no_reviews(case, owed, manager):
    act_on(services.waive_step, owed, by=manager, reason="No evaluators are left.")

    assert case.proposals.filter(act="waive").exists()
