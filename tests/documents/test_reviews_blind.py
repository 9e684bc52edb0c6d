"""Several reviewers, blind: nobody reads what others wrote before their own is handed in."""

import pytest
from django.urls import reverse

from documents.blindness import Sight, sight
from documents.models import Review
from tests.documents.reviewing import hand_in_paper, hand_in_review, paper_step, review_url
from tests.documents.uploaded import assessed
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from workflow import services as steps
from workflow.pages.standing import Standing

FIRST, SECOND = "canaryfirst: no costs.", "canarysecond: no dates."
EVERYBODY = [
    "evaluator", "second", "third", "manager", "mentor", "auditor", "coordinator", "signatory",
    "observer",
]  # fmt: skip


@pytest.fixture
def second(person, programme):
    return person("evaluator", over=programme, email="second@example.org")


@pytest.fixture
def third(person, programme):
    return person("evaluator", over=programme, email="third@example.org")


@pytest.fixture
def mentor(person, owed):
    return person("mentor", over=owed.participation)


@pytest.fixture
def owed(make_participation, coordinator):
    return hand_in_paper(assessed(make_participation, paper_step(reviewers=2)), by=coordinator)


@pytest.fixture
def people(request):
    return {who: request.getfixturevalue(who) for who in EVERYBODY}


def pages_about(owed) -> list[str]:
    """Every page that tells of the step, its participation and its log."""
    case = owed.participation
    entries = [reverse("workflow:entry", args=[one.pk]) for one in case.entries.all()]
    url = owed.get_absolute_url()
    return [
        url, f"{url}accept/", f"{url}return/", review_url(owed), case.get_absolute_url(),
        case.get_absolute_url() + "?show=all&all=1", "/my-steps/", "/reviews/", "/board/",
        reverse("workflow:log"), reverse("documents:documents", args=[case.reference]),
        "/search/?q=no+costs", *entries,
    ]  # fmt: skip


def read_by(owed, people) -> dict[str, str]:
    """All that each of them reads, wherever they look."""
    clients = {who: signed_in(person) for who, person in people.items()}
    urls = pages_about(owed)
    return {
        who: "".join(client.get(url).content.decode() for url in urls)
        for who, client in clients.items()
    }


def readers_of(word: str, seen: dict[str, str]) -> set[str]:
    return {who for who, pages in seen.items() if word in pages}


def test_before_all_are_in_only_who_has_handed_in_reads_what_is_in(owed, people):
    assert readers_of("canary", read_by(owed, people)) == set()

    hand_in_review(owed, by=people["evaluator"], value="partly", remark=FIRST)

    assert readers_of("canaryfirst", read_by(owed, people)) == {"evaluator"}


def test_once_all_are_in_the_people_of_the_programme_read_them(owed, people):
    hand_in_review(owed, by=people["evaluator"], value="partly", remark=FIRST)
    hand_in_review(owed, by=people["second"], value="no", remark=SECOND)

    seen = read_by(owed, people)
    insiders = {"evaluator", "second", "third", "manager", "mentor", "auditor"}
    assert readers_of("canaryfirst", seen) == insiders
    assert readers_of("canarysecond", seen) == insiders


def test_three_wanted_and_two_in_each_of_the_two_reads_the_other(
    make_participation, coordinator, people
):
    case = assessed(make_participation, paper_step(reviewers=3))
    owed = hand_in_paper(case, by=coordinator)
    hand_in_review(owed, by=people["evaluator"], value="partly", remark=FIRST)
    hand_in_review(owed, by=people["second"], value="no", remark=SECOND)

    seen = read_by(owed, people)
    assert readers_of("canaryfirst", seen) == {"evaluator", "second"}
    assert readers_of("canarysecond", seen) == {"evaluator", "second"}


def test_the_points_are_as_blind_as_the_words(client, owed, evaluator, second, manager):
    hand_in_review(owed, by=evaluator, points=9)

    assert "9 of 10" in text(read(client, evaluator, owed.get_absolute_url()))
    for who in (second, manager):
        assert "9 of 10" not in text(read(client, who, owed.get_absolute_url()))


