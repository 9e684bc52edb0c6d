"""A real mail server that errs in fourteen ways: what can be sent is sent, once or under one id.

And one that nobody can talk to, since it greets too late or cannot be trusted: nothing is tried.
"""

from collections import Counter

import pytest

from notifications.models import Delivery
from tests.faults.certificates import self_signed
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.faults.long import long_form, part_of
from tests.own_database import db, own_database  # noqa: F401
from tests.processes import wait_until

EACH, EACH_AT_FULL_SIZE = 3, part_of(200)
PEOPLE = 5  # who are told while no mail server can be talked to
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


def addresses(each: int) -> list[str]:
    return [address(fault, number) for fault in FAULTS for number in range(each)]


def test_each_fault_ends_as_it_must(db, tmp_path):  # noqa: F811
    gather(addresses(EACH))
    with House(tmp_path, ["loop"]) as house:
        house.wait(240)

    refute(house, EACH)


@long_form
def test_each_fault_two_hundred_times_ends_as_it_must(db, tmp_path, row):  # noqa: F811
    gather(addresses(EACH_AT_FULL_SIZE))
    with House(tmp_path, ["loop"] * 6) as house:
        house.wait(1200)

    refute(house, EACH_AT_FULL_SIZE)
    faults = f"{len(FAULTS)} kinds × {EACH_AT_FULL_SIZE}"
    row("mail server", len(FAULTS) * EACH_AT_FULL_SIZE, faults, doubles=house.doubles())


def refute(house: House, each: int) -> None:
    """Fails where a message ended otherwise than its fault says, or came under two ids."""
    taken = Counter(one["to"] for one in house.taken())
    deliveries = {
        one.user.email: one
        for one in Delivery.objects.filter(user__email__in=addresses(each)).select_related("user")
    }
    ids = {(one["to"], one["id"]) for one in house.taken() if one["to"] in deliveries}
    assert ids <= {(whom, one.message_id) for whom, one in deliveries.items()}
    for fault, (ends, most) in FAULTS.items():
        for number in range(each):
            whom = address(fault, number)
            refute_one(deliveries[whom], ends, fault[1:4])
            assert (ends == "sent") <= taken[whom] <= most, whom


def refute_one(delivery: Delivery, ends: str, code: str) -> None:
    """What is refused for good is not tried again, and one sees what the server said."""
    assert delivery.status == ends, (delivery.user.email, delivery.last_reply)
    if ends == "failed":
        assert delivery.attempts == 1
        assert delivery.last_reply.startswith(code)


@pytest.fixture
def few(db):  # noqa: F811
    gather([f"person.{number}@example.org" for number in range(PEOPLE)])


def test_while_it_greets_after_half_a_minute_nothing_is_tried(few, tmp_path, capfd):
    told = {"EMAIL_TIMEOUT": 1}
    with House(tmp_path, ["loop"], manner=("--greets-late",), told=told) as house:
        refute_tries(capfd, "timed out")
        house.replace_sink()
        house.wait(60)

    refute_doubles(house)


def test_while_it_cannot_be_trusted_nothing_is_tried(few, tmp_path, capfd):
    trusted, other = self_signed(tmp_path / "trusted.pem"), self_signed(tmp_path / "other.pem")
    told = {"EMAIL_TIMEOUT": 2, "SSL_CERT_FILE": trusted}
    manner = ("--tls", str(other))
    with House(tmp_path, ["loop"], manner=manner, scheme="smtp+tls", told=told) as house:
        refute_tries(capfd, "CERTIFICATE_VERIFY_FAILED")
        house.replace_sink("--tls", str(trusted))
        house.wait(60)

    refute_doubles(house)


def refute_tries(capfd, why: str) -> None:
    """Waits until the log has said three times why; fails where a try was counted meanwhile."""
    said = []

    def is_said() -> bool:
        said.append(capfd.readouterr().err)
        return "".join(said).count(why) >= 3

    wait_until(is_said, 60, pause=0.1)
    assert Delivery.objects.filter(status="new", attempts=0).count() == PEOPLE


def refute_doubles(house: House) -> None:
    assert sorted(one["to"] for one in house.taken()) == sorted(
        f"person.{number}@example.org" for number in range(PEOPLE)
    )
    assert Delivery.objects.filter(status="sent", attempts=1).count() == PEOPLE
