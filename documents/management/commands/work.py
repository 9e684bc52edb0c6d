"""The loop of the worker: what waits is done, then it looks again. Needs no broker."""

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from documents.services import examine_next
from workflow.audit.trace import traced

logger = logging.getLogger("koraci.documents")
IDLE, AFTER_ERROR = 1.0, 5.0  # seconds


class Command(BaseCommand):
    help = (
        "Examines uploads, one after the other, until it is stopped. Several may run at once, on "
        "several machines; one that is killed loses nothing. --once ends when nothing waits."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopped = threading.Event()
        if once:
            with traced("system"):
                while examine_next():
                    pass
            return
        for asked in (signal.SIGTERM, signal.SIGINT):
            signal.signal(asked, lambda *_: self.stopped.set())
        while not self.stopped.is_set():
            self.stopped.wait(self.work())

    def work(self) -> float:
        """One upload, or none; how long to wait before the next."""
        try:
            with traced("system"):
                return 0 if examine_next() else IDLE
        except DatabaseError as error:
            logger.error("the database does not answer: %s", error)
        except Exception:  # the lease brings the upload back; the loop goes on with the others
            logger.exception("an upload could not be finished")
        finally:
            close_old_connections()
        return AFTER_ERROR
