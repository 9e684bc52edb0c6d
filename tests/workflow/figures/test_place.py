"""The own place of a municipality in its cohort, without the names of others."""

from dataclasses import asdict
from datetime import timedelta

import pytest

from tests.conftest import FIRST_DAY, make_municipality, open_in
from tests.workflow.figures.lives import text_of
from tests.world import step
from workflow import services
from workflow.figures import places_of
from workflow.figures.cohort import Spread
from workflow.models import Participation

TALK = {"memorandum": [step("talk", required=False)]}


@pytest.fixture
def track(now, programme):
    text = text_of(1, TALK, {"memorandum": 40})
    track = services.load_procedure(text).track
    now.let_pass(days=100)
    return track


@pytest.fixture
def passes(track, manager, perform):
    """`passes(unit, 12)`: a municipality that stays twelve days at the memorandum."""

    def go(unit, days: int | None) -> Participation:
        participation = open_in(track, unit, by=manager)
        if days is not None:
            on = FIRST_DAY + timedelta(days=days)
            perform(participation, "start_assessment", by=manager, decided_on=on)
        return participation

    return go


@pytest.fixture
def neighbours(passes):
    """Others that took 10, 20, 30, 40 days."""
    for days in (10, 20, 30, 40):
        passes(make_municipality(f"u{days}", f"Neighbour{days}", f"Сусед{days}"), days)


@pytest.mark.parametrize(("days", "quarter"), [(5, 1), (25, 2), (31, 3), (50, 4)])
def test_its_days_stand_beside_the_quartiles_of_all(
    neighbours, passes, municipality, days, quarter
):
    own, here = places_of(passes(municipality, days))

    assert (own.stage, own.days, own.limit, own.is_there) == ("memorandum", days, 40, False)
    assert own.among.count == 5
    assert own.quarter == quarter
    assert own.is_late == (days > 40)
    assert here.is_there
    assert here.days == 100 - days


def test_who_stands_there_still_is_compared_with_those_who_passed(neighbours, passes, municipality):
    passes(make_municipality("u15", "Senta", "Сента"), 15)

    [own] = places_of(passes(municipality, None))

    assert (own.days, own.is_there, own.is_late, own.quarter) == (100, True, True, 4)
    assert own.among == Spread(5, 15, 20, 30)


def test_of_fewer_than_five_nothing_is_told(passes, municipality):
    for days in (10, 20, 30):
        passes(make_municipality(f"u{days}", "Senta", "Сента"), days)

    own = places_of(passes(municipality, 25))[0]

    assert (own.days, own.among, own.quarter) == (25, None, None)


def test_no_name_of_another_is_in_it(neighbours, passes, municipality):
    told = str([asdict(place) for place in places_of(passes(municipality, 25))])

    assert "Neighbour" not in told
    assert "u10" not in told
