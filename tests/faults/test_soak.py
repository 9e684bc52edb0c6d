"""The long form of the fault tests, by `make soak`: its printed result is kept in docs/soak.md."""

import os
import time

import pytest
from django.db import connection

from tests.faults.brokers import BROKERS
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.own_database import db, own_database  # noqa: F401

PEOPLE, KILLS = 10_000, 30

pytestmark = pytest.mark.skipif(
    "KORACI_SOAK" not in os.environ, reason="the long form of the fault tests runs by `make soak`"
)


@pytest.mark.parametrize("broker", [*BROKERS, "none"])
def test_thirty_kills_among_ten_thousand_reminders(db, tmp_path, capfd, broker):  # noqa: F811
    gather([f"person.{number}@example.org" for number in range(PEOPLE)])
    began = time.monotonic()
    where = BROKERS[broker](tmp_path) if broker in BROKERS else None
    roles = ["worker", "worker", "beat", "beat"] if where else ["loop", "loop"]
    with House(tmp_path, roles, where) as house:
        house.kill_while_mail_leaves(KILLS, PEOPLE)
        house.wait(900)
    house.refute(PEOPLE)
    with capfd.disabled():
        print(  # noqa: T201
            f"\n| {connection.vendor} | {broker} | {PEOPLE:,} | {house.killed()} | "
            f"{house.doubles()} | 0 | {time.monotonic() - began:.0f} s |"
        )
