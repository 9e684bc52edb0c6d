"""Bottlenecks: the figures of a programme from its log, as charts with tables, and its map."""

import pytest

from tests.conftest import open_in
from tests.workflow.pages.reading import read, text
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


def test_with_several_participations_the_furthest_counts(
    client, manager, make_track, municipality, kikinda, perform
):
    further = open_in(make_track(route=ROUTE[2:]), municipality, by=manager)
    perform(further, "adopt_strategy", by=manager)

    page = read(client, manager, FIGURES)

    [mark] = [unit.mark for unit in page.context["insight"].map.units if unit.mark]
    assert (mark.css, mark.url) == ("s4", further.get_absolute_url())


def test_what_was_counted_says_as_of_when(client, manager, kikinda):
    counted = renew(kikinda.programme)

    page = read(client, manager, FIGURES)

    assert page.context["insight"].cohort.counted_at == counted.counted_at


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
