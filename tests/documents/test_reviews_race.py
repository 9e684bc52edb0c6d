"""Several evaluators at once for the last places of a round: as many as are wanted get one."""

from collections import Counter
from uuid import uuid4

from documents import services
from documents.models import Review
from tests.documents.reviewing import answers, rating_step
from tests.own_database import db, own_database, together  # noqa: F401
from tests.stepping import the_step
from workflow.audit.verify import verify
from workflow.models import Step

MANY, WANTED = 12, 2


def test_as_many_reviews_as_are_wanted_are_handed_in_and_the_others_are_told(
    make_participation, person, programme
):
    case = make_participation("assessment", stages={"assessment": [rating_step(reviewers=WANTED)]})
    evaluators = [person("evaluator", over=programme) for _nth in range(MANY)]
    owed = the_step(case, "rating")

    def act(evaluator):
        return lambda: services.hand_in_review(
            Step.objects.with_names().get(pk=owed.pk), answers(), by=evaluator,
            expected_version=owed.review_round, idempotency_key=uuid4(),
        )  # fmt: skip

    results = together([act(evaluator) for evaluator in evaluators])

    assert counted(results) == {"Entry": WANTED, "Refused": MANY - WANTED}
    assert {str(one) for one in results if isinstance(one, Exception)} == {
        "All reviews that are wanted are handed in."
    }
    assert Review.objects.handed_in().count() == the_step(case, "rating").reviews_in == WANTED
    assert not verify().damages


def test_one_evaluator_hands_in_once_however_often_the_button_is_pressed(
    make_participation, evaluator
):
    case = make_participation("assessment", stages={"assessment": [rating_step(reviewers=WANTED)]})
    owed = the_step(case, "rating")

    def act():
        return services.hand_in_review(
            Step.objects.with_names().get(pk=owed.pk), answers(), by=evaluator,
            expected_version=owed.review_round, idempotency_key=uuid4(),
        )  # fmt: skip

    results = together([act] * MANY)

    assert counted(results) == {"Entry": 1, "Refused": MANY - 1}
    assert Review.objects.handed_in().count() == 1


def counted(results: list) -> Counter:
    return Counter(type(result).__name__ for result in results)
