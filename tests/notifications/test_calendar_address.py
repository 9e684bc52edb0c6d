"""The secret address of a calendar: made, shown once, renewed, closed; whose it is."""

import pytest
from django.test import Client

from notifications.models import CalendarFeed
from tests.conftest import open_in
from tests.notifications.fetching import PAGE, fetched, made
from tests.workflow.pages.visiting import queries_of, signed_in, words

pytestmark = pytest.mark.django_db


def test_without_a_token_that_counts_there_is_nothing(case, coordinator):
    path = made(coordinator)
    other = path.replace(".ics", "x.ics")
    new = made(coordinator)

    assert fetched(other).status_code == 404
    assert fetched(path).status_code == 404, "a new address closes the one before"
    assert fetched(new).status_code == 200
    assert fetched("/calendar/.ics").status_code == 404


def test_a_closed_address_gives_nothing(case, coordinator):
    path, of_one = made(coordinator), made(coordinator, case)

    signed_in(coordinator).post(f"{PAGE}revoke/", {"participation": case.reference})

    assert fetched(of_one).status_code == 404
    assert fetched(path).status_code == 200


def test_a_closed_account_has_no_calendar(case, coordinator):
    path = made(coordinator)

    coordinator.is_active = False
    coordinator.save()

    assert fetched(path).status_code == 404


def test_the_token_itself_is_kept_nowhere(case, coordinator):
    path = made(coordinator)

    token = path.removeprefix("/calendar/").removesuffix(".ics")
    row = CalendarFeed.objects.values().get()
    assert len(token) >= 43
    assert token not in str(row)
    assert token not in signed_in(coordinator).get(PAGE).content.decode()


def test_each_person_has_an_address_of_their_own(case, coordinator, signatory):
    paths = {made(who, case) for who in (coordinator, signatory)}
    made(coordinator, case)

    assert len(paths) == 2
    assert CalendarFeed.objects.live().count() == 2


def test_it_is_a_calendar_for_one_reader(case, coordinator):
    answer = fetched(made(coordinator))

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private"
    assert Client().post(made(coordinator)).status_code == 405


def test_the_page_that_shows_the_token_is_kept_nowhere(coordinator):
    assert signed_in(coordinator).post(f"{PAGE}make/")["Cache-Control"] == "no-store"


def test_the_page_says_when_it_was_fetched_last(case, clock, coordinator):
    client, path = signed_in(coordinator), made(coordinator)
    assert "No calendar program has fetched it yet." in words(client.get(PAGE))

    fetched(path)
    first = CalendarFeed.objects.get().last_read_at
    clock.let_pass(minutes=59)
    fetched(path)
    assert CalendarFeed.objects.get().last_read_at == first

    clock.let_pass(minutes=1)
    fetched(path)
    assert CalendarFeed.objects.get().last_read_at > first
    assert "A calendar program fetched it last about 16 November 2026" in words(client.get(PAGE))


def test_the_panel_of_a_participation_leads_to_its_calendar(case, auditor):
    client = signed_in(auditor)
    page = client.get(case.get_absolute_url()).content.decode()
    assert f'href="{PAGE}?participation={case.reference}"' in page

    offered = words(client.get(f"{PAGE}?participation={case.reference}"))

    assert "Deadlines of one participation Kikinda" in offered


def test_for_a_stranger_there_is_no_calendar_of_it(case, stranger):
    client, asked = signed_in(stranger), {"participation": case.reference}

    assert client.get(PAGE, asked).status_code == 404
    assert client.post(f"{PAGE}make/", asked).status_code == 404
    assert client.post(f"{PAGE}revoke/", asked).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_the_page_costs_as_many_queries_with_many_addresses(
    case, coordinator, make_track, manager, municipality
):
    client = signed_in(coordinator)
    made(coordinator, case)
    few = queries_of(client, PAGE)

    for _ in range(5):
        other = open_in(make_track(route=["assessment"]), municipality, by=manager)
        made(coordinator, other)

    assert queries_of(client, PAGE) == few