@pytest.mark.parametrize(
    ("who", "is_named"),
    [("manager", True), ("auditor", True), ("second", False), ("mentor", False),
     ("coordinator", False), ("observer", False)],
)  # fmt: skip
def test_who_has_handed_in_the_manager_and_the_auditor_see(
    client, request, owed, evaluator, who, is_named
):
    evaluator.name = "Canary Reviewer"
    evaluator.save()
    hand_in_review(owed, by=evaluator)

    pages = [owed.get_absolute_url(), owed.participation.get_absolute_url() + "?show=all&all=1"]
    told = [text(read(client, request.getfixturevalue(who), url)) for url in pages]

    assert "1 of 2 reviews handed in." in told[0]
    assert ("Canary Reviewer" in told[0]) == is_named
    assert "Review handed in" not in told[1]


def test_open_reviews_are_read_as_they_come(make_participation, coordinator, people):
    case = assessed(make_participation, paper_step(reviewers=2, blind=False))
    owed = hand_in_paper(case, by=coordinator)
    hand_in_review(owed, by=people["evaluator"], value="partly", remark=FIRST)

    insiders = {"evaluator", "second", "third", "manager", "auditor"}
    seen = read_by(owed, people)  # the mentor is one of another case
    assert readers_of("canaryfirst", seen) == insiders


def test_a_round_that_ended_early_stays_blind(owed, people):
    """Returned before all were in: what the one wrote does not sway the others' next review."""
    case = owed.participation
    hand_in_review(owed, by=people["evaluator"], value="partly", remark=FIRST)
    act_on(steps.return_step, the_step(case, "strategy"), by=people["manager"], remarks=["Costs."])
    hand_in_paper(case, by=people["coordinator"])

    assert readers_of("canaryfirst", read_by(owed, people)) == {"evaluator"}


@pytest.mark.parametrize(
    ("who", "own", "count", "wanted", "blind", "expected"),
    [
        ("evaluator", False, 1, 2, True, Sight()),
        ("evaluator", True, 1, 2, True, Sight(True, True)),
        ("evaluator", False, 2, 2, True, Sight(True, True)),
        ("evaluator", False, 1, 2, False, Sight(True, True)),
        ("manager", False, 1, 2, True, Sight(who=True)),
        ("manager", False, 2, 2, True, Sight(True, True)),
        ("auditor", False, 1, 2, True, Sight(who=True)),
        ("auditor", False, 2, 2, True, Sight(True, True)),
        ("coordinator", False, 2, 2, True, Sight()),
        ("coordinator", False, 2, 2, False, Sight()),
        ("observer", False, 2, 2, True, Sight()),
    ],
)
def test_the_rule_itself(request, owed, second, third, who, own, count, wanted, blind, expected):
    person = request.getfixturevalue(who)
    authors = [person if own else second, third][:count]
    owed.rule["review"] |= {"reviewers": wanted, "blind": blind}

    seen = sight(owed, [Review(by=one) for one in authors], Standing(person, owed.participation))

    assert seen == expected


def test_the_page_says_the_rule_in_a_sentence(client, owed, evaluator, manager, coordinator):
    for who in (evaluator, manager):
        page = text(read(client, who, owed.get_absolute_url()))
        assert "Reviews are blind: what others wrote, a reviewer reads once their own" in page
    assert "Reviews are blind" in text(read(client, evaluator, review_url(owed)))
    assert "Reviews are blind" not in text(read(client, coordinator, owed.get_absolute_url()))


def test_the_pages_cost_the_same_for_one_review_and_for_nine(
    make_participation, coordinator, manager, evaluator, person, programme
):
    few = hand_in_paper(assessed(make_participation, paper_step(reviewers=9)), by=coordinator)
    many = hand_in_paper(assessed(make_participation, paper_step(reviewers=9)), by=coordinator)
    hand_in_review(few, by=evaluator)
    hand_in_review(many, by=evaluator)
    for _nth in range(8):
        hand_in_review(many, by=person("evaluator", over=programme))

    for who, client in {"manager": signed_in(manager), "evaluator": signed_in(evaluator)}.items():
        urls = [one.get_absolute_url() for one in (few, many)]
        costs = [queries_of(client, url) for url in urls]
        assert costs[0] >= costs[1], who
        if who == "evaluator":
            assert len({queries_of(client, review_url(one)) for one in (few, many)}) == 1
