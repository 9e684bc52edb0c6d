"""A process killed in the middle of an act: deadline, entry, plan and occasion, all or none."""

import random
import time

import pytest

from notifications.models import Occasion, Reminder
from tests.faults.long import long_form, part_of
from tests.own_database import db, own_database  # noqa: F401
from tests.processes import kill, start, wait_until
from tests.stepping import the_step
from tests.world import step
from workflow.audit.verify import verify
from workflow.gaps import find_gaps

KILLS, MOST_KILLS = 8, 200
LINES = 10  # of the plan of one version


@pytest.fixture
def case(db, make_participation, coordinator):  # noqa: F811
    owed = step(deadline={"rule": "fixed", "on": "2030-01-15"})
    return make_participation(stage="assessment", stages={"assessment": [owed]})


def test_all_of_it_is_there_or_nothing(case, manager):
    kill_while_it_moves(case, manager, KILLS)


@long_form
def test_all_or_nothing_two_hundred_times(case, manager, row):
    kills = part_of(MOST_KILLS)

    kill_while_it_moves(case, manager, kills)

    row(
        "an act killed in its middle",
        case.entries.filter(verb="move_deadline").count(),
        f"{kills} kills",
    )


def kill_while_it_moves(case, manager, kills: int) -> None:
    """A process moves the deadline as fast as it can, and is killed at some moment, so often."""
    there = the_step(case, "inspection")
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    for _kill in range(kills):
        before = the_step(case, "inspection").deadline_version
        process = start("-m", "tests.faults.mover", str(there.pk), str(manager.pk))
        wait_until(lambda seen=before: the_step(case, "inspection").deadline_version > seen + 1, 60)
        time.sleep(chance.uniform(0, 0.05))
        kill(process)
        refute_half_acts(case, seed)
    assert verify().is_whole
    assert find_gaps().is_whole


def refute_half_acts(case, seed: int) -> None:
    present = the_step(case, "inspection")
    versions = list(present.deadlines.order_by("version").values_list("version", flat=True))
    assert versions == list(range(1, present.deadline_version + 1)), seed
    moves = case.entries.filter(verb="move_deadline")
    assert moves.count() == present.deadline_version - 1, seed
    for version in versions[-3:]:
        assert Reminder.objects.filter(step=present, version=version).count() == LINES, seed
    told = Occasion.objects.filter(participation=case, first_seq__gt=0)
    assert told.filter(first_seq__in=moves.values("seq")).count() == moves.count(), seed
