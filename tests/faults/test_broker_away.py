"""A broker that is killed again and again, or is away for long: nothing else is begun anew."""

import time

import pytest

from tests.faults.brokers import BROKERS
from tests.faults.crowd import AT_A_PLACE, fall_due, gather, hold_back
from tests.faults.house import House
from tests.faults.long import long_form, part_of
from tests.own_database import db, own_database  # noqa: F401
from tests.processes import wait_until

ROLES = ["worker", "worker", "beat", "beat"]
KILLS = part_of(20, least=2)
AWAY = part_of(600, least=10)  # seconds
INSTALMENTS = 10  # of the mail that falls due while the broker is away
SOON = 120  # seconds

brokers = pytest.mark.parametrize("broker", ["Redis", "RabbitMQ"])


def begin(folder, broker: str, waves: int) -> House:
    gather([f"person.{number}@example.org" for number in range(waves * AT_A_PLACE)])
    hold_back()
    return House(folder, ROLES, BROKERS[broker](folder), seconds_a_mail=0.05)


@long_form
@brokers
def test_after_each_of_twenty_kills_all_ring_and_hear_again(db, tmp_path, row, broker):  # noqa: F811
    people = (KILLS + 1) * AT_A_PLACE
    with begin(tmp_path, broker, KILLS + 1) as house:
        for kill in range(KILLS):
            tell_somebody(house, told=kill * AT_A_PLACE)
            house.kill_the_broker(house.random.uniform(0.2, 2))
        fall_due()
        house.wait(SOON)
        assert house.is_complete()

    house.refute(people)
    row(f"{broker}, killed alone", people, house.killed(), doubles=house.doubles())


def tell_somebody(house: House, told: int) -> None:
    """The next fall due, and mail begins to leave: so somebody rings and somebody hears it."""
    fall_due()
    wait_until(lambda: len(house.taken()) > told, SOON, pause=0.02)


@long_form
@brokers
def test_what_falls_due_while_it_is_away_is_sent_soon_after(db, tmp_path, row, broker):  # noqa: F811
    people = (INSTALMENTS + 1) * AT_A_PLACE
    with begin(tmp_path, broker, INSTALMENTS + 1) as house:
        fall_due()
        wait_until(lambda: len(house.taken()) == AT_A_PLACE, SOON, pause=0.1)
        be_away(house)
        since = time.monotonic()
        house.wait(SOON)
        took = time.monotonic() - since
        assert house.is_complete()

    house.refute(people)
    row(f"{broker}, away for {AWAY} s", people, f"all sent {took:.0f} s after")


def be_away(house: House) -> None:
    """Mail falls due all the while, and nobody rings."""
    house.broker.kill()
    for _instalment in range(INSTALMENTS):
        time.sleep(AWAY / INSTALMENTS)
        fall_due()
    assert len(house.taken()) == AT_A_PLACE
    house.broker.begin()
