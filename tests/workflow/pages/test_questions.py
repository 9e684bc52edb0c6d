"""Questions about a call: asked unseen, answered for all, and nobody learns who asked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import open_call
from tests.workflow.pages.visiting import queries_of, signed_in, words
from workflow import services
from workflow.errors import NotAllowed, Refused
from workflow.models import Call, Question
from workflow.rules import Due

IN_A_MONTH = timezone.localdate() + timedelta(days=30)
ASKED_AHEAD = {"questions_until": {"days_before": 21}, "answers_until": {"days_before": 11}}
TEXT = "Smeju li dve opštine da dele radnike?"
ANSWER = "Da, ako se obe saglase."


@pytest.fixture
def call(make_track, manager) -> Call:
    """Open for a month; questions until 21 days before its end."""
    track = make_track(call=ASKED_AHEAD)
    return open_call(track, by=manager, due=Due(IN_A_MONTH, "24:00", "minute"))


@pytest.fixture
def question(call, municipality, coordinator) -> Question:
    return services.ask_question(call, municipality, by=coordinator, text=TEXT)


@pytest.fixture
def neighbours_clerk(person, neighbour):
    return person("coordinator", over=neighbour)


def page_of(name: str, call: Call, *more) -> str:
    return reverse(f"workflow:{name}", args=[call.reference, *more])


def answered(question: Question, *, by, answer: str = ANSWER, asked: str = TEXT) -> Question:
    return services.answer_question(
        question, by=by, answer=answer, published_as=asked, expected_version=question.version
    )


def close_for_questions(call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(due_at=timezone.now() + timedelta(days=20))


# Asking


def test_a_coordinator_asks_and_sees_the_own_question_at_once(call, coordinator):
    client = signed_in(coordinator)
    assert "Ask a question" in words(client.get(call.get_absolute_url()))

    page = words(client.post(page_of("call_ask", call), {"text": TEXT}, follow=True))

    assert "Your question is sent." in page
    assert "Your questions that wait for an answer" in page
    assert TEXT in page
    assert "1 question of yours waits for its answer." in words(client.get(call.get_absolute_url()))


@pytest.mark.parametrize(
    "who", ["signatory", "neighbours_clerk", "auditor", "observer", "evaluator"]
)
def test_others_read_it_only_with_its_answer(question, call, manager, who, request):
    client, url = signed_in(request.getfixturevalue(who)), page_of("call_questions", call)
    assert TEXT not in words(client.get(url))
    assert client.get(page_of("call_answer", call, question.number)).status_code == 404

    answered(question, by=manager)

    page = words(client.get(url))
    assert TEXT in page
    assert ANSWER in page


def test_nobody_but_the_programme_learns_who_asked(question, call, manager, coordinator):
    answered(question, by=manager)
    readers = [coordinator, manager]

    pages = [words(signed_in(one).get(page_of("call_questions", call))) for one in readers]

    for page in pages:
        assert TEXT in page
        assert "Kikinda" not in page.split("1 answered question")[1]
        assert "coordinator" not in page.split("1 answered question")[1]


def test_the_manager_finds_what_waits_on_the_page_of_the_call(question, call, manager):
    client = signed_in(manager)

    assert "1 question waits for your answer" in words(client.get(call.get_absolute_url()))
    page = words(client.get(page_of("call_questions", call)))
    assert "Asked by Kikinda on" in page


def test_who_acts_for_several_says_for_which(call, coordinator, neighbour, system):
    services.give_mandate(coordinator, "signatory", over=neighbour, by=system)
    client, url = signed_in(coordinator), page_of("call_ask", call)
    assert "For which municipality" in words(client.get(url))

    client.post(url, {"text": TEXT, "municipality": neighbour.pk})

    assert Question.objects.get().municipality == neighbour


def test_nobody_asks_for_the_municipality_of_others(call, coordinator, neighbour):
    signed_in(coordinator).post(
        page_of("call_ask", call), {"text": TEXT, "municipality": neighbour.pk}
    )
    assert Question.objects.get().municipality != neighbour

    with pytest.raises(NotAllowed):
        services.ask_question(call, neighbour, by=coordinator, text="Other text?")


def test_the_programme_and_readers_do_not_ask(call, manager, auditor):
    for one in (manager, auditor):
        client, url = signed_in(one), page_of("call_ask", call)
        assert "Coordinators and signatories of municipalities ask" in words(client.get(url))
        assert client.post(url, {"text": TEXT}).status_code == 403
    assert not Question.objects.exists()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "This field is required."),
        (" \n ", "This field is required."),
        ("x" * 2001, "characters at most. You wrote"),
        ("a\x00b", "control characters"),
        ("\u202e", "This field is required."),
    ],
)
def test_an_odd_question_is_answered_in_words_and_not_kept(call, coordinator, text, sentence):
    response = signed_in(coordinator).post(page_of("call_ask", call), {"text": text})

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Question.objects.exists()


def test_marks_that_turn_the_direction_are_taken_out_and_it_is_said(call, coordinator):
    response = signed_in(coordinator).post(
        page_of("call_ask", call), {"text": f"\u202e{TEXT}"}, follow=True
    )

    assert Question.objects.get().text == TEXT
    assert "1 invisible mark" in words(response)


def test_a_question_that_looks_like_a_page_is_shown_as_text(call, coordinator, manager):
    hostile = "<script>alert(1)</script> {{ call }}"
    question = services.ask_question(
        call, coordinator.mandates.get().place, by=coordinator, text=hostile
    )
    answered(question, by=manager, asked=hostile, answer=hostile)

    page = signed_in(manager).get(page_of("call_questions", call)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ call }}" in page


def test_a_second_click_asks_once(call, coordinator, question):
    response = signed_in(coordinator).post(page_of("call_ask", call), {"text": TEXT})

    assert response.status_code == 422
    assert "You have asked exactly this already." in words(response)
    assert Question.objects.count() == 1


def test_nobody_buries_the_questions_of_others(call, municipality, coordinator, neighbours_clerk):
    for number in range(10):
        services.ask_question(call, municipality, by=coordinator, text=f"Question {number}?")

    with pytest.raises(Refused, match="10 questions of yours wait already"):
        services.ask_question(call, municipality, by=coordinator, text="One more?")

    other = signed_in(neighbours_clerk).post(page_of("call_ask", call), {"text": TEXT})
    assert other.status_code == 302


# The last day for questions


def test_the_page_names_the_last_day_for_questions_and_for_answers(call, coordinator):
    page = words(signed_in(coordinator).get(page_of("call_ask", call)))

    assert "Questions are taken until" in page
    assert "(in 9 days)" in page
    assert "Answers come by" in page


def test_after_that_day_nobody_asks_and_the_typed_text_stays(call, coordinator, municipality):
    close_for_questions(call)
    client, url = signed_in(coordinator), page_of("call_ask", call)
    assert "Questions about this call were taken until" in words(client.get(url))

    response = client.post(url, {"text": TEXT})

    assert response.status_code == 422
    assert TEXT in response.content.decode()
    with pytest.raises(Refused, match="were taken until"):
        services.ask_question(call, municipality, by=coordinator, text=TEXT)


def test_another_deadline_moves_the_last_day_for_questions(call, coordinator, manager):
    close_for_questions(call)
    assert not Call.objects.with_names().get().takes_questions

    later = Due(timezone.localdate() + timedelta(days=60), "24:00", "minute")
    services.extend_call(call, later, by=manager, reason="Holidays.")

    assert Call.objects.with_names().get().takes_questions


def test_without_a_rule_questions_are_taken_until_the_deadline(make_track, manager):
    call = open_call(make_track(), by=manager)
    assert call.takes_questions

    Call.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    assert not Call.objects.with_names().get().takes_questions


def test_a_call_that_nobody_sees_yet_takes_no_questions(
    make_track, manager, coordinator, municipality
):
    call = services.publish_call(
        make_track(), by=manager, due=Due(IN_A_MONTH, "24:00", "minute"), opens_on=IN_A_MONTH
    )

    with pytest.raises(Refused, match="takes no questions yet"):
        services.ask_question(call, municipality, by=coordinator, text=TEXT)


# Answering


def test_the_manager_answers_and_takes_out_what_tells_who_asks(call, question, manager, auditor):
    client, url = signed_in(manager), page_of("call_answer", call, question.number)
    assert TEXT in client.get(url).content.decode()
    told = {"published_as": "Mogu li dve opštine?", "answer": ANSWER, "expected_version": "0"}

    response = client.post(url, told, follow=True)

    assert "The answer is published." in words(response)
    page = words(signed_in(auditor).get(page_of("call_questions", call)))
    assert "Mogu li dve opštine?" in page
    assert TEXT not in page
    question.refresh_from_db()
    assert (question.text, question.version) == (TEXT, 1)


@pytest.mark.parametrize("missing", ["answer", "published_as"])
def test_neither_question_nor_answer_is_published_empty(call, question, manager, missing):
    told = {"published_as": TEXT, "answer": ANSWER, "expected_version": "0"} | {missing: " "}

    response = signed_in(manager).post(page_of("call_answer", call, question.number), told)

    assert response.status_code == 422
    assert "This field is required." in words(response)
    assert Question.objects.waiting().count() == 1


def test_only_the_manager_answers(call, question, manager, coordinator, auditor):
    told = {"published_as": TEXT, "answer": "Ne.", "expected_version": "1"}
    url = page_of("call_answer", call, question.number)
    assert signed_in(coordinator).post(url, told).status_code == 403
    answered(question, by=manager)

    for one in (coordinator, auditor):
        client = signed_in(one)
        assert "The programme manager answers questions" in words(client.get(url))
        assert client.post(url, told).status_code == 403
    question.refresh_from_db()
    assert question.answer == ANSWER


def test_the_second_of_two_who_answer_keeps_the_typed_text(call, question, manager, deputy):
    answered(question, by=deputy)
    told = {"published_as": TEXT, "answer": "Ne, nikako.", "expected_version": "0"}

    response = signed_in(manager).post(page_of("call_answer", call, question.number), told)

    page = response.content.decode()
    assert response.status_code == 409
    assert ANSWER in page
    assert "Ne, nikako." in page
    assert 'name="expected_version" value="1"' in page
    question.refresh_from_db()
    assert question.answer == ANSWER


def test_an_answer_can_be_bettered_and_every_version_is_kept(call, question, manager, deputy):
    better = answered(answered(question, by=manager), by=deputy, answer="Da, uvek.")

    page = words(signed_in(manager).get(page_of("call_questions", call)))

    assert "Da, uvek." in page
    assert "answer changed on" in page
    kept = better.history.order_by("history_id").values_list("answer", "history_user")
    assert list(kept) == [
        ("", question.asked_by_id), (ANSWER, manager.pk), ("Da, uvek.", deputy.pk)
    ]  # fmt: skip


def test_questions_are_read_in_the_script_of_the_reader(call, question, manager):
    answered(question, by=manager)
    client = signed_in(manager)
    client.post("/language/", {"language": "sr", "next": "/"})

    page = words(client.get(page_of("call_questions", call)))

    assert "Смеју ли две општине да деле раднике?" in page


def test_forty_questions_cost_as_many_queries_as_one(call, manager, neighbour, person):
    client, url = signed_in(manager), page_of("call_questions", call)
    clerks = [person("coordinator", over=neighbour) for _ in range(4)]
    ask = services.ask_question
    answered(ask(call, neighbour, by=clerks[0], text="First?"), by=manager)
    ask(call, neighbour, by=clerks[0], text="Second?")
    few = queries_of(client, url), queries_of(client, call.get_absolute_url())

    for number in range(36):
        question = ask(call, neighbour, by=clerks[number % 4], text=f"Question {number}?")
        if number % 2:
            answered(question, by=manager)

    assert (queries_of(client, url), queries_of(client, call.get_absolute_url())) == few
    assert max(few) <= 15


def test_for_a_stranger_nothing_is_there(call, question, stranger):
    client = signed_in(stranger)
    urls = [page_of(name, call) for name in ("call_questions", "call_ask")]

    assert {client.get(url).status_code for url in urls} == {404}
    assert client.get(page_of("call_answer", call, question.number)).status_code == 404


def test_the_number_of_a_question_counts_within_its_call(make_track, manager, coordinator):
    place = coordinator.mandates.get().place
    calls = [open_call(make_track(), by=manager) for _ in range(2)]

    numbers = [
        services.ask_question(call, place, by=coordinator, text=text).number
        for call in calls
        for text in ("One?", "Two?")
    ]

    assert numbers == [1, 2, 1, 2]
