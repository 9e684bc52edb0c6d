"""Bodies: founded by an act, joined and left by institutions, meeting, ending."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from municipalities import bodies
from municipalities.models import Body, BodyMember, Session

FOUNDED = date(2007, 6, 1)  # by the fixture `board`
TOMORROW = timedelta(days=1)


@pytest.fixture
def centre(board, coordinator):
    """The seat of the centre for social work, from the appointment on."""
    return bodies.seat_member(board, institution="Centar za socijalni rad", by=coordinator)


def refused(error) -> dict[str, list[str]]:
    return error.value.message_dict


def test_a_body_is_founded_with_the_act_that_appointed_it(kikinda, coordinator):
    body = bodies.found_body(
        kikinda,
        name="Општински управни одбор",
        act_body="Начелник општине",
        act_number="01-111/07",
        act_on=FOUNDED,
        gazette="Службени лист 7/2007",
        by=coordinator,
    )

    body.refresh_from_db()
    assert (body.municipality, body.name) == (kikinda, "Општински управни одбор")
    assert (body.act_body, body.act_number) == ("Начелник општине", "01-111/07")
    assert (body.act_on, body.gazette) == (FOUNDED, "Службени лист 7/2007")


def test_number_and_date_of_an_old_act_may_be_unknown(kikinda, coordinator):
    body = bodies.found_body(kikinda, name="OUO", act_body="Načelnik opštine", by=coordinator)

    assert (body.act_number, body.act_on) == ("", None)
    assert body.existed_on(date(1995, 1, 1))


def test_a_body_needs_a_name_and_somebody_who_appointed_it(kikinda, coordinator):
    with pytest.raises(ValidationError) as nameless:
        bodies.found_body(kikinda, name="  ", act_body="Predsednik opštine", by=coordinator)
    with pytest.raises(ValidationError) as unappointed:
        bodies.found_body(kikinda, name="OKO", act_body=" ", by=coordinator)

    assert set(refused(nameless)) == {"name"}
    assert refused(unappointed) == {"act_body": ["Say who appointed the body, such as the mayor."]}
    assert not Body.objects.exists()


def test_a_seat_belongs_to_an_institution_from_the_appointment_on(board, centre):
    assert (centre.body, centre.institution) == (board, "Centar za socijalni rad")
    assert (centre.from_on, centre.until_on) == (FOUNDED, None)


def test_a_later_member_sits_from_its_own_day(board, coordinator):
    school = bodies.seat_member(
        board, institution="Škola", seat="zamenik", from_on=date(2008, 2, 1), by=coordinator
    )

    assert (school.from_on, school.seat) == (date(2008, 2, 1), "zamenik")


def test_two_clicks_give_one_seat(board, centre, coordinator):
    with pytest.raises(ValidationError, match="already sits in the body in this function"):
        bodies.seat_member(board, institution="Centar za socijalni rad ", by=coordinator)

    assert board.members.count() == 1


def test_an_institution_may_hold_two_functions_and_come_back(board, centre, coordinator):
    bodies.leave_seat(centre, until_on=date(2008, 1, 1), by=coordinator)
    again = bodies.seat_member(
        board, institution="Centar za socijalni rad", from_on=date(2008, 6, 1), by=coordinator
    )
    chair = bodies.seat_member(
        board, institution="Centar za socijalni rad", seat="predsedavajući", by=coordinator
    )

    assert set(board.members.all()) == {centre, again, chair}


def test_leaving_keeps_the_seat_on_record(board, centre, coordinator):
    left = bodies.leave_seat(centre, until_on=date(2008, 3, 31), by=coordinator)

    assert left == centre
    assert board.members.get().until_on == date(2008, 3, 31)


def test_a_seat_is_left_once(centre, coordinator):
    bodies.leave_seat(centre, until_on=date(2008, 3, 31), by=coordinator)

    with pytest.raises(ValidationError, match="has already left the seat"):
        bodies.leave_seat(centre, until_on=date(2009, 1, 1), by=coordinator)

    centre.refresh_from_db()
    assert centre.until_on == date(2008, 3, 31)


def test_a_session_is_recorded_with_its_minutes(board, coordinator):
    session = bodies.record_session(
        board, held_on=date(2007, 9, 3), number="1", minutes="Usvojen poslovnik.", by=coordinator
    )

    assert board.sessions.get() == session
    assert (session.number, session.minutes) == ("1", "Usvojen poslovnik.")


def test_the_same_session_is_recorded_once_but_a_body_may_meet_twice_a_day(board, coordinator):
    day = date(2007, 9, 3)
    bodies.record_session(board, held_on=day, number="1", by=coordinator)

    with pytest.raises(ValidationError, match="This session is already on record"):
        bodies.record_session(board, held_on=day, number="1", by=coordinator)
    bodies.record_session(board, held_on=day, number="2", by=coordinator)

    assert board.sessions.count() == 2


def test_when_a_body_ends_its_seats_end_with_it(board, centre, coordinator):
    left = bodies.seat_member(board, institution="Crveni krst", by=coordinator)
    bodies.leave_seat(left, until_on=date(2008, 1, 1), by=coordinator)

    ended = bodies.end_body(board, until_on=date(2009, 12, 31), by=coordinator)

    assert ended.until_on == date(2009, 12, 31)
    assert dict(board.members.values_list("institution", "until_on")) == {
        "Centar za socijalni rad": date(2009, 12, 31),
        "Crveni krst": date(2008, 1, 1),
    }


def test_an_ended_body_takes_no_members_and_ends_once(board, coordinator):
    bodies.end_body(board, until_on=date(2009, 12, 31), by=coordinator)

    for attempt in (
        lambda: bodies.seat_member(board, institution="Škola", by=coordinator),
        lambda: bodies.end_body(board, until_on=date(2010, 1, 1), by=coordinator),
    ):
        with pytest.raises(ValidationError, match="This body has ended. Found a new one"):
            attempt()


def test_a_session_held_before_the_end_can_still_be_recorded(board, coordinator):
    bodies.end_body(board, until_on=date(2009, 12, 31), by=coordinator)

    bodies.record_session(board, held_on=date(2009, 12, 31), by=coordinator)
    with pytest.raises(ValidationError, match="The body had ended by then"):
        bodies.record_session(board, held_on=date(2010, 1, 1), by=coordinator)

    assert board.sessions.count() == 1


def test_a_body_cannot_end_before_what_it_did(board, centre, coordinator):
    bodies.record_session(board, held_on=date(2008, 5, 1), by=coordinator)

    with pytest.raises(ValidationError, match="on record outside these days"):
        bodies.end_body(board, until_on=date(2008, 4, 30), by=coordinator)

    board.refresh_from_db()
    centre.refresh_from_db()
    assert (board.until_on, centre.until_on) == (None, None)


WRITES = {
    "found": lambda board, day, by: bodies.found_body(
        board.municipality, name="OKO", act_body="Predsednik", act_on=day, by=by
    ),
    "seat": lambda board, day, by: bodies.seat_member(
        board, institution="Škola", from_on=day, by=by
    ),
    "leave": lambda board, day, by: bodies.leave_seat(board.members.get(), until_on=day, by=by),
    "meet": lambda board, day, by: bodies.record_session(board, held_on=day, by=by),
    "end": lambda board, day, by: bodies.end_body(board, until_on=day, by=by),
}


def counts() -> tuple:
    ended = BodyMember.objects.exclude(until_on=None), Body.objects.exclude(until_on=None)
    rows = Body.objects.all(), BodyMember.objects.all(), Session.objects.all()
    return tuple(found.count() for found in (*rows, *ended))


@pytest.mark.parametrize("write", WRITES)
def test_a_day_that_has_not_come_is_refused(board, centre, coordinator, write):
    before = counts()

    with pytest.raises(ValidationError) as error:
        WRITES[write](board, timezone.localdate() + TOMORROW, coordinator)

    [[sentence]] = refused(error).values()
    assert sentence == "This day has not come yet. Enter today or an earlier day."
    assert counts() == before


@pytest.mark.parametrize("write", WRITES)
def test_today_has_come(board, centre, coordinator, write):
    WRITES[write](board, timezone.localdate(), coordinator)


@pytest.mark.parametrize("write", WRITES)
def test_a_slip_in_the_year_is_refused(board, centre, coordinator, write):
    with pytest.raises(ValidationError, match="This day is before 1990. Check the year."):
        WRITES[write](board, date(207, 6, 1), coordinator)


@pytest.mark.parametrize("write", ["seat", "leave", "meet", "end"])
def test_nothing_happens_in_a_body_before_its_appointment(board, centre, coordinator, write):
    before = counts()

    with pytest.raises(ValidationError):
        WRITES[write](board, FOUNDED - TOMORROW, coordinator)

    assert counts() == before


@pytest.mark.parametrize(
    ("field", "at_most"),
    [("name", 300), ("act_body", 300), ("act_number", 100), ("gazette", 200)],
)
def test_texts_of_a_body_are_bounded_in_a_sentence(kikinda, coordinator, field, at_most):
    texts = {"name": "OKO", "act_body": "Predsednik opštine", "act_number": "", "gazette": ""}

    bodies.found_body(kikinda, **texts | {field: "ш" * at_most}, by=coordinator)
    with pytest.raises(ValidationError) as error:
        bodies.found_body(kikinda, **texts | {field: "š" * 10_000}, by=coordinator)

    assert refused(error) == {field: [f"Write {at_most:,} characters at most. You wrote 10,000."]}


def test_minutes_are_bounded_and_keep_their_lines(board, coordinator):
    with pytest.raises(ValidationError, match="Write 5,000 characters at most"):
        bodies.record_session(board, held_on=date(2008, 1, 1), minutes="a" * 10_000, by=coordinator)

    session = bodies.record_session(
        board, held_on=date(2008, 1, 1), minutes="Прво.\r\nDrugo. " + "č" * 4_980, by=coordinator
    )
    assert session.minutes.startswith("Прво.\nDrugo.")


@pytest.mark.parametrize("text", ["Centar\0za rad", "Centar\x1bza rad", "Centar\nza rad"])
def test_control_characters_are_refused(board, coordinator, text):
    with pytest.raises(ValidationError) as error:
        bodies.seat_member(board, institution=text, by=coordinator)

    assert set(refused(error)) == {"institution"}


def test_marks_that_turn_the_text_are_left_out(board, coordinator):
    member = bodies.seat_member(
        board, institution="Centar \u202eza\u202c rad\u200f, C\u030cacak", by=coordinator
    )

    assert member.institution == "Centar za rad, Čacak"


def test_the_history_says_who_wrote_what(board, centre, coordinator, administrator):
    bodies.leave_seat(centre, until_on=date(2008, 3, 31), by=administrator)
    session = bodies.record_session(board, held_on=date(2008, 1, 1), by=coordinator)

    assert [(line.history_type, line.history_user) for line in centre.history.all()] == [
        ("~", administrator),
        ("+", coordinator),
    ]
    assert board.history.get().history_user == coordinator
    assert session.history.get().history_user == coordinator


def test_the_database_itself_refuses_ends_before_beginnings(board):
    early = {"until_on": FOUNDED - TOMORROW}
    writes = [
        lambda: Body.objects.filter(pk=board.pk).update(**early),
        lambda: BodyMember.objects.create(
            body=board, institution="Škola", from_on=FOUNDED, **early
        ),
    ]

    for write in writes:
        with pytest.raises(IntegrityError), transaction.atomic():
            write()


def test_the_database_itself_refuses_doubles(board, centre):
    Session.objects.create(body=board, held_on=FOUNDED)

    for write in (
        lambda: BodyMember.objects.create(body=board, institution=centre.institution),
        lambda: Session.objects.create(body=board, held_on=FOUNDED),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write()
