"""Planning bodies on their pages: founded, seated, met, ended, by those who keep them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Body, BodyMember, Session
from tests.stepping import the_step
from tests.workflow.pages.reading import buttons, read, send, text, title
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE, step
from workflow import services

FOUNDED = date(2007, 6, 1)
BOARD = "Opštinski koordinacioni odbor"
CENTRE = "Centar za socijalni rad"
ACT = {"name": BOARD, "act_body": "Predsednik opštine", "act_on": "1.6.2007"}


def bodies_of(municipality) -> str:
    return reverse("workflow:bodies", args=[municipality.code])


def page_of(body) -> str:
    return reverse("workflow:body", args=[body.pk])


def act_on(name: str, row) -> str:
    return reverse(f"workflow:{name}", args=[row.pk])


def new_body(municipality) -> str:
    return reverse("workflow:found_body", args=[municipality.code])


# Reading


def test_a_body_stands_on_the_page_with_its_act_seats_and_sessions(
    client, municipality, coordinator, board, centre
):
    told = {"held_on": date(2007, 12, 10), "number": "3", "minutes": "Usvojen predlog."}
    services.record_session(board, by=coordinator, **told)

    response = read(client, coordinator, bodies_of(municipality))

    page = text(response)
    assert title(response) == "Planning bodies: Kikinda – Koraci"
    assert f"{BOARD} Appointed by Predsednik opštine Number of the act to be confirmed" in page
    assert "Date of the act 1 June 2007 Official gazette to be confirmed" in page
    assert f"{CENTRE} član since 1 Jun 2007" in page
    assert "10 December 2007 · session 3 Usvojen predlog." in page


def test_ended_bodies_stand_below_the_running_ones(client, municipality, coordinator, board):
    services.end_body(board, until_on=date(2009, 12, 31), by=coordinator)
    services.found_body(municipality, name="Komisija", act_body="Načelnik", by=coordinator)

    page = text(read(client, coordinator, bodies_of(municipality)))

    assert page.index("Komisija") < page.index("Ended bodies") < page.index(BOARD)
    assert "1 Jun 2007 – 31 Dec 2009 · 0 seats · 0 sessions" in page


def test_content_stands_in_the_script_of_the_reader(client, coordinator, board, centre):
    coordinator.language = "sr"
    coordinator.save()

    response = read(client, coordinator, page_of(board))

    assert title(response) == "Општински координациони одбор – Koraci"
    assert "Центар за социјални рад" in text(response)


def test_without_a_body_the_page_says_how_one_comes_on_record(client, municipality, coordinator):
    response = read(client, coordinator, bodies_of(municipality))

    assert "No planning body is on record" in text(response)
    assert buttons(response) == ["Put a body on record"]


def test_for_a_stranger_nothing_is_there(municipality, stranger, neighbour, person, board, centre):
    urls = [bodies_of(municipality), new_body(municipality), page_of(board)]
    acts = ["confirm_act", "seat_member", "record_session", "end_body"]
    urls += [act_on(act, board) for act in acts] + [act_on("leave_seat", centre)]
    urls += [reverse("workflow:body", args=[10**30]), reverse("workflow:bodies", args=["none"])]
    colleague = person("coordinator", over=neighbour)

    for somebody in (stranger, colleague):
        client = signed_in(somebody)
        assert {client.get(url).status_code for url in urls} == {404}
        assert client.post(act_on("end_body", board), {"until_on": "1.1.2010"}).status_code == 404


def test_whoever_sees_a_participation_reads_the_bodies_of_its_municipality(
    client, make_participation, observer, municipality, board
):
    assert read(client, observer, bodies_of(municipality)).status_code == 404
    make_participation()

    for url in (bodies_of(municipality), page_of(board)):
        response = read(client, observer, url)
        assert BOARD in text(response)
        assert buttons(response) == []
        assert "are kept by: Coordinator, Signatory, Mentor, Programme manager" in text(response)


# Who keeps them


@pytest.mark.parametrize("role", ["evaluator", "auditor", "observer"])
def test_who_only_reads_is_told_who_keeps_and_changes_nothing(
    client, request, make_participation, role, board, centre
):
    make_participation()
    reader = request.getfixturevalue(role)
    before = records()

    for name in ("confirm_act", "seat_member", "record_session", "end_body"):
        page = read(client, reader, act_on(name, board))
        assert "are kept by: Coordinator" in text(page)
        assert buttons(page) == []
        answer = client.post(act_on(name, board), {"until_on": "1.1.2010"})
        assert answer.status_code == 403
        assert "are kept by: Coordinator" in text(answer)
    assert client.post(act_on("leave_seat", centre), {"until_on": "1.1.2010"}).status_code == 403
    assert records() == before


def records() -> list:
    return [list(model.objects.values_list()) for model in (Body, BodyMember, Session)]


# Keeping


def test_a_body_is_founded_joined_meets_and_ends_on_its_pages(client, municipality, coordinator):
    response = send(client, coordinator, new_body(municipality), ACT)
    board = Body.objects.get()
    assert response.headers["Location"] == page_of(board)
    assert "Now give the institutions their seats." in text(client.get(page_of(board)))

    send(client, coordinator, act_on("seat_member", board), {"institution": CENTRE})
    seat = board.members.get()
    assert seat.from_on == FOUNDED
    told = {"held_on": "10.12.2007", "number": "1", "minutes": "Prvo.\nDrugo."}
    send(client, coordinator, act_on("record_session", board), told)
    assert board.sessions.get().minutes == "Prvo.\nDrugo."
    send(client, coordinator, act_on("leave_seat", seat), {"until_on": "1.2.2008"})
    assert f"{CENTRE} – 1 Jun 2007 – 1 Feb 2008" in text(client.get(page_of(board)))
    send(client, coordinator, act_on("end_body", board), {"until_on": "31.12.2009"})

    board.refresh_from_db()
    assert board.until_on == date(2009, 12, 31)
    page = client.get(page_of(board))
    assert "The body has ended, and every seat in it." in text(page)
    assert buttons(page) == ["Record a session", "Confirm the act of appointment"]


def test_what_was_unknown_of_the_act_is_confirmed_and_no_more(client, coordinator, board):
    url = act_on("confirm_act", board)
    page = text(read(client, coordinator, url))
    assert "Number of the act" in page
    assert "Date of the act" not in page  # it is known

    send(client, coordinator, url, {"act_number": "06-11/07", "act_on": "2.2.2008"})
    send(client, coordinator, url, {"gazette": "Sl. list 7/2007", "act_number": "other"})

    board.refresh_from_db()
    told = (board.act_number, board.act_on, board.gazette)
    assert told == ("06-11/07", FOUNDED, "Sl. list 7/2007")
    assert "Nothing of this act is left to be confirmed." in text(client.get(url))
    assert client.post(url, {"act_number": "third"}).status_code == 422


def test_an_empty_confirmation_is_no_change(client, coordinator, board):
    response = send(client, coordinator, act_on("confirm_act", board), {"act_number": ""})

    assert response.status_code == 422
    assert "Enter something that is not on record yet." in text(response)
    assert board.history.count() == 1


@pytest.mark.parametrize(
    ("page", "told", "count"),
    [
        ("found_body", ACT, Body.objects.count),
        ("seat_member", {"institution": "Škola"}, BodyMember.objects.count),
        ("record_session", {"held_on": "10.12.2007"}, Session.objects.count),
    ],
)
def test_a_double_click_gives_one_record(
    client, municipality, coordinator, board, page, told, count
):
    url = new_body(municipality) if page == "found_body" else act_on(page, board)
    told = told | ({"name": "Another"} if page == "found_body" else {})
    before = count()

    first = send(client, coordinator, url, told)
    second = send(client, coordinator, url, told)

    assert (first.status_code, second.status_code) == (302, 422)
    assert "already" in text(second)
    assert count() == before + 1


def test_leaving_and_ending_twice_says_so(client, coordinator, board, centre):
    for name, row, sentence in [
        ("leave_seat", centre, "This institution has already left the seat."),
        ("end_body", board, "This body has ended."),
    ]:
        url = act_on(name, row)
        send(client, coordinator, url, {"until_on": "1.2.2008"})
        assert sentence in text(client.get(url))

        again = client.post(url, {"until_on": "1.3.2008"})

        assert again.status_code == 422
        assert sentence in text(again)
        row.refresh_from_db()
        assert row.until_on == date(2008, 2, 1)


def test_an_ended_body_takes_no_seat_but_an_older_session(client, coordinator, board):
    services.end_body(board, until_on=date(2009, 12, 31), by=coordinator)
    seats = act_on("seat_member", board)
    assert "Found a new one" in text(read(client, coordinator, seats))

    refused = client.post(seats, {"institution": "Škola"})
    late = send(client, coordinator, act_on("record_session", board), {"held_on": "1.1.2010"})
    send(client, coordinator, act_on("record_session", board), {"held_on": "1.12.2009"})

    assert (refused.status_code, late.status_code) == (422, 422)
    assert "The body had ended by then." in text(late)
    assert board.sessions.count() == 1


@pytest.mark.parametrize(
    ("page", "field"),
    [("seat_member", "from_on"), ("record_session", "held_on"), ("end_body", "until_on")],
)
def test_a_sentence_of_the_door_stands_at_its_field(client, coordinator, board, page, field):
    tomorrow = timezone.localdate() + timedelta(days=1)
    told = {"institution": "Škola", field: f"{tomorrow:%d.%m.%Y}"}

    response = send(client, coordinator, act_on(page, board), told)

    assert response.status_code == 422
    assert "This day has not come yet." in str(response.context["form"].errors[field])
    assert f"{tomorrow:%d.%m.%Y}" in response.content.decode()


# Where else bodies are met


def test_a_participation_shows_its_bodies_in_short(
    client, make_participation, observer, coordinator, board, centre
):
    case = make_participation()
    chair = {"institution": CENTRE, "seat": "predsedavajući"}
    services.seat_member(board, **chair, by=coordinator)
    services.seat_member(board, institution="Crveni krst", by=coordinator)
    for day in (10, 20):
        services.record_session(board, held_on=date(2007, 12, day), by=coordinator)

    response = read(client, observer, case.get_absolute_url())

    page = text(response)
    assert f"{BOARD} Appointed on 1 June 2007." in page
    assert "2 institutions have seats. Last session: 20 December 2007." in page
    assert bodies_of(case.municipality) in response.content.decode()


def test_a_participation_without_a_body_leads_to_where_one_is_put_on_record(
    client, make_participation, manager
):
    case = make_participation()

    response = read(client, manager, case.get_absolute_url())

    assert "No planning body is on record yet." in text(response)
    assert bodies_of(case.municipality) in response.content.decode()


def test_who_hands_in_a_meeting_reads_which_institutions_sit_in_the_body(
    client, make_participation, coordinator, board, centre
):
    odd = services.seat_member(board, institution="Škola <b>„Prva“</b>", by=coordinator)
    left = services.seat_member(board, institution="Crveni krst", by=coordinator)
    services.leave_seat(left, until_on=date(2008, 1, 1), by=coordinator)
    meeting = step("session", evidence="meeting")
    case = make_participation("assessment", route=ROUTE[2:], stages={"assessment": [meeting]})

    response = read(client, coordinator, the_step(case, "session").get_absolute_url())

    assert f"On record in {BOARD}: {CENTRE}, {odd.institution}." in text(response)
    assert "<b>„Prva“" not in response.content.decode()
    assert "Crveni krst" not in text(response)


def test_many_bodies_seats_and_sessions_cost_as_many_queries_as_one(
    make_participation, municipality, manager, board, centre
):
    case = make_participation()
    client = signed_in(manager)
    urls = [bodies_of(municipality), page_of(board), case.get_absolute_url()]
    services.record_session(board, held_on=date(2008, 1, 1), by=manager)
    few = [queries_of(client, url) for url in urls]

    for number in range(1, 9):
        services.found_body(municipality, name=f"Board {number}", act_body="Mayor", by=manager)
        services.seat_member(board, institution=f"Škola {number}", by=manager)
        services.record_session(board, held_on=date(2008, 1, 1 + number), by=manager)

    assert [queries_of(client, url) for url in urls] == few
    assert max(few[:2]) <= 12


def test_a_long_record_is_shortened_on_the_page_of_all_bodies(
    client, municipality, coordinator, board
):
    for day in range(1, 8):
        services.record_session(board, held_on=date(2008, 1, day), by=coordinator)

    shortened = text(read(client, coordinator, bodies_of(municipality)))
    whole = text(client.get(page_of(board)))

    assert "All 7 sessions" in shortened
    assert "2 January 2008" not in shortened
    assert "1 January 2008" in whole
