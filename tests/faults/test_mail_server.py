"""A real mail server that errs in fourteen ways: what can be sent is sent, once or under one id."""

from collections import Counter

import pytest

from notifications.models import Delivery
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.own_database import db, own_database  # noqa: F401

EACH = 3
# What is asked of the server; what becomes of the message; how often at most the server takes it.
FAULTS = {
    "x421.1": ("sent", 1),  # later, and it hangs up
    "x450.2": ("sent", 1),  # the box is busy, twice: grey listing
    "x451.1": ("sent", 1),
    "x452.1": ("sent", 1),  # the disk is full
    "x550.9": ("failed", 0),  # no such person
    "x552.9": ("failed", 0),
    "x553.9": ("failed", 0),
    "x554.9": ("failed", 0),
    "late.9": ("sent", 1),  # answers after two seconds, within the time we wait
    "silent.1": ("sent", 1),  # never answers
    "cut.1": ("sent", 1),  # hangs up in the middle of the message
    "lost.1": ("sent", 2),  # has taken it, and hangs up before it says so
    "особа": ("sent", 1),  # an address that is not in Latin letters
    "person": ("sent", 1),
}


def address(fault: str, number: int) -> str:
    asked = fault if fault.startswith("x") or "." not in fault else f"x{fault}"
    return f"{asked}.{number}@example.org"


@pytest.fixture
def crowd(db):  # noqa: F811
    gather([address(fault, number) for fault in FAULTS for number in range(EACH)])


def test_each_fault_ends_as_it_must(crowd, tmp_path):
    with House(tmp_path, ["loop"]) as house:
        house.wait(240)

    taken = Counter(one["to"] for one in house.taken())
    ids = {(one["to"], one["id"]) for one in house.taken()}
    for fault, (ends, most) in FAULTS.items():
        for number in range(EACH):
            whom = address(fault, number)
            delivery = Delivery.objects.get(user__email=whom)
            assert delivery.status == ends, (whom, delivery.last_reply)
            assert taken[whom] <= most, whom
            assert (taken[whom] > 0) == (ends == "sent"), whom
            assert {mail_id for to, mail_id in ids if to == whom} <= {delivery.message_id}
            if ends == "failed":
                assert delivery.attempts == 1
                assert delivery.last_reply.startswith(fault[1:4])
