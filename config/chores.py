"""What workers do, whoever rings: the bell of Celery, or the loop of `manage.py work`.

Each asks the database what is to be done, and may run twice at once. None has arguments.
"""

import logging
from collections.abc import Callable
from functools import wraps

from documents.services import examine_next
from documents.services.sweeping import sweep
from notifications import services
from workflow.audit.trace import traced
from workflow.audit.verifications import verify_and_keep
from workflow.gaps import find_gaps
from workflow.services import end_expired_mandates

logger = logging.getLogger("koraci.chores")
Chore = Callable[[], object]


def by_the_system(chore: Chore) -> Chore:
    """What it writes into the log says that no person did it."""

    @wraps(chore)
    def traced_chore() -> object:
        with traced("system"):
            return chore()

    return traced_chore


@by_the_system
def examine_uploads() -> None:
    """Every upload that waits, one after the other."""
    while examine_next():
        pass


@by_the_system
def tell_people() -> None:
    """What happened and what is due becomes notices; messages that are due are sent and logged."""
    services.tell_happened()
    services.tell_due()
    services.send_due()
    services.record_sent()


@by_the_system
def plan_reminders() -> None:
    """Whatever no transaction has planned."""
    services.plan_missing()


@by_the_system
def daily_chores() -> None:
    """Once each night, whoever asks first: ended mandates, the log, everything against the log."""
    for name, chore in DAILY.items():
        services.once_a_day(name, chore)


def check_the_log() -> str:
    report = verify_and_keep()
    if not report.is_whole:
        services.alarm("log")
    return f"{report.entries} entries, {len(report.damages)} damages"


def check_for_gaps() -> str:
    gaps = find_gaps()
    if not gaps.is_whole:
        services.alarm("gaps")
    return f"{len(gaps.damages)} disagreements"


def end_mandates() -> str:
    return f"{end_expired_mandates()} ended"


def sweep_uploads() -> str:
    swept = sweep()
    return f"{swept.objects} objects, {swept.files} files"


DAILY: dict[str, Callable[[], str]] = {
    "mandates": end_mandates,
    "log": check_the_log,
    "gaps": check_for_gaps,
    "uploads": sweep_uploads,
}
