"""What several tests of the workflow talk about."""

from datetime import date

import pytest

from municipalities.models import Body, BodyMember
from workflow import services


@pytest.fixture
def board(municipality, coordinator) -> Body:
    """The coordination board of Kikinda, appointed on 1 June 2007; its act has no number yet."""
    return services.found_body(
        municipality,
        name="Opštinski koordinacioni odbor",
        act_body="Predsednik opštine",
        act_on=date(2007, 6, 1),
        by=coordinator,
    )


@pytest.fixture
def centre(board, coordinator) -> BodyMember:
    """The seat of the centre for social work in it."""
    return services.seat_member(
        board, institution="Centar za socijalni rad", seat="član", by=coordinator
    )
