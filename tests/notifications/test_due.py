"""What is late and what is due soon, over all that a manager or a mentor looks after."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from notifications.pages import due as page_of_due
from tests.clock import set_to
from tests.conftest import make_municipality, open_in
from tests.notifications.post_office import work
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow import services
from workflow.services.people import end_mandate

pytestmark = pytest.mark.django_db
DUE = "/deadlines/"
WEDNESDAY = (2026, 11, 18)


@pytest.fixture
def clock():
    """Eleven in the morning in Belgrade of a Wednesday."""
    with set_to(*WEDNESDAY) as clock:
        yield clock


@pytest.fixture
def dated(clock, make_participation, coordinator):
    """`dated(a="2026-11-18")`: a participation with a step for each key, due on that day."""

    def make(**days: str):
        steps = [step(key, deadline={"rule": "fixed", "on": on}) for key, on in days.items()]
        return make_participation(stage="assessment", stages={"assessment": steps})

    return make


def groups(page) -> dict[str, list[str]]:
    """The keys of the steps by group, empty groups left out."""
    told = {one.key: [line.step.key for line in one.lines] for one in page.context["due"].groups}
    return {key: steps for key, steps in told.items() if steps}


def test_each_step_stands_in_the_span_of_its_day(client, dated, manager):
    dated(
        late="2026-11-17", today="2026-11-18", thursday="2026-11-19", sunday="2026-11-22",
        monday="2026-11-23", sunday_after="2026-11-29", then="2026-11-30", last="2026-12-18",
        far="2026-12-19",
    )  # fmt: skip

    assert groups(read(client, manager, DUE)) == {
        "late": ["late"],
        "today": ["today"],
        "week": ["thursday", "sunday"],
        "next": ["monday", "sunday_after"],
        "later": ["then", "last"],
    }


def test_on_a_sunday_nothing_is_left_of_the_week(client, dated, manager, clock):
    dated(sunday="2026-11-22", monday="2026-11-23")
    clock.now = datetime(2026, 11, 22, 22, 30, tzinfo=UTC)  # half past eleven in Belgrade
    assert groups(read(client, manager, DUE)) == {"today": ["sunday"], "next": ["monday"]}

    clock.let_pass(minutes=31)
    assert groups(read(client, manager, DUE)) == {"late": ["sunday"], "today": ["monday"]}


def test_a_line_says_where_what_whose_turn_and_by_when(client, dated, manager):
    case = dated(inspection="2026-11-20")

    page = read(client, manager, DUE)

    told = text(page)
    assert "Kikinda Inspection T1-001 · Trial in 2 days 20 November 2026 Coordinator" in told
    assert "not yet" in told
    assert the_step(case, "inspection").get_absolute_url() in page.content.decode()


def test_says_when_whom_somebody_reminded_last(client, dated, clock, signatory, manager):
    dated(inspection="2026-11-20")
    for day in (19, 21):
        clock.now = datetime(2026, 11, day, 8, tzinfo=UTC)
        work(clock)

    told = text(read(client, manager, DUE))

    assert "1 day late 20 November 2026 Coordinator, Kikinda 21 Nov 2026 Coordinator, Sig" in told


def test_what_is_settled_on_hold_or_of_another_stage_is_not_due(
    client, dated, manager, coordinator, perform
):
    case = dated(a="2026-11-20", b="2026-11-20")
    hand_in(the_step(case, "a"), by=coordinator)
    act_on(services.accept_step, the_step(case, "a"), by=manager)
    assert groups(read(client, manager, DUE)) == {"week": ["b"]}

    perform(case, "hold", by=manager)
    page = read(client, manager, DUE)
    assert groups(page) == {}
    assert "Nothing is due within 30 days" in text(page)


def test_what_waits_for_a_second_person_says_so(client, clock, make_participation, manager,
                                                coordinator):  # fmt: skip
    rule = step(deadline={"rule": "fixed", "on": "2026-11-20"}, second_person=True)
    case = make_participation(stage="assessment", stages={"assessment": [rule]})
    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.accept_step, the_step(case, "inspection"), by=manager)

    assert "a second person of the programme" in text(read(client, manager, DUE))


def test_a_role_that_nobody_holds_is_named_with_where_to_invite(
    client, dated, manager, coordinator, system
):
    case = dated(inspection="2026-11-20", far="2027-11-20")
    assert "Nobody to tell" not in text(read(client, manager, DUE))

    end_mandate(coordinator.mandates.get(), by=system)
    page = read(client, manager, DUE)

    assert [one.key for one in page.context["due"].nobody] == ["inspection"]
    assert "Nobody is: Coordinator." in text(page)
    assert reverse("workflow:people", args=[case.reference]) in page.content.decode()


def test_who_cannot_sign_in_any_more_is_nobody(client, dated, manager, coordinator):
    dated(inspection="2026-11-20")
    coordinator.is_active = False
    coordinator.save()

    assert "Nobody to tell" in text(read(client, manager, DUE))


def test_handed_in_for_a_role_that_nobody_holds_is_named_without_a_deadline(
    client, clock, make_participation, manager, coordinator, person
):
    rule = step(accepted_by="mentor")
    case = make_participation(stage="assessment", stages={"assessment": [rule]})
    hand_in(the_step(case, "inspection"), by=coordinator)
    assert "Nobody is: Mentor." in text(read(client, manager, DUE))

    person("mentor", over=case)
    assert "Nobody to tell" not in text(read(client, manager, DUE))


def test_a_mentor_reads_of_those_they_follow_alone(
    client, dated, neighbour, make_track, manager, person
):
    mentor = person("mentor", over=dated(own="2026-11-20"))
    rule = step("other", deadline={"rule": "fixed", "on": "2026-11-20"})
    open_in(make_track(route=ROUTE[2:], stages={"assessment": [rule]}), neighbour, by=manager)

    assert groups(read(client, mentor, DUE)) == {"week": ["own"]}
    assert groups(read(client, manager, DUE)) == {"week": ["own", "other"]}


def test_one_programme_can_be_chosen(client, dated, manager):
    dated(a="2026-11-20")

    assert groups(read(client, manager, f"{DUE}?programme=test_programme")) == {"week": ["a"]}
    assert groups(read(client, manager, f"{DUE}?programme=another")) == {}


@pytest.mark.parametrize("who", ["coordinator", "auditor", "evaluator", "stranger"])
def test_for_nobody_else(client, dated, request, who):
    assert read(client, request.getfixturevalue(who), DUE).status_code == 403


def test_the_board_and_the_page_of_the_mentor_lead_there(client, dated, manager, person, observer):
    mentor = person("mentor", over=dated(a="2026-11-20"))

    board = read(client, manager, "/board/").content.decode()
    assert f'href="{DUE}?programme=test_programme"' in board
    assert f'href="{DUE}"' in read(client, mentor, "/my-municipalities/").content.decode()
    assert DUE not in read(client, observer, "/board/").content.decode()


def test_of_very_many_the_first_are_shown_and_all_are_counted(client, dated, manager, monkeypatch):
    monkeypatch.setattr(page_of_due, "AT_MOST", 2)
    dated(a="2026-11-20", b="2026-11-19", c="2026-11-21")

    page = read(client, manager, DUE)

    assert groups(page) == {"week": ["b", "a"]}
    assert "3 This week" in text(page)
    assert "Shown are the 2 that are due first." in text(page)


def test_it_costs_the_same_for_one_step_and_for_many(clock, make_track, manager, person):
    client, today = signed_in(manager), clock.today
    rules = [
        step(f"s{days + 10}", deadline={"rule": "fixed", "on": str(today + timedelta(days=days))})
        for days in range(-10, 30)
    ]
    few = 0
    for number in range(8):
        steps = rules if number else rules[:1]
        unit = make_municipality(f"9{number:04d}", f"Place {number}", f"Место {number}")
        open_in(make_track(route=ROUTE[2:], stages={"assessment": steps}), unit, by=manager)
        few = few or queries_of(client, DUE)
        person("coordinator", over=unit)

    assert queries_of(client, DUE) == few <= 15
