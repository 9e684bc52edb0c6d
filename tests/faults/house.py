"""A house of real processes, in which somebody kills one after the other, and what came of it.

Workers, clocks and a mail server as processes on the database of the test. The seed of who is
killed when is printed, so that a run can be repeated.
"""

import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from notifications.models import Delivery, Notice, Reminder
from tests.postgres import free_port
from tests.processes import kill, start, wait_until
from workflow.audit.verify import verify
from workflow.gaps import find_gaps

# A fault test has no time to wait for a lease of five minutes.
HURRIED = {
    "MAIL_GATHERED_SECONDS": 0,
    "MAIL_LEASE_SECONDS": 6,
    "MAIL_RETRY_SECONDS": 1,
    "EMAIL_TIMEOUT": 3,
    "MAILS_PER_SECOND": 0,
    "BELL_SECONDS": 1,
}
IN_FLIGHT = {"loop": 1, "worker": 2}  # messages that one process can be about to have handed over
FINAL = ["sent", "failed", "dead", "stale"]


@dataclass
class House:
    """`roles` are what runs: "loop", "worker", "beat", "poisoned", as many as there are to be.

    `manner` is how the mail server errs, `told` what processes are told beside what is usual here.
    """

    folder: Path
    roles: list[str]
    broker: Any = None
    seconds_a_mail: float = 0.0
    manner: tuple[str, ...] = ()
    scheme: str = "smtp"
    told: dict[str, Any] = field(default_factory=dict)
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(10**6))

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.port, self.log = free_port(), self.folder / "sink.jsonl"
        self.log.touch()
        self.kills: Counter[str] = Counter()
        self.running: list[tuple[str, Any]] = []

    def __enter__(self) -> "House":
        try:
            self.begin_all()
        except BaseException:
            self.__exit__()
            raise
        return self

    def begin_all(self) -> None:
        self.sink = self.begin_sink(*self.manner)
        if self.broker:
            self.broker.begin()
        self.running = [(role, self.begin(role)) for role in self.roles]

    def __exit__(self, *_: Any) -> None:
        for _role, process in self.running:
            kill(process)
        kill(self.sink)
        if self.broker:
            self.broker.end()

    def begin_sink(self, *manner: str) -> Any:
        told = (str(self.port), str(self.log), "--seconds", str(self.seconds_a_mail))
        return start("-m", "tests.faults.sink", *told, *manner)

    def replace_sink(self, *manner: str) -> None:
        """Another mail server at the same port."""
        kill(self.sink)
        self.sink = self.begin_sink(*manner)

    def begin(self, role: str) -> Any:
        told = HURRIED | {"EMAIL_URL": f"{self.scheme}://127.0.0.1:{self.port}"} | self.told
        if self.broker:
            told |= {"CELERY_BROKER_URL": self.broker.url, **self.broker.settings}
        celery = ("-W", "ignore", "-m", "celery", "-A", "config.celery", "-q")
        command = {
            "loop": ("manage.py", "work"),
            "poisoned": ("-m", "tests.faults.poisoned", str(self.folder / "tries")),
            "worker": (*celery, "worker", "--pool", "threads", "-c", "2", "-n", f"{uuid4()}@h"),
            "beat": (*celery, "beat", "--pidfile="),
        }[role]
        return start(*command, **told)

    def kill_somebody(self) -> None:
        """A process, which begins anew at once; or the broker, with every bell in it."""
        place = self.random.randrange(len(self.running) + (1 if self.broker else 0))
        if place == len(self.running):
            if self.random.random() < 0.3:
                self.kills[self.broker.name] += 1
                self.broker.lose_everything()
                return
            self.kill_the_broker(self.random.uniform(0.2, 2))
            return
        role, process = self.running[place]
        self.kills[role] += 1
        kill(process)
        self.running[place] = (role, self.begin(role))

    def kill_the_broker(self, away: float) -> None:
        """It is back after so many seconds."""
        self.kills[self.broker.name] += 1
        self.broker.kill()
        time.sleep(away)
        self.broker.begin()

    def begin_anew_who_died(self) -> None:
        """As systemd does it; nobody but the message killed them."""
        for place, (role, process) in enumerate(self.running):
            if process.poll() is not None:
                self.kills[role] += 1
                self.running[place] = (role, self.begin(role))

    def is_complete(self) -> bool:
        """Whether all who were begun still run."""
        return all(process.poll() is None for _role, process in self.running)

    def kill_while_mail_leaves(self, times: int, people: int) -> None:
        """So often, spread over all the mail: each time when some more has left."""
        for number in range(1, times + 1):
            wanted = number * people // (times + 2)
            wait_until(lambda most=wanted: len(self.taken()) >= most, 300, pause=0.01)
            time.sleep(self.random.uniform(0, 0.2))
            self.kill_somebody()

    def is_done(self) -> bool:
        """Nothing is due, and every message is in a final state and in the log."""
        due = Reminder.objects.filter(status="planned", offset__gt=-60).exists()
        open_ = Delivery.objects.exclude(status__in=FINAL).exists()
        unrecorded = Delivery.objects.filter(status="sent", is_recorded=False).exists()
        return not (due or open_ or unrecorded) and Delivery.objects.exists()

    def wait(self, seconds: float) -> None:
        wait_until(self.is_done, seconds, pause=0.2)

    def taken(self) -> list[dict[str, Any]]:
        """What the mail server took, in order; a line that is just being written comes later."""
        lines = self.log.read_text().split("\n")[:-1]
        return [json.loads(line) for line in lines]

    def killed(self) -> str:
        told = ", ".join(f"{count} × {role}" for role, count in sorted(self.kills.items()))
        return f"{sum(self.kills.values())} kills ({told}; seed {self.seed})"

    def doubles(self) -> int:
        ids = Counter(one["id"] for one in self.taken())
        return sum(count - 1 for count in ids.values())

    def refute(self, people: int) -> None:
        """Fails where one is lost, one is told twice under two ids, or table and sink differ."""
        taken = self.taken()
        sent = dict(Delivery.objects.filter(status="sent").values_list("message_id", "address"))
        assert {one["id"] for one in taken} == set(sent), "sink and table differ"
        assert {one["to"] for one in taken} == set(sent.values())
        by_person = Counter(to for to, _id in {(one["to"], one["id"]) for one in taken})
        assert len(by_person) == people, f"lost: {people - len(by_person)}"
        assert set(by_person.values()) == {1}, "told twice under two ids"
        in_flight = sum(self.kills[role] * most for role, most in IN_FLIGHT.items())
        assert self.doubles() <= in_flight, f"{self.doubles()} doubles"
        told = Notice.objects.filter(reminder__isnull=False, is_stale=False)
        assert told.count() == people
        assert not told.exclude(delivery__status="sent").exists()
        assert not told.filter(told_in=None).exists()
        assert verify().is_whole
        assert find_gaps().is_whole
