import pytest

from tests.clock import set_to
from tests.world import step

DUE = "2026-12-15"


@pytest.fixture
def clock():
    """Ten in the morning (UTC) of 16 November 2026, until the test moves it."""
    with set_to(2026, 11, 16) as clock:
        yield clock


@pytest.fixture
def case(clock, make_participation, coordinator, signatory):
    """A participation in the assessment, with one step due on 15 December 2026."""
    inspection = step(deadline={"rule": "fixed", "on": DUE})
    return make_participation(stage="assessment", stages={"assessment": [inspection]})
