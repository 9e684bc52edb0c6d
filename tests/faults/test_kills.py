"""Workers, clocks and brokers killed with -9 while reminders leave: none is lost.

The short form. The long one is `make soak`.
"""

import pytest

from tests.faults.brokers import BROKERS
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.own_database import db, own_database  # noqa: F401

PEOPLE, KILLS = 500, 5


@pytest.fixture
def crowd(db):  # noqa: F811
    gather([f"person.{number}@example.org" for number in range(PEOPLE)])


@pytest.mark.parametrize("broker", BROKERS)
def test_five_kills_among_500_reminders_lose_none(crowd, tmp_path, broker):
    where = BROKERS[broker](tmp_path)
    with House(tmp_path, ["worker", "worker", "beat", "beat"], where) as house:
        house.kill_while_mail_leaves(KILLS, PEOPLE)
        house.wait(300)

    house.refute(PEOPLE)


def test_without_any_broker_the_loop_loses_none_either(crowd, tmp_path):
    with House(tmp_path, ["loop", "loop"]) as house:
        house.kill_while_mail_leaves(KILLS, PEOPLE)
        house.wait(300)

    house.refute(PEOPLE)
