"""Messages that cannot be written, or kill whoever tries: given up, and nobody else waits."""

from collections import Counter
from pathlib import Path

from django.db.models import F, Max

from notifications.models import Delivery
from notifications.services.sending import MOST_ATTEMPTS
from tests.faults.crowd import gather
from tests.faults.house import House
from tests.faults.long import long_form, part_of
from tests.own_database import db, own_database  # noqa: F401
from tests.processes import wait_until

SENDERS = ["poisoned", "poisoned"]
LONGEST = 60  # seconds from due to sent, whatever lies beside it


def crowd_of(healthy: int, raise_: int, kill: int) -> None:
    """The poison lies among the healthy, as far apart as can be."""
    poison = [f"raises.{number}" for number in range(raise_)]
    poison += [f"kills.{number}" for number in range(kill)]
    names = [f"person.{number}" for number in range(healthy)]
    apart = len(names) // len(poison) + 1
    for place, name in enumerate(poison):
        names.insert(place * apart, name)
    gather([f"{name}@example.org" for name in names])


def run(house: House) -> None:
    """Senders that die begin anew, until nothing is left to send."""

    def done() -> bool:
        house.begin_anew_who_died()
        return house.is_done()

    wait_until(done, 600, pause=0.1)


def refute(house: House, healthy: int, poison: int) -> None:
    """Fails where one is lost, doubled or late, or poison was tried more often than it may be."""
    taken = Counter(one["to"] for one in house.taken())
    told = [address for address in taken if address.startswith("person.")]
    assert len(told) == healthy, f"lost: {healthy - len(told)}"
    assert not {address for address in told if taken[address] > 1}, "told twice"
    mine = Delivery.objects.filter(user__email__startswith="person.")
    assert mine.filter(status="sent", attempts=1).count() == healthy
    dead = Delivery.objects.filter(status="dead").values_list("user__email", flat=True)
    tries = tries_of(house.folder / "tries")
    assert len(dead) == poison
    assert set(dead) == set(tries)
    assert max(tries.values()) <= MOST_ATTEMPTS
    assert slowest() <= LONGEST


def tries_of(file: Path) -> Counter[str]:
    return Counter(file.read_text().split())


def slowest() -> float:
    """Seconds from due to sent, of the healthy one that took longest."""
    mine = Delivery.objects.filter(user__email__startswith="person.", status="sent")
    return mine.aggregate(longest=Max(F("sent_at") - F("due_at")))["longest"].total_seconds()


def test_six_poisonous_messages_among_sixty_keep_nobody_waiting(db, tmp_path):  # noqa: F811
    crowd_of(54, 5, 1)
    hurried = {"MAIL_LEASE_SECONDS": 3, "MAIL_RETRY_SECONDS": 0}
    with House(tmp_path, SENDERS, told=hurried) as house:
        run(house)

    refute(house, 54, 6)
    assert 1 <= house.kills["poisoned"] <= MOST_ATTEMPTS


@long_form
def test_a_hundred_poisonous_messages_among_a_thousand(db, tmp_path, row):  # noqa: F811
    healthy, raise_, kill = part_of(900), part_of(90), part_of(10)
    crowd_of(healthy, raise_, kill)
    with House(tmp_path, SENDERS) as house:
        run(house)

    refute(house, healthy, raise_ + kill)
    faults = f"{raise_} cannot be written, {kill} kill their sender ({house.kills['poisoned']} ×)"
    row("poison", healthy + raise_ + kill, f"{faults}; slowest of the others {slowest():.0f} s")
