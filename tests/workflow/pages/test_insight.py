"""Bottlenecks: the figures of a programme from its log, as charts with tables, and its map."""

import pytest

from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import ROUTE
from workflow.figures import renew
from workflow.models import Participation

FIGURES = "/board/figures/"


@pytest.fixture
def kikinda(make_track, municipality, manager) -> Participation:
    return open_in(make_track(route=ROUTE[2:]), municipality, by=manager)


def test_every_chart_stands_with_its_table(client, manager, kikinda, perform):
    perform(kikinda, "adopt_strategy", by=manager)

    page = read(client, manager, FIGURES)

    body = page.content.decode()
    assert body.count("<figure") == 5  # four charts and the map
    assert body.count("<table") == 5
    assert "Counted from the log of 1 participation" in text(page)


def test_the_map_colours_the_municipality_by_its_stage_and_leads_to_it(client, manager, kikinda):
    page = read(client, manager, FIGURES)

    marks = {unit.name: unit.mark for unit in page.context["insight"].map.units if unit.mark}
    assert marks["Kikinda"].url == kikinda.get_absolute_url()
    assert (marks["Kikinda"].css, marks["Kikinda"].label) == ("s3", "Assessment")
    assert f'href="{kikinda.get_absolute_url()}"' in page.content.decode()


def test_of_several_participations_the_furthest_gives_the_colour_and_the_link_leads_to_all(
    client, manager, make_track, municipality, neighbour, kikinda, perform
):
    further, third = (
        open_in(make_track(route=ROUTE[2:]), municipality, by=manager) for _ in range(2)
    )
    perform(further, "adopt_strategy", by=manager)
    kanjiza = open_in(make_track(route=ROUTE[2:]), neighbour, by=manager)

    page = read(client, manager, FIGURES)
    marks = {unit.name: unit.mark for unit in page.context["insight"].map.units if unit.mark}
    listed = read(client, manager, marks["Kikinda"].url).content.decode()

    assert marks["Kikinda"].css == "s4"
    assert "Kikinda Assessment (2), Strategy adopted" in text(page)
    assert [one.get_absolute_url() in listed for one in (kikinda, further, third)] == [True] * 3
    assert kanjiza.get_absolute_url() not in listed
    assert marks["Kanjiža"].url == kanjiza.get_absolute_url()
    keys = [key.label for key in page.context["insight"].map.legend()]
    assert keys == ["not taking part", "Assessment", "Strategy adopted"]


def test_the_link_of_the_map_leads_to_no_other_municipality_of_a_like_name(
    client, manager, make_track, kikinda
):
    palilula, other = (make_municipality(code, "Palilula", "Палилула") for code in ("1", "2"))
    for _ in range(2):
        open_in(make_track(route=ROUTE[2:]), palilula, by=manager)
    elsewhere = open_in(make_track(route=ROUTE[2:]), other, by=manager)

    units = read(client, manager, FIGURES).context["insight"].map.units
    [url] = [unit.mark.url for unit in units if unit.mark and "municipality=1" in unit.mark.url]

    assert elsewhere.get_absolute_url() not in read(client, manager, url).content.decode()


def test_the_map_asks_the_same_queries_however_many_take_part_however_often(
    client, manager, make_track, municipality, neighbour, kikinda
):
    few = queries_of(signed_in(manager), FIGURES)
    for unit in (municipality, neighbour):
        open_in(make_track(route=ROUTE[2:]), unit, by=manager)

    assert queries_of(signed_in(manager), FIGURES) == few


def test_what_was_counted_says_as_of_when(client, manager, kikinda):
    counted = renew(kikinda.programme)

    page = read(client, manager, FIGURES)

    assert page.context["insight"].cohort.counted_at == counted.counted_at


def test_the_map_of_a_large_programme_is_of_the_moment_of_its_figures(
    client, manager, make_track, municipality, neighbour, kikinda, monkeypatch
):
    monkeypatch.setattr("workflow.figures.keeping.LARGE", 0)
    renew(kikinda.programme)
    second = open_in(make_track(route=ROUTE[2:]), municipality, by=manager)
    open_in(make_track(route=ROUTE[2:]), neighbour, by=manager)

    marks = marks_of(read(client, manager, FIGURES))
    listed = read(client, manager, marks["Kikinda"].url).content.decode()

    assert [*marks] == ["Kikinda"]
    assert kikinda.get_absolute_url() in listed  # since there are two now, to the list of both
    assert second.get_absolute_url() in listed

    renew(kikinda.programme)
    assert {*marks_of(read(client, manager, FIGURES))} == {"Kikinda", "Kanjiža"}


def test_before_a_large_programme_was_counted_the_map_shows_it_as_it_is(
    client, manager, kikinda, monkeypatch
):
    monkeypatch.setattr("workflow.figures.keeping.LARGE", 0)

    page = read(client, manager, FIGURES)

    assert "were not counted yet" in text(page)
    assert marks_of(page)["Kikinda"].url == kikinda.get_absolute_url()


def marks_of(page) -> dict:
    return {unit.name: unit.mark for unit in page.context["insight"].map.units if unit.mark}


def test_the_way_leads_from_the_board_and_back(client, manager, kikinda):
    board = read(client, manager, "/board/").content.decode()
    page = read(client, manager, FIGURES).content.decode()

    key = kikinda.programme.key
    assert f'href="{FIGURES}?programme={key}"' in board
    assert f'href="/board/?programme={key}"' in page


def test_whoever_has_no_programme_is_told_so(client, coordinator, kikinda):
    page = text(read(client, coordinator, FIGURES))

    assert "No programme to show" in page
    assert "Kikinda" not in page


def test_the_auditor_may_read_it(client, auditor, kikinda):
    assert "Days in each stage" in text(read(client, auditor, FIGURES))
