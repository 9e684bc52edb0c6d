"""A mentor's municipalities by risk: overdue first, then due soon, then the longest silence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.clock import set_to
from tests.conftest import make_municipality, open_in
from tests.stepping import hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow import services
from workflow.models import Participation

MINE = "/my-municipalities/"
PAST = {"rule": "fixed", "on": "2026-03-05"}
IN_THREE_DAYS = {"rule": "fixed", "on": str(timezone.localdate() + timedelta(days=3))}
FAR = {"rule": "fixed", "on": "2099-01-01"}


@pytest.fixture
def followed(make_track, manager, system):
    """`followed("Senta", mentor, step(…), …)`: a participation in assessment with its mentor."""

    def make(name: str, mentor, *steps) -> Participation:
        number = Participation.objects.count()
        unit = make_municipality(f"9{number:04d}", name, name)
        track = make_track(route=ROUTE[2:], stages={"assessment": list(steps)})
        case = open_in(track, unit, by=manager)
        services.give_mandate(mentor, "mentor", over=case, by=system)
        return case

    return make


@pytest.fixture
def mentor(person, make_participation):
    """Of one municipality where nothing is due."""
    return person("mentor", over=make_participation("assessment"))


def names(page, key: str) -> list[str]:
    """The municipalities of one risk, in order."""
    [group] = [one for one in page.context["mine"].groups if one.key == key]
    return [line.participation.municipality.name_latin for line in group.lines]


def line_of(page, case: Participation):
    lines = [line for group in page.context["mine"].groups for line in group.lines]
    return next(line for line in lines if line.participation.pk == case.pk)


def test_what_is_overdue_stands_before_what_is_due_soon_and_that_before_the_rest(
    client, mentor, followed
):
    followed("Ada", mentor, step(deadline=FAR))
    followed("Bor", mentor, step(deadline=IN_THREE_DAYS))
    followed("Vranje", mentor, step(deadline=PAST))
    followed("Arilje", mentor, step(deadline=PAST | {"on": "2026-03-04"}))

    page = read(client, mentor, MINE)

    assert names(page, "late") == ["Arilje", "Vranje"]
    assert names(page, "soon") == ["Bor"]
    assert names(page, "calm") == ["Ada", "Kikinda"]
    words = text(page)
    assert words.index("Arilje") < words.index("Vranje") < words.index("Bor") < words.index("Ada")
    assert "2 overdue" in words
    assert "in 3 days" in words


def test_where_nothing_is_due_the_longest_silence_stands_first(client, mentor, followed, person):
    ada = followed("Ada", mentor, step(deadline=FAR))
    bor = followed("Bor", mentor, step(deadline=FAR))
    coordinator = person("coordinator", over=ada.municipality)
    day = timezone.localdate() + timedelta(days=40)
    with set_to(day.year, day.month, day.day):
        hand_in(the_step(ada, "inspection"), by=coordinator)

        page = read(client, mentor, MINE)

        assert names(page, "calm") == ["Bor", "Kikinda", "Ada"]
        assert [line_of(page, one).silent_days for one in (ada, bor)] == [0, 40]
        assert "Last entry in the log: 40 days ago." in text(page)
        assert "Last entry in the log: today." in text(page)
        assert text(page).count("long silence") == 2


def test_says_when_they_last_met(client, mentor, followed):
    case = followed("Ada", mentor, step("visit", role="mentor", evidence="meeting"))
    hand_in(the_step(case, "visit"), by=mentor)

    page = text(read(client, mentor, MINE))

    assert "Last meeting: 2 March 2026." in page
    assert page.count("Last meeting") == 1


def test_on_hold_stands_last_and_nothing_is_due(client, mentor, followed, manager, perform):
    ada = followed("Ada", mentor, step(role="mentor", deadline=PAST))
    perform(ada, "hold", by=manager)

    page = read(client, mentor, MINE)

    assert names(page, "held") == ["Ada"]
    assert line_of(page, ada).own == []
    assert "Nothing is due before the clock runs again." in text(page)


def test_says_where_it_stands_what_is_next_and_whose_turn(client, mentor, followed):
    case = followed("Ada", mentor, step("draft", deadline=FAR), step("later", after=["draft"]))

    page = read(client, mentor, MINE)

    assert "Assessment, " in text(page)
    assert "Next: Draft , 1 January 2099" in text(page)
    assert "Whose turn: Coordinator, Ada." in text(page)
    assert the_step(case, "draft").get_absolute_url() in page.content.decode()


def test_offers_the_visit_to_log_and_what_to_hand_in_and_to_look_at(
    client, mentor, followed, person
):
    case = followed(
        "Ada", mentor,
        step("visit", role="mentor", evidence="meeting"),
        step("questionnaire", role="mentor", accepted_by=""),
        step("plan", accepted_by="mentor"),
        step("report", role="mentor", after=["plan"]),
    )  # fmt: skip
    coordinator = person("coordinator", over=case.municipality)
    hand_in(the_step(case, "plan"), by=coordinator)

    page = read(client, mentor, MINE)

    own = [one.key for one in line_of(page, case).own]
    assert own == ["visit", "questionnaire", "plan"]
    for words in ["Log a visit: Visit", "Hand in: Questionnaire", "Look at: Plan"]:
        assert words in text(page)
    assert "1 wait for you" in text(page)


def test_what_is_ready_says_so(client, mentor, followed):
    followed("Ada", mentor, step(required=False))

    assert "ready to advance" in text(read(client, mentor, MINE))


def test_what_has_ended_is_folded(client, mentor, followed, manager, perform):
    case = followed("Ada", mentor, step())
    perform(case, "discontinue", by=manager)

    page = read(client, mentor, MINE)

    assert [one.pk for one in page.context["mine"].ended] == [case.pk]
    assert "Ended (1)" in text(page)


def test_municipalities_of_other_mentors_are_not_there(client, mentor, followed, person):
    other = person("mentor", over=followed("Ada", mentor, step()))
    hers = followed("Bor", other, step())

    page = text(read(client, mentor, MINE))

    assert "Bor" not in page
    assert hers.reference not in page


@pytest.mark.parametrize("role", ["manager", "coordinator", "observer", "stranger"])
def test_whoever_is_no_mentor_reads_what_would_stand_here(
    client, request, make_participation, role
):
    make_participation("assessment")
    somebody = request.getfixturevalue(role)
    somebody.language = "en"
    somebody.save()

    page = text(read(client, somebody, MINE))

    assert "You follow no municipality now" in page
    assert "Kikinda" not in page


def test_a_very_long_name_is_told_whole(client, mentor, followed):
    followed("Ž" * 200, mentor, step())

    assert "Ž" * 200 in text(read(client, mentor, MINE))


def test_sixty_municipalities_cost_as_many_queries_as_one(mentor, make_track, manager, system):
    client = signed_in(mentor)
    few = queries_of(client, MINE)
    track = make_track(
        route=ROUTE[2:], places=None,
        stages={"assessment": [step("visit", role="mentor", deadline=PAST), step("plan")]},
    )  # fmt: skip
    for number in range(59):
        unit = make_municipality(f"8{number:04d}", f"Place {number}", f"Место {number}")
        case = open_in(track, unit, by=manager)
        services.give_mandate(mentor, "mentor", over=case, by=system)

    assert queries_of(client, MINE) == few <= 15
    assert client.get(MINE).context["mine"].count == 60
