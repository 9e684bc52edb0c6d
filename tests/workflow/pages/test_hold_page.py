"""The pages of hold and resume tell what will become of the deadlines; the door does just that."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, send, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import step
from web.script.dates import long_date
from workflow import services
from workflow.models import Participation
from workflow.rules import Due

HELD, TYPED = date(2026, 4, 1), date(2026, 4, 11)
STEPS = [
    step("sign", deadline={"rule": "fixed", "on": "2026-05-31", "at": "24:00"}),
    step("visit", deadline={"rule": "fixed", "on": "2026-06-30"}),
    step("talk", required=False),
]


@pytest.fixture
def participation(make_participation) -> Participation:
    return make_participation(stage="memorandum", stages={"memorandum": STEPS})


@pytest.fixture
def held(participation, manager, perform) -> Participation:
    perform(participation, "hold", by=manager, decided_on=HELD)
    return Participation.objects.get(pk=participation.pk)


def dated(number: int) -> dict:
    return step(f"visit_{number}", deadline={"rule": "fixed", "on": f"2026-06-1{number}"})


def page_of(participation: Participation, name: str) -> str:
    return f"{participation.get_absolute_url()}transitions/{name}/"


def test_the_page_of_hold_says_which_deadlines_will_move(client, participation, manager):
    page = text(read(client, manager, page_of(participation, "hold")))

    assert "These 2 deadlines will move by the days held" in page
    assert "Sign: 31 May 2026 at 24:00 Visit: 30 June 2026" in page
    assert "Talk:" not in page


def test_the_page_of_resume_tells_old_and_new_dates_as_the_door_sets_them(
    client, held, manager, perform
):
    today = timezone.localdate()
    days = (today - HELD).days
    sign, visit = [day + timedelta(days=days) for day in (date(2026, 5, 31), date(2026, 6, 30))]

    page = text(read(client, manager, page_of(held, "resume")))
    perform(held, "resume", by=manager, decided_on=today)

    assert f"If the clock runs again from {long_date(today)}, 2 deadlines move." in page
    assert f"Sign: 31 May 2026 at 24:00 → {long_date(sign)} at 24:00 ({days} days)" in page
    assert f"Visit: 30 June 2026 → {long_date(visit)} ({days} days)" in page
    set_by_the_door = [the_step(held, key).deadlines.last().on for key in ("sign", "visit")]
    assert set_by_the_door == [sign, visit]


def test_the_dates_are_those_of_the_day_that_was_typed(client, held, manager):
    told = {"decided_on": f"{TYPED:%d.%m.%Y}.", "reason": "x" * 5_000}

    page = text(send(client, manager, page_of(held, "resume"), told))

    assert "If the clock runs again from 11 April 2026, 2 deadlines move." in page
    assert "Visit: 30 June 2026 → 10 July 2026 (10 days)" in page


def test_a_deadline_that_was_set_today_does_not_move_today(client, held, manager):
    visit = the_step(held, "visit")
    facts = {"due": Due(date(2027, 7, 1)), "reason": "Agreed."}
    act_on(services.move_deadline, visit, by=manager, **facts)

    page = text(read(client, manager, page_of(held, "resume")))

    assert "1 deadline moves." in page
    assert "Visit:" not in page


def test_where_nothing_has_a_date_the_page_says_so(client, make_participation, manager):
    participation = make_participation("assessment")

    assert "No deadline moves." in text(read(client, manager, page_of(participation, "hold")))
    other = text(read(client, manager, page_of(participation, "discontinue")))
    assert "What happens to the deadlines" not in other


def test_the_number_of_queries_does_not_grow_with_the_deadlines(make_participation, manager):
    few, many = (
        make_participation("memorandum", stages={"memorandum": [dated(n) for n in range(number)]})
        for number in (1, 9)
    )
    client = signed_in(manager)

    assert queries_of(client, page_of(many, "hold")) <= queries_of(client, page_of(few, "hold"))
