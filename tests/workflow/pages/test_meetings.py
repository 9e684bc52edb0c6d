"""A meeting of a planning body is typed once: the step takes over the session on record."""

from datetime import date

import pytest

from municipalities.models import Body, Session
from tests.stepping import the_step
from tests.workflow.pages.reading import hidden, read, text
from tests.workflow.pages.visiting import queries_of
from tests.world import step
from workflow import services
from workflow.models import Evidence

HELD = date(2026, 3, 1)
STEPS = [step("session", evidence="meeting"), step("record")]


@pytest.fixture
def participation(make_participation):
    return make_participation("assessment", stages={"assessment": STEPS})


@pytest.fixture
def session(participation, municipality, coordinator) -> Session:
    """A session on record, of a board in which a centre sits and a school sat before."""
    board = services.found_body(
        municipality, name="Koordinacioni odbor", act_body="Predsednik", act_on=date(2025, 1, 1),
        by=coordinator,
    )  # fmt: skip
    services.seat_member(board, institution="Centar", seat="predsedava", by=coordinator)
    school = services.seat_member(board, institution="Škola", by=coordinator)
    services.leave_seat(school, until_on=date(2026, 1, 1), by=coordinator)
    return services.record_session(
        board, held_on=HELD, number="4", minutes="Usvojen plan.", by=coordinator
    )


def page_of(participation, chosen="") -> str:
    return the_step(participation, "session").get_absolute_url() + chosen


def value_of(name: str, page) -> str:
    return page.context["evidence_form"][name].value()


def test_sessions_on_record_are_offered_as_links(client, participation, session, coordinator):
    page = read(client, coordinator, page_of(participation))

    assert "1 March 2026 Koordinacioni odbor (4)" in text(page)
    assert f'{page_of(participation)}?from={session.pk}#hand-in"' in page.content.decode()
    assert not value_of("minutes", page)


def test_the_chosen_one_fills_in_the_form(client, participation, session, coordinator):
    page = read(client, coordinator, page_of(participation, f"?from={session.pk}"))

    assert value_of("dated_on", page) == HELD
    assert value_of("present", page) == "Centar (predsedava)"
    assert value_of("minutes", page) == "Usvojen plan."
    assert "filled in" in text(page)


def test_what_was_filled_in_can_be_handed_in_as_it_is(client, participation, session, coordinator):
    page = read(client, coordinator, page_of(participation, f"?from={session.pk}"))
    form = page.context["evidence_form"]
    told = {name: form[name].value() for name in ("present", "minutes")} | {"dated_on": "1.3.2026"}

    sent = client.post(f"{page_of(participation)}hand_in/", hidden(page) | told)

    assert sent.status_code == 302
    evidence = Evidence.objects.get()
    assert (evidence.dated_on, evidence.told["minutes"]) == (HELD, "Usvojen plan.")


def test_looking_at_it_records_nothing(client, participation, session, coordinator):
    read(client, coordinator, page_of(participation, f"?from={session.pk}"))

    assert not Evidence.objects.exists()


@pytest.mark.parametrize("asked", ["999999", "x", "", "1' OR 1"])
def test_a_session_that_is_not_there_fills_in_nothing(
    client, participation, session, coordinator, asked
):
    page = read(client, coordinator, page_of(participation, f"?from={asked}"))

    assert page.status_code == 200
    assert not value_of("minutes", page)


def test_sessions_of_another_municipality_are_not_offered(
    client, participation, neighbour, coordinator
):
    other = Body.objects.create(municipality=neighbour, name="Drugi odbor", act_body="Predsednik")
    Session.objects.create(body=other, held_on=HELD, minutes="Tuđe.")

    page = read(client, coordinator, page_of(participation))

    assert "Drugi odbor" not in text(page)


def test_without_a_session_it_says_where_to_record_one(client, participation, coordinator):
    page = read(client, coordinator, page_of(participation))

    assert "No session of a planning body is on record yet." in text(page)
    assert "/municipalities/80209/bodies/" in page.content.decode()


def test_a_step_of_another_kind_offers_none(client, participation, session, coordinator):
    page = read(client, coordinator, the_step(participation, "record").get_absolute_url())

    assert "?from=" not in page.content.decode()


def test_many_sessions_cost_no_more_queries_and_the_newest_ten_are_offered(
    client, participation, session, coordinator
):
    client.force_login(coordinator)
    few = queries_of(client, page_of(participation))
    for day in range(2, 30):
        Session.objects.create(body=session.body, held_on=date(2025, 2, day % 28 + 1), number=day)

    assert queries_of(client, page_of(participation)) == few
    assert client.get(page_of(participation)).content.decode().count("?from=") == 10
