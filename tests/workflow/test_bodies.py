"""Who keeps the planning bodies of a municipality, and what the doors ask before they open."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from municipalities.models import Body, BodyMember, Session
from workflow import services
from workflow.audit.models import Entry
from workflow.errors import NotAllowed
from workflow.permissions import can
from workflow.services.bodies import Bodies

FOUNDED = date(2007, 6, 1)  # by the fixture `board`


def records() -> list:
    return [list(model.objects.values_list()) for model in (Body, BodyMember, Session)]


@pytest.mark.parametrize("role", ["coordinator", "signatory"])
def test_the_people_of_the_municipality_keep_its_bodies(person, municipality, role):
    somebody = person(role, over=municipality)

    assert can(somebody, "keep_body", Bodies(municipality, to_keep=True))


def test_a_mentor_and_a_manager_keep_them_while_the_participation_is_open(
    make_participation, municipality, neighbour, manager, person, perform
):
    case = make_participation("assessment")
    mentor = person("mentor", over=case)
    keeping = Bodies(municipality, to_keep=True)
    for somebody in (manager, mentor):
        assert can(somebody, "keep_body", keeping)
        assert not can(somebody, "keep_body", Bodies(neighbour, to_keep=True))

    perform(case, "withdraw", by=manager)

    for somebody in (manager, mentor):
        assert not can(somebody, "keep_body", keeping)
        assert can(somebody, "view", Bodies(municipality))


def test_the_doors_ask_for_the_right_themselves(municipality, stranger, board, centre):
    before = records()
    knocks = [
        lambda: services.found_body(municipality, name="X", act_body="Y", by=stranger),
        lambda: services.confirm_act(board, act_number="1", by=stranger),
        lambda: services.seat_member(board, institution="X", by=stranger),
        lambda: services.leave_seat(centre, until_on=FOUNDED, by=stranger),
        lambda: services.record_session(board, held_on=FOUNDED, by=stranger),
        lambda: services.end_body(board, until_on=FOUNDED, by=stranger),
    ]

    for knock in knocks:
        with pytest.raises(NotAllowed, match="This needs the role: Coordinator, Signatory"):
            knock()
    assert records() == before


def test_a_mandate_that_ended_keeps_nothing(municipality, coordinator, system, board):
    services.end_mandate(coordinator.mandates.get(), by=system)

    with pytest.raises(NotAllowed):
        services.record_session(board, held_on=FOUNDED, by=coordinator)


def test_the_history_tells_who_wrote_what_and_the_log_nothing(
    make_participation, person, coordinator, board
):
    case = make_participation("assessment")
    mentor, entries = person("mentor", over=case), Entry.objects.count()

    services.seat_member(board, institution="Škola", by=mentor)

    assert board.history.get().history_user == coordinator
    assert board.members.get().history.get().history_user == mentor
    assert Entry.objects.count() == entries


def test_two_bodies_of_one_name_run_one_after_the_other(municipality, coordinator, board):
    told = {"name": board.name, "act_body": "Predsednik opštine", "by": coordinator}
    with pytest.raises(ValidationError, match="A body of this name is on record already"):
        services.found_body(municipality, **told)
    services.end_body(board, until_on=date(2009, 12, 31), by=coordinator)

    services.found_body(municipality, **told)

    assert Body.objects.count() == 2
