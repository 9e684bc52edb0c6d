"""A clock that the test moves, from the day on which participations of tests are opened."""

import pytest

from tests import clock


@pytest.fixture
def now():
    with clock.set_to(2026, 3, 2) as moving:
        yield moving
