import pytest

from notifications.models import Delivery, Notice
from notifications.services.posting import post
from tests.clock import set_to
from tests.notifications.mailing import delivery_to, tell_all
from tests.notifications.post_office import work
from tests.world import step

DUE = "2026-12-15"


@pytest.fixture
def clock():
    """Ten in the morning (UTC) of 16 November 2026, until the test moves it."""
    with set_to(2026, 11, 16) as clock:
        yield clock


@pytest.fixture
def opened(clock, make_participation, coordinator, signatory):
    """A participation in the assessment, with one step due on 15 December 2026. Nothing is told."""
    inspection = step(deadline={"rule": "fixed", "on": DUE})
    return make_participation(stage="assessment", stages={"assessment": [inspection]})


@pytest.fixture
def case(opened, clock):
    """The same, and what its opening had to tell is told."""
    work(clock)
    return opened


@pytest.fixture
def waiting(opened, coordinator) -> Delivery:
    """To the coordinator: that a step was opened. It waits for a minute."""
    tell_all()
    return delivery_to(coordinator)


@pytest.fixture
def another(waiting, opened, signatory) -> Delivery:
    """To the signatory, waiting too."""
    post([Notice(user=signatory, role="signatory", kind="moved", participation=opened)])
    return delivery_to(signatory)
