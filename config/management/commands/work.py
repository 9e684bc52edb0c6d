"""The loop of a worker: what waits is done, then it looks again. Needs no broker."""

import logging
import signal
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from config import chores

logger = logging.getLogger("koraci.chores")
AFTER_ERROR = 5.0  # seconds
# Chore, and how many seconds it rests; each asks the database, which costs next to nothing.
RESTS = {
    chores.examine_uploads: 1.0,
    chores.tell_people: 1.0,
    chores.plan_reminders: 3600.0,
    chores.daily_chores: 900.0,
}


class Command(BaseCommand):
    help = (
        "Examines uploads, plans and sends what people are told, and checks the log once a day, "
        "until it is stopped. Several may run at once, on several machines; one that is killed "
        "loses nothing. --once ends when nothing waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopped = threading.Event()
        if once:
            for chore in RESTS:
                chore()
            return
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: self.stopped.set())
        self.work()

    def work(self) -> None:
        """Each chore when its time has come, until we are asked to stop."""
        due = dict.fromkeys(RESTS, 0.0)
        while not self.stopped.is_set():
            for chore, rest in RESTS.items():
                if time.monotonic() >= due[chore] and not self.stopped.is_set():
                    due[chore] = time.monotonic() + (rest if self.done(chore) else AFTER_ERROR)
            self.stopped.wait(max(0.0, min(due.values()) - time.monotonic()))

    def done(self, chore: chores.Chore) -> bool:
        """Do it once. False when it failed; leases bring back what it had taken up."""
        try:
            chore()
        except DatabaseError as error:
            logger.error("the database does not answer: %s", error)
        except Exception:
            logger.exception("a chore could not be finished")
        else:
            return True
        finally:
            close_old_connections()
        return False
