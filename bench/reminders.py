"""Reminders: planning, the sweep among few and among many, and deliveries against bare smtplib.

python -m bench.reminders
"""

import multiprocessing
import os
import smtplib
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.databases import is_durable, is_sqlite, new_database, remove, use_copy  # noqa: E402
from bench.many import SETTLED, run, triggers_away  # noqa: E402
from notifications.letters import letter  # noqa: E402
from notifications.models import Delivery, Notice, Reminder  # noqa: E402
from notifications.services import plan_missing, send_due, tell_due  # noqa: E402
from notifications.services.posting import new_message  # noqa: E402
from tests.faults.crowd import gather  # noqa: E402
from tests.postgres import free_port  # noqa: E402
from workflow.models import Deadline, Step  # noqa: E402

PEOPLE, DUE, FEW, MANY, DEADLINES, MAILS = 50, 1_000, 10_000, 1_000_000, 100_000, 1_000
SENDERS = 4
ROUNDS = 3
BULK = 20_000


def main() -> None:
    settings.MAILS_PER_SECOND = settings.MAIL_GATHERED_SECONDS = 0
    base, copy = name("base"), name("copy")
    new_database(base)
    call_command("migrate", verbosity=0)
    gather([f"person.{number}@example.org" for number in range(PEOPLE)])
    Reminder.objects.all().delete()
    with triggers_away():
        copy_steps()
    print(f"{connection.vendor}, {is_durable()}")
    measured_sweep(base, copy)
    measured_planning(base, copy)
    measured_mail(base, copy)
    remove(base, copy)


def name(part: str) -> str:
    part = f"reminders_{part}"
    return f"var/bench-{part}.sqlite3" if is_sqlite() else f"koraci_bench_{part}"


def copy_steps() -> None:
    """100,000 steps of the one participation, each with a deadline in six days."""
    [step], [deadline] = Step.objects.all(), Deadline.objects.all()
    rows = [
        Step(
            participation=step.participation, stage=step.stage, key=f"part_{number // BULK}",
            rule=step.rule, occurrence=number % BULK + 1, position=0, role=step.role,
            due_at=step.due_at, deadline_version=1,
        )
        for number in range(DEADLINES - 1)
    ]  # fmt: skip
    for first in range(0, len(rows), BULK):
        made = Step.objects.bulk_create(rows[first : first + BULK])
        Deadline.objects.bulk_create(
            Deadline.version_of(
                deadline.due, version=1, counts_from=deadline.counts_from, cause=deadline.cause,
                step=one,
            )
            for one in made
        )  # fmt: skip
    settle()


def settle() -> None:
    for statement in SETTLED[connection.vendor]:
        run(statement)


# The sweep


def measured_sweep(base: str, copy: str) -> None:
    """1,000 lines due, of which each tells fifty people, among few and among many others."""
    seconds = {among: swept(base, copy, among) for among in (FEW, MANY)}
    for among, told in seconds.items():
        print(f"  {DUE:,} due among {among:,} lines of the plan: {told:.2f} s")
    print(f"  ratio {seconds[MANY] / seconds[FEW]:.2f} (goal: at most 1.5)")


def swept(base: str, copy: str, among: int) -> float:
    use_copy(copy, base)
    fill_plan(among)
    times = []
    for number in range(ROUNDS):
        make_due(number)
        began = time.perf_counter()
        closed = tell_due()
        times.append(time.perf_counter() - began)
        if closed != DUE:
            raise RuntimeError(f"{closed} lines were closed, not {DUE}")
    return statistics.median(times)


def fill_plan(among: int) -> None:
    """Half of it told long ago, half of it to come; spread over all steps."""
    moment = (
        "datetime('now', ((n % 2) * 14000 - 7000) || ' days')"
        if is_sqlite()
        else "now() + ((n % 2) * 14000 - 7000) * interval '1 day'"
    )
    run(
        f"""INSERT INTO notifications_reminder
            (step_id, about, version, "offset", recipient, due_at, status)
        WITH RECURSIVE numbers(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers
            WHERE n + 1 < {among})
        SELECT (SELECT min(id) FROM workflow_step) + n % {DEADLINES}, 'deadline',
            2 + n / {DEADLINES}, 7, 'turn', {moment},
            CASE n % 2 WHEN 1 THEN 'planned' ELSE 'told' END
        FROM numbers"""
    )
    settle()


