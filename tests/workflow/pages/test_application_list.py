"""The list of applications: found in any script, filtered in the address, never slower."""

import pytest

from tests.applying import apply_on_paper, hand_in_on_paper, open_call
from tests.conftest import make_municipality
from tests.workflow.pages.visiting import queries_of, signed_in, words
from workflow import services


@pytest.fixture
def application(make_track, manager, coordinator, municipality):
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


@pytest.mark.parametrize("typed", ["Кањижа", "kanjiza", "Kanjiža", "t1-a002"])
def test_the_list_finds_in_any_script_and_by_reference(
    make_track, manager, municipality, neighbour, typed
):
    track = make_track()
    apply_on_paper(track, [municipality], by=manager)
    apply_on_paper(track, [neighbour], by=manager)

    page = words(signed_in(manager).get("/applications/", {"q": typed}))

    assert "1 application" in page
    assert "Kanjiža" in page
    assert "Kikinda" not in page


@pytest.mark.parametrize(
    "asked",
    ["status=nonsense", "q=%00", "q=%25", "page=999", "page=x", "call=%00", "call=none", "q=_"],
)
def test_odd_filters_break_nothing(application, coordinator, asked):
    assert signed_in(coordinator).get(f"/applications/?{asked}").status_code == 200


def test_the_empty_list_says_where_an_application_begins(coordinator):
    assert "begins on the page of its call" in words(signed_in(coordinator).get("/applications/"))


def test_twenty_applications_cost_as_many_queries_as_one(make_track, manager):
    track, client = make_track(), signed_in(manager)
    units = [make_municipality(f"7{n:04d}", f"Mesto {n}", f"Место {n}") for n in range(20)]
    apply_on_paper(track, units[:1], by=manager)
    cost = queries_of(client, "/applications/")

    for unit in units[1:]:
        call = track.calls.get()
        application = services.open_application(call, unit, by=manager)
        hand_in_on_paper(application, by=manager)

    assert queries_of(client, "/applications/") == cost
