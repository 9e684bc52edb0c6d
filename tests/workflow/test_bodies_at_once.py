"""Many clicks at once on each act on a planning body: one record, the others are told."""

from datetime import date

import pytest

from tests.own_database import db, own_database, together  # noqa: F401
from workflow import services

MANY = 20
LEFT, ENDED = date(2008, 2, 1), date(2009, 12, 31)


ACTS = {
    "found": lambda board, seat, by: services.found_body(
        board.municipality, name="New", act_body="President", by=by
    ),
    "confirm": lambda board, seat, by: services.confirm_act(board, act_number="1", by=by),
    "seat": lambda board, seat, by: services.seat_member(board, institution="School", by=by),
    "leave": lambda board, seat, by: services.leave_seat(seat, until_on=LEFT, by=by),
    "meet": lambda board, seat, by: services.record_session(board, held_on=LEFT, by=by),
    "end": lambda board, seat, by: services.end_body(board, until_on=ENDED, by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_one_of_many_equal_clicks_is_recorded(board, centre, coordinator, act):
    results = together([lambda: ACTS[act](board, centre, coordinator)] * MANY)

    names = [type(result).__name__ for result in results]
    assert names.count("ValidationError") == MANY - 1, names


def test_who_left_before_the_body_ended_keeps_the_own_last_day(board, centre, coordinator):
    acts = [ACTS["leave"], ACTS["end"]] * 5
    together([lambda act=act: act(board, centre, coordinator) for act in acts])

    centre.refresh_from_db()
    board.refresh_from_db()
    assert board.until_on == ENDED
    assert centre.until_on in (LEFT, ENDED)
    assert [row.until_on for row in centre.history.all()] == [centre.until_on, None]
