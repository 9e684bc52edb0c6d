"""A review from its form to the log: a draft of one's own, handed in once, then fixed for good."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from documents import services
from documents.models import Review
from documents.review_gaps import compare_reviews
from documents.review_triggers import OF_REVIEWS
from tests.documents.reviewing import (
    answers,
    form,
    hand_in_paper,
    hand_in_review,
    paper_step,
    rating_step,
    review_url,
    save_draft,
    send_review,
    typed,
)
from tests.documents.uploaded import assessed
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import hidden, read, text, title
from workflow import services as steps
from workflow.errors import MovedMeanwhile, NotAllowed, Refused
from workflow.gaps import find_gaps

SECRET = "Three measures bear no costs."


@pytest.fixture
def case(make_participation):
    return assessed(make_participation, paper_step())


@pytest.fixture
def owed(case, coordinator):
    """The step, its paper handed in."""
    return hand_in_paper(case, by=coordinator)


@pytest.fixture
def second(person, programme):
    return person("evaluator", over=programme)


def test_an_evaluator_hands_a_review_in(client, owed, evaluator):
    page = text(read(client, evaluator, owed.get_absolute_url()))
    assert "0 of 2 reviews handed in." in page
    assert "Write your review" in page

    answer = send_review(client, evaluator, owed, value="partly", remark=SECRET, points="7")

    assert answer.url == owed.get_absolute_url()
    page = text(client.get(answer.url))
    assert "Recorded: Review handed in. Entry" in page
    assert "1 of 2 reviews handed in. All together: 7 of 10 points." in page
    assert f"Can the goals be measured? Partly {SECRET}" in page
    assert "Write your review" not in page


def test_the_log_knows_its_fingerprint_and_not_a_word_or_a_point_of_it(owed, evaluator):
    entry = hand_in_review(owed, by=evaluator, value="no", remark=SECRET, points=3)

    [review] = Review.objects.all()
    assert entry.facts == {
        "key": "strategy", "occurrence": 1, "review": str(review.uuid), "round": 1,
        "digest": review.digest,
    }  # fmt: skip
    assert review.digest == review.digest_now()
    assert (entry.verb, entry.by, entry.role) == ("hand_in_review", evaluator, "evaluator")
    assert SECRET not in entry.canonical
    assert not entry.reason


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"value": ""}, "Can the goals be measured?: This field is required."),
        ({"points": ""}, "Costs of the measures: This field is required."),
        ({"value": "perhaps"}, "Select a valid choice."),
        ({"value": "partly"}, "Say why: the answer is not “Yes”."),
        ({"value": "no", "remark": "  "}, "Say why: the answer is not “Yes”."),
        ({"points": "11"}, "less than or equal to 10"),
        ({"points": "-1"}, "greater than or equal to 0"),
        ({"points": "7.5"}, "Write whole points."),
        ({"points": "٣"}, ""),
        ({"remark": "x" * 2001}, "Write 2,000 characters at most. You wrote 2,001."),
        ({"remark": "a\x00b"}, "control characters"),
    ],
)
def test_a_wrong_form_comes_back_with_what_was_typed(client, owed, evaluator, told, sentence):
    answer = send_review(client, evaluator, owed, **told)

    if answer.status_code == 302:  # figures of another script are figures
        assert Review.objects.get().points == 3
        return
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert title(answer).startswith("Error:")
    assert not Review.objects.exists()


def test_a_remark_is_asked_for_unless_the_answer_is_yes(client, owed, evaluator):
    assert send_review(client, evaluator, owed, value="yes").status_code == 302


def test_a_draft_may_have_gaps_and_is_there_again(client, case, owed, evaluator):
    before = case.entries.count()

    answer = save_draft(client, evaluator, owed, value="partly", points="4")

    page = client.get(answer.url)
    assert "The draft is saved. Nobody but you can read it." in text(page)
    assert "Points so far: 4 of 10" in text(page)
    assert 'value="partly" required id="id_answer_goals_1" checked' in page.content.decode()
    assert case.entries.count() == before
    assert the_step(case, "strategy").reviews_in == 0
    assert "0 of 2 reviews handed in." in text(client.get(owed.get_absolute_url()))


def test_nobody_else_reads_a_draft(client, owed, evaluator, second, manager, auditor):
    save_draft(client, evaluator, owed, remark=SECRET)

    for who in (second, manager, auditor):
        assert SECRET not in text(read(client, who, owed.get_absolute_url()))
    assert SECRET not in text(read(client, second, review_url(owed)))


def test_a_double_click_hands_in_once(client, owed, evaluator):
    fields = hidden(read(client, evaluator, review_url(owed))) | typed()

    first, again = (client.post(review_url(owed), fields) for _ in range(2))

    assert (first.status_code, again.status_code) == (302, 302)
    assert Review.objects.count() == 1
    assert owed.entries.filter(verb="hand_in_review").count() == 1


def test_once_handed_in_it_is_final(client, owed, evaluator):
    hand_in_review(owed, by=evaluator)

    page = text(read(client, evaluator, review_url(owed)))
    answer = client.post(review_url(owed), {"expected_version": 1, "idempotency_key": uuid4(),
                                            **typed(points="1")})  # fmt: skip

    assert "Your review is handed in already." in page
    assert "Hand in the review" not in page
    assert answer.status_code == 422
    with pytest.raises(Refused, match="handed in already"):
        services.save_review_draft(owed, answers(), by=evaluator, expected_version=1)
    assert Review.objects.get().points == 7


def test_not_more_than_are_wanted(owed, evaluator, second, person, programme):
    third = person("evaluator", over=programme)
    for who in (evaluator, second):
        hand_in_review(owed, by=who)

    with pytest.raises(Refused, match="All reviews that are wanted"):
        hand_in_review(owed, by=third)


@pytest.mark.parametrize("who", ["manager", "coordinator", "signatory", "auditor", "observer"])
def test_only_evaluators_write_reviews(client, request, owed, who):
    person = request.getfixturevalue(who)

    with pytest.raises(NotAllowed, match="Evaluator"):
        hand_in_review(owed, by=person)
    with pytest.raises(NotAllowed, match="Evaluator"):
        services.save_review_draft(owed, answers(), by=person, expected_version=1)
    assert read(client, person, review_url(owed)).status_code == 403


def test_before_something_is_handed_in_there_is_nothing_to_review(client, case, evaluator):
    step = the_step(case, "strategy")

    assert "Nothing waits here that could be reviewed now." in text(
        read(client, evaluator, review_url(step))
    )
    with pytest.raises(Refused, match="Nothing waits here"):
        hand_in_review(step, by=evaluator)


def test_what_was_handed_in_anew_is_reviewed_anew(
    client, case, owed, evaluator, second, coordinator, manager
):
    hand_in_review(owed, by=evaluator, value="partly", remark=SECRET)
    opened = hidden(read(client, second, review_url(owed)))
    act_on(steps.return_step, the_step(case, "strategy"), by=manager, remarks=["Costs."])
    hand_in_paper(case, by=coordinator)

    assert the_step(case, "strategy").reviews_in == 0
    page = read(client, evaluator, review_url(owed))
    assert SECRET in page.content.decode()
    assert "The form is filled in with what you wrote before." in text(page)
    assert hidden(page)["expected_version"] == "2"
    client.force_login(second)
    assert client.post(review_url(owed), opened | typed()).status_code == 409
    hand_in_review(owed, by=evaluator)
    assert the_step(case, "strategy").reviews_in == 1
    assert Review.objects.filter(by=evaluator).count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"goals": {"value": "perhaps"}},
        {"costs": {"value": 11}},
        {"costs": {"value": "7"}},
        {"costs": {"value": True}},
        {"goals": {"value": "no", "remark": ""}},
        {"goals": {}},
    ],
)
def test_the_door_itself_judges_the_answers(owed, evaluator, wrong):
    with pytest.raises(Refused):
        services.hand_in_review(
            owed, answers() | wrong, by=evaluator, expected_version=1, idempotency_key=uuid4()
        )


def test_the_round_that_the_reviewer_saw_counts(owed, evaluator):
    with pytest.raises(MovedMeanwhile):
        services.save_review_draft(owed, answers(), by=evaluator, expected_version=0)


def test_nobody_reviews_what_they_handed_in(make_participation, evaluator, second):
    step = paper_step() | {"role": "evaluator"}
    owed = hand_in_paper(assessed(make_participation, step), by=evaluator)

    with pytest.raises(Refused, match="You handed this in yourself"):
        hand_in_review(owed, by=evaluator)
    hand_in_review(owed, by=second)


def test_a_step_without_a_review_form_has_no_such_page(client, make_participation, evaluator):
    plain = assessed(make_participation, {**paper_step(), "review": {}})

    assert read(client, evaluator, review_url(the_step(plain, "strategy"))).status_code == 404


BYPASSES = {
    "other answers": "UPDATE documents_review SET answers = '{}'",
    "another author": "UPDATE documents_review SET by_id = (SELECT MIN(id) FROM accounts_user)",
    "taken back": "UPDATE documents_review SET handed_in_at = NULL",
    "gone": "DELETE FROM documents_review",
}
ON_SQLITE = {
    "replaced": """INSERT OR REPLACE INTO documents_review (id, uuid, step_id, round, by_id,
        questions, answers, salt, digest, saved_at, handed_in_at) SELECT id, uuid, step_id, round,
        by_id, questions, '{}', salt, digest, saved_at, handed_in_at FROM documents_review""",
}
ON_POSTGRESQL = {"emptied": "TRUNCATE documents_review CASCADE"}
ALL = BYPASSES | (ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)


@pytest.mark.parametrize("name", ALL)
def test_the_database_itself_refuses_to_change_what_is_handed_in(owed, evaluator, name):
    hand_in_review(owed, by=evaluator)
    before = list(Review.objects.values())

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(ALL[name])

    assert list(Review.objects.values()) == before


def test_the_triggers_are_asked_for_by_the_system_check():
    from workflow.checks import wanted

    assert OF_REVIEWS.names(connection.vendor) <= wanted(connection.vendor, set(OF_REVIEWS.tables))


def test_rows_and_log_agree_and_a_difference_is_found(case, owed, evaluator, second):
    hand_in_review(owed, by=evaluator)
    services.save_review_draft(owed, answers(), by=second, expected_version=1)
    assert list(compare_reviews()) == []
    assert find_gaps().damages == []

    step = the_step(case, "strategy")
    step.reviews_in = 2
    step.save()
    forged = Review.objects.get(by=second)
    forged.handed_in_at = forged.saved_at
    forged.seal()
    forged.save()

    assert [sentence for _name, sentence in compare_reviews()] == [
        f"The review {forged.uuid} is not what was handed in.",
    ]


def test_a_miscount_is_found(case, owed, evaluator):
    hand_in_review(owed, by=evaluator)
    step = the_step(case, "strategy")
    step.reviews_in = 2
    step.save()

    assert list(compare_reviews()) == [(case.reference, "The step strategy miscounts its reviews.")]


def test_the_procedure_says_what_is_asked():
    from workflow.pages.procedure import review_in_words

    assert review_in_words({"review": form(3) | {"blind": True}}) == (
        "by 3 evaluators, blind until one's own is handed in, 2 questions, at most 10 points"
    )
    assert review_in_words(rating_step() | {"review": {}}) == ""