def make_due(number: int) -> None:
    """Lines of other steps in each round, all of them due now."""
    first = Step.objects.order_by("pk").values_list("pk", flat=True)[number * DUE]
    steps = range(first, first + DUE)
    now = timezone.now()
    Reminder.objects.bulk_create(
        Reminder(step_id=pk, version=1, offset=7, recipient="turn", due_at=now) for pk in steps
    )


# Planning


def measured_planning(base: str, copy: str) -> None:
    use_copy(copy, base)
    began = time.perf_counter()
    lines = plan_missing()
    seconds = time.perf_counter() - began
    print(f"  {DEADLINES:,} deadlines planned in {seconds:.1f} s: {lines:,} lines, ", end="")
    print(f"{DEADLINES / seconds:,.0f} deadlines a second")
    began = time.perf_counter()
    plan_missing()
    print(f"  planned again, nothing missing: {time.perf_counter() - began:.2f} s")


# Mail


def measured_mail(base: str, copy: str) -> None:
    """One sender, and as many at once as a big installation runs, against smtplib by hand."""
    users = [f"person.{number}@example.org" for number in range(PEOPLE)]
    with sink() as port:
        rates = {}
        for senders in (1, SENDERS):
            use_copy(copy, base)
            mails = Mails(port)
            rates[senders] = MAILS / timed(lambda senders=senders, mails=mails: mails.send(senders))
        each = MAILS / timed(lambda: by_hand(port, mails.texts, users, each=True))
        reused = MAILS / timed(lambda: by_hand(port, mails.texts, users, each=False))
    print(f"  bare smtplib: {each:,.0f} mails a second, a connection each; ", end="")
    print(f"{reused:,.0f} over one connection")
    for senders, rate in rates.items():
        print(
            f"  claimed, checked, written, sent and marked by {senders}: {rate:,.0f} a second, ",
            end="",
        )
        print(
            f"ratio {rate / each:.2f} (goal: at least 0.5); {rate / reused:.2f} to one connection"
        )


class Mails:
    """So many messages that are due, and the same texts for smtplib."""

    def __init__(self, port: int) -> None:
        settings.EMAIL_BACKEND = "notifications.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        make_due(0)
        tell_due()
        spread_over_messages()
        one = Delivery.objects.filter(status="new").select_related("user").first()
        notices = list(one.notices.with_places())
        self.texts = [letter(one, notices).message().as_bytes(linesep="\r\n")] * MAILS

    def send(self, senders: int) -> None:
        """By so many processes at once."""
        connection.close()
        fork = multiprocessing.get_context("fork")
        processes = [fork.Process(target=send_due) for _number in range(senders)]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        sent = Delivery.objects.filter(status="sent").count()
        if sent < MAILS:
            raise RuntimeError(f"{sent} were sent, not {MAILS}")


def spread_over_messages() -> None:
    """What would be one mail of each person with many lines becomes many mails with one."""
    notices = list(Notice.objects.order_by("pk")[:MAILS])
    now = timezone.now()
    messages = [new_message(one.user_id, "now", None, now) for one in notices]
    Delivery.objects.bulk_create(messages)
    for notice, message in zip(notices, messages, strict=True):
        notice.delivery = message
    Notice.objects.bulk_update(notices, ["delivery"])
    Notice.objects.exclude(pk__in=[one.pk for one in notices]).delete()
    Delivery.objects.exclude(pk__in=[one.pk for one in messages]).delete()


def by_hand(port: int, texts: list[bytes], users: list[str], *, each: bool) -> None:
    link: Any = None
    for number, text in enumerate(texts):
        if link is None or each:
            link = smtplib.SMTP("127.0.0.1", port)
        link.sendmail("koraci@example.org", users[number % len(users)], text)
        if each:
            link.quit()
    if not each:
        link.quit()


def timed(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


@contextmanager
def sink():
    """The mail server of the tests, in a process of its own."""
    port = free_port()
    with tempfile.NamedTemporaryFile() as kept:
        server = subprocess.Popen([sys.executable, "-m", "tests.faults.sink", str(port), kept.name])
        until = time.monotonic() + 20
        while True:
            try:
                smtplib.SMTP("127.0.0.1", port).quit()
                break
            except OSError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)
        try:
            yield port
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
