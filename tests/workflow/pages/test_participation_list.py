import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.applying import apply_on_paper
from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import read, text
from tests.world import step
from workflow.models import Participation

LIST = "/participations/"


def test_shows_stage_days_next_deadline_and_whose_turn(client, make_participation, manager):
    rule = {"rule": "fixed", "on": "2099-12-31"}
    make_participation("assessment", stages={"assessment": [step("inspection", deadline=rule)]})

    page = text(read(client, manager, LIST))

    assert "1 participation" in page
    assert "Kikinda" in page
    assert "Assessment" in page
    assert "Inspection in" in page
    assert "Coordinator, Kikinda" in page


def test_says_that_a_participation_is_on_hold(client, make_participation, manager, perform):
    perform(make_participation("assessment"), "hold", by=manager)

    page = text(read(client, manager, LIST))

    assert "on hold" in page
    assert "On hold since 2 March 2026." in page


def test_marks_a_joint_application_with_its_lead(
    client, make_track, municipality, neighbour, manager
):
    apply_on_paper(make_track(), [municipality, neighbour], by=manager)

    page = text(read(client, manager, LIST))

    assert page.count("joint application") == 2
    assert "lead: Kikinda" in page


def test_a_municipality_sees_its_own_only(
    client, make_track, municipality, neighbour, manager, coordinator
):
    track = make_track()
    open_in(track, municipality, by=manager)
    open_in(track, neighbour, by=manager)

    page = text(read(client, coordinator, LIST))

    assert "Kikinda" in page
    assert "Kanjiža" not in page


def test_a_stranger_reads_what_to_do(client, make_participation, stranger):
    make_participation()
    stranger.language = "en"
    stranger.save()

    page = text(read(client, stranger, LIST))

    assert "No participation yet" in page
    assert "Kikinda" not in page


@pytest.mark.parametrize("words", ["kanjiza", "KANJIŽA", "кањи", "Kanj", "t1-002"])
def test_search_does_not_mind_script_or_diacritics(
    client, make_track, municipality, neighbour, manager, words
):
    track = make_track()
    open_in(track, municipality, by=manager)
    open_in(track, neighbour, by=manager)

    client.force_login(manager)
    page = text(client.get(LIST, {"q": words}))

    assert "1 participation" in page
    assert "T1-002" in page
    assert "T1-001" not in page


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"stage": "assessment"}, 1),
        ({"stage": "memorandum"}, 0),
        ({"programme": "test_programme"}, 1),
        ({"programme": "another"}, 0),
        ({"stage": "no such stage"}, 1),
        ({"page": "99"}, 1),
        ({"page": "x", "q": "k" * 900}, 0),
        ({"q": "\x00‮"}, 1),
    ],
)
def test_filters_stand_in_the_address(client, make_participation, manager, filters, found):
    make_participation("assessment")

    client.force_login(manager)
    response = client.get(LIST, filters)

    assert response.status_code == 200
    assert ("1 participation" in text(response)) == bool(found)
    assert ("Nothing fits these filters" in text(response)) == (not found)


def test_every_chosen_filter_can_be_taken_away(client, make_participation, manager):
    make_participation("assessment")

    client.force_login(manager)
    response = client.get(LIST, {"q": "kik", "stage": "assessment"})

    assert 'href="?stage=assessment"' in response.content.decode()
    assert 'href="?q=kik"' in response.content.decode()


def test_waiting_for_me_knows_whose_turn_it_is(
    client, make_participation, manager, coordinator, signatory
):
    make_participation("assessment", stages={"assessment": [step("inspection")]})

    def waiting(person):
        client.force_login(person)
        return "1 participation" in text(client.get(LIST, {"mine": "1"}))

    assert waiting(coordinator)
    assert not waiting(signatory)
    assert not waiting(manager)


def test_waiting_for_me_holds_what_the_manager_can_decide(client, make_participation, manager):
    make_participation("assessment")

    client.force_login(manager)
    page = text(client.get(LIST, {"mine": "1"}))

    assert "the next move can be decided" in page


def test_fifty_a_page(client, make_track, manager):
    track = make_track(places=100)
    for number in range(51):
        place = make_municipality(f"9{number:04}", f"Mesto {number:02}", f"Место {number:02}")
        open_in(track, place, by=manager)

    first = text(read(client, manager, LIST))
    second = text(client.get(LIST, {"page": "2"}))

    assert "Page 1 of 2" in first
    assert "Mesto 49" in first
    assert "Mesto 50" not in first
    assert "Mesto 50" in second


def test_the_same_queries_for_one_and_for_twenty(client, make_track, municipality, manager):
    track = make_track(places=100)
    open_in(track, municipality, by=manager)
    client.force_login(manager)
    client.get(LIST)

    with CaptureQueriesContext(connection) as for_one:
        client.get(LIST)
    for number in range(19):
        place = make_municipality(f"9{number:04}", f"Mesto {number}", f"Место {number}")
        open_in(track, place, by=manager)
    with CaptureQueriesContext(connection) as for_twenty:
        client.get(LIST)

    assert Participation.objects.count() == 20
    assert len(for_one) == len(for_twenty)


def test_an_observer_learns_nothing_of_mentors_by_asking(
    client, make_participation, observer, person
):
    mentor = person("mentor", over=make_participation())

    page = text(read(client, observer, f"{LIST}?mentor={mentor.pk}"))

    assert "Nothing fits these filters" in page


def test_a_municipality_of_the_search_leads_to_its_participations(
    client, make_track, municipality, neighbour, manager
):
    track = make_track()
    open_in(track, municipality, by=manager)
    open_in(track, neighbour, by=manager)

    page = text(read(client, manager, f"{LIST}?municipality={neighbour.code}"))

    assert "1 participation" in page
    assert "Kanjiža ×" in page
