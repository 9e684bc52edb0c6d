"""Workers, clocks and brokers killed with -9, at full size, by `make soak`: docs/soak.md."""

import pytest

from tests.faults.brokers import BROKERS
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.faults.long import long_form, part_of
from tests.own_database import db, own_database  # noqa: F401

PEOPLE, KILLS = part_of(10_000), part_of(30, least=3)


@long_form
@pytest.mark.parametrize("broker", [*BROKERS, "none"])
def test_thirty_kills_among_ten_thousand_reminders(db, tmp_path, row, broker):  # noqa: F811
    gather([f"person.{number}@example.org" for number in range(PEOPLE)])
    where = BROKERS[broker](tmp_path) if broker in BROKERS else None
    roles = ["worker", "worker", "beat", "beat"] if where else ["loop", "loop"]
    with House(tmp_path, roles, where) as house:
        house.kill_while_mail_leaves(KILLS, PEOPLE)
        house.wait(900)

    house.refute(PEOPLE)
    row(f"broker: {broker}", PEOPLE, house.killed(), doubles=house.doubles())
