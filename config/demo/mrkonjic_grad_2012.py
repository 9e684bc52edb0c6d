"""Mrkonjić Grad in SPIS: the board first, appointed by the head of the municipality.

Known: 1 December 2011 as the start, 31 January 2012 as the day of the first session. The day and
the number of the appointment decision are not. What follows the first session stays open.
"""

from datetime import date
from uuid import uuid4

from config.demo.acts import act, meeting
from config.demo.papers.elsewhere import APPOINTMENT
from config.demo.people import People
from config.demo.story import Done, Story, walk
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Participation, Track

MRKONJIC_GRAD = "1108759175"
TRACK = "spis_model"
BEGAN_ON, FIRST_SESSION = date(2011, 12, 1), date(2012, 1, 31)
BOARD = "Општински управни одбор (ОУО)"
HEAD = "Начелник општине"

STORY: Story = [
    Done(
        "board_appointed", "signatory", date(2012, 1, 16),
        act(HEAD, "број и датум потврдити"), APPOINTMENT,
    ),
    Done(
        "first_session", "coordinator", FIRST_SESSION,
        meeting(
            "Чланови ОУО; састав потврдити.",
            "Прва сједница управног одбора, одржана 31. јануара 2012. у Мркоњић Граду.",
        ),
    ),
]  # fmt: skip


def load(people: People) -> Participation:
    """Opened at assessment; the board is appointed and has met once."""
    place = Municipality.objects.get(code=MRKONJIC_GRAD)
    coordinator = people.of(place, Role.COORDINATOR)
    people.of(place, Role.SIGNATORY)
    participation = services.open_participation(
        Track.objects.get(key=TRACK),
        place,
        by=people.manager,
        decided_on=BEGAN_ON,
        reason="Почетак имплементације 1. децембра 2011; једна од једанаест циљаних општина.",
        idempotency_key=uuid4(),
    )
    people.appoint_mentor(participation)
    walk(participation, STORY, people)
    board = services.found_body(place, name=BOARD, act_body=HEAD, by=coordinator)
    services.record_session(
        board, held_on=FIRST_SESSION, number="1", by=coordinator,
        minutes="Прва сједница управног одбора пројекта.",
    )  # fmt: skip
    return participation
