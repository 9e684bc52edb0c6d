"""Deadlines in one's own calendar: what a calendar program reads, and whose deadlines."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from municipalities.models import Mandate
from tests.conftest import make_municipality, open_in
from tests.notifications.fetching import events, fetched, made, read
from tests.stepping import hand_in, settle, the_step
from tests.workflow.pages.visiting import queries_of
from tests.world import step
from workflow import services
from workflow.rules import Due

pytestmark = pytest.mark.django_db


def move(case, key: str, due: Due, *, by) -> None:
    owed = the_step(case, key)
    services.move_deadline(
        owed, due, by=by, reason="Asked for.", expected_version=owed.version,
        idempotency_key=uuid4(),
    )  # fmt: skip


# What a calendar program reads


def test_a_deadline_is_an_event_of_the_whole_day(case, coordinator):
    owed = the_step(case, "inspection")

    [event] = events(made(coordinator))

    assert event["uid"] == f"step-{owed.uuid}@127.0.0.1"
    assert event.decoded("dtstart") == date(2026, 12, 15)
    assert event["dtstart"].params["VALUE"] == "DATE"
    assert event["summary"] == "[Kikinda] Inspection"
    assert event["url"] == f"http://127.0.0.1:8000{owed.get_absolute_url()}"
    assert event["status"] == "CONFIRMED"
    assert event["sequence"] == 1
    set_at = owed.deadlines.get().set_at.replace(microsecond=0)
    assert event.decoded("dtstamp") == event.decoded("last-modified") == set_at


def test_it_says_whose_turn_it_is_and_names_no_person(case, coordinator):
    coordinator.name = "Somebody Known"
    coordinator.save()
    path = made(coordinator)

    [event] = events(path)

    assert "Due by 15 December 2026." in event["description"]
    assert "Whose turn: Coordinator." in event["description"]
    content = fetched(path).content.decode()
    assert "Somebody" not in content
    assert coordinator.email not in content


def test_it_warns_in_the_morning_three_days_and_one_day_before(case, coordinator):
    [event] = events(made(coordinator))

    alarms = [(one["action"], one["trigger"].dt) for one in event.walk("VALARM")]
    eight = timedelta(hours=8)
    assert alarms == [
        ("DISPLAY", eight - timedelta(days=3)),
        ("DISPLAY", eight - timedelta(days=1)),
    ]


def test_an_hour_is_told_by_the_clock_of_belgrade(case, coordinator, manager):
    move(case, "inspection", Due(date(2027, 7, 1), "15:00", "minute"), by=manager)

    calendar = read(made(coordinator))

    [event] = calendar.walk("VEVENT")
    assert event["dtstart"].params["TZID"] == "Europe/Belgrade"
    assert event.decoded("dtstart") == datetime(2027, 7, 1, 13, tzinfo=UTC)
    [zone] = calendar.walk("VTIMEZONE")
    assert zone["tzid"] == "Europe/Belgrade"
    assert event.walk("VALARM")[0]["trigger"].dt == timedelta(days=-3)


@pytest.mark.parametrize(
    "due",
    [Due(date(2027, 1, 31), "24:00", "minute"), Due(date(2027, 1, 31), "", "month")],
)
def test_midnight_and_the_end_of_a_month_are_the_day_itself(case, coordinator, manager, due):
    move(case, "inspection", due, by=manager)

    [event] = events(made(coordinator))

    assert event.decoded("dtstart") == date(2027, 1, 31)


def test_a_moved_deadline_is_the_same_event_with_the_next_number(case, coordinator, manager):
    path = made(coordinator)
    [before] = events(path)

    move(case, "inspection", Due(date(2026, 12, 20)), by=manager)

    [after] = events(path)
    assert after["uid"] == before["uid"]
    assert (before["sequence"], after["sequence"]) == (1, 2)
    assert after.decoded("dtstart") == date(2026, 12, 20)


def test_a_settled_step_disappears(case, coordinator, manager):
    path = made(coordinator)

    settle(case, "inspection", by=coordinator, accepted_by=manager)

    assert events(path) == []


def test_on_hold_nothing_is_due(case, coordinator, manager, perform):
    path = made(coordinator)

    perform(case, "hold", by=manager)

    assert events(path) == []


def test_what_waits_for_acceptance_stands_with_whoever_accepts(case, coordinator, manager):
    path = made(manager)
    assert events(path) == []

    hand_in(the_step(case, "inspection"), by=coordinator)

    [event] = events(path)
    assert "Whose turn: Programme manager." in event["description"]


def test_it_is_published_and_fetched_again_every_hour(case, coordinator):
    calendar = read(made(coordinator))

    assert calendar["method"] == "PUBLISH"
    assert calendar["version"] == "2.0"
    assert calendar["x-wr-calname"] == "Koraci: deadlines"
    assert calendar["refresh-interval"].to_ical() == b"PT1H"
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert calendar["x-published-ttl"] == "PT1H"


def test_it_speaks_the_language_and_script_of_its_person(case, coordinator):
    coordinator.language = "sr"
    coordinator.save()

    calendar = read(made(coordinator))

    [event] = calendar.walk("VEVENT")
    assert event["summary"] == "[Кикинда] Јавни увид"
    assert "Рок: 15. децембра 2026." in event["description"]
    assert calendar["x-wr-calname"] == "Кораци: рокови"


LONG = "Нацрт стратегије, са прилозима; и све остало, што треба предати до краја године у Кикинди"


def test_a_long_title_is_folded_and_comes_back_whole(make_participation, coordinator, clock):
    title = {"sr": LONG, "en": "Draft strategy"}
    owed = step(title=title, deadline={"rule": "fixed", "on": "2026-12-15"})
    make_participation(stage="assessment", stages={"assessment": [owed]})
    coordinator.language = "sr"
    coordinator.save()
    path = made(coordinator)

    content = fetched(path).content

    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert events(path)[0]["summary"] == f"[Кикинда] {LONG}"


def test_a_line_break_in_a_title_makes_no_line_of_the_file(case, coordinator):
    owed = the_step(case, "inspection")
    owed.rule["title"] = {"sr": "x", "en": "Draft, with; a \\ sign\r\nUID:another\nEND:VEVENT"}
    owed.save(update_fields=["rule"])

    [event] = events(made(coordinator))

    assert event["summary"].startswith("[Kikinda] Draft, with; a \\ sign")
    assert event["uid"].startswith(f"step-{owed.uuid}@")


# Whose deadlines


def test_whoever_acts_in_a_participation_has_all_of_its_deadlines(
    make_participation, clock, coordinator, signatory, mentor_of, manager
):
    due = {"deadline": {"rule": "fixed", "on": "2026-12-15"}}
    steps = [step("draft", **due), step("sign", role="signatory", **due)]
    case = make_participation(stage="assessment", stages={"assessment": steps})

    for who in (coordinator, signatory, mentor_of(case)):
        assert len(events(made(who))) == 2
    assert events(made(manager)) == [], "of a whole programme only what waits for them"


@pytest.fixture
def mentor_of(person):
    return lambda case: person("mentor", over=case)


def test_a_calendar_of_one_participation_holds_no_other(
    case, coordinator, make_track, neighbour, manager, system
):
    due = {"deadline": {"rule": "fixed", "on": "2026-12-31"}}
    track = make_track(route=["assessment"], stages={"assessment": [step("draft", **due)]})
    open_in(track, neighbour, by=manager)
    services.give_mandate(coordinator, "coordinator", over=neighbour, by=system)

    assert len(events(made(coordinator))) == 2
    [event] = events(made(coordinator, case))
    assert event["summary"] == "[Kikinda] Inspection"


def test_whoever_sees_a_participation_may_have_its_calendar(case, observer, auditor):
    for who in (observer, auditor):
        assert len(events(made(who, case))) == 1
        assert events(made(who)) == []


def test_when_the_mandate_ends_the_events_are_gone(case, coordinator, system):
    paths = [made(coordinator), made(coordinator, case)]
    assert [len(events(one)) for one in paths] == [1, 1]

    services.end_mandate(Mandate.objects.get(user=coordinator), by=system)

    assert [len(events(one)) for one in paths] == [0, 0]


def test_many_deadlines_cost_as_many_queries_as_one(
    case, coordinator, make_track, manager, system, clock
):
    path, client = made(coordinator), Client()
    few = queries_of(client, path)

    for number in range(5):
        other = make_municipality(f"9000{number}", f"Place {number}", f"Место {number}")
        due = {"rule": "fixed", "on": "2026-12-31", "at": "15:00"}
        steps = [step("draft", deadline=due), step("talk", deadline=due)]
        track = make_track(route=["assessment"], stages={"assessment": steps})
        services.give_mandate(coordinator, "coordinator", over=other, by=system)
        open_in(track, other, by=manager)

    assert len(events(path)) == 11
    assert queries_of(client, path) == few <= 6
