"""The pages of `pages.py` at two numbers of participations in turn, request by request.

python -m bench.in_turn [few many]

Other work on the machine meets both alike, so that the ratio holds where `pages.py`, which measures
one number after the other, would compare a calm minute with a busy one. Beside the time that
passed stands the time on a processor, of Python and (on Linux, with a server of PostgreSQL on this
machine) of the connection's own process of the database.
"""

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from bench.databases import is_sqlite, new_database, remove  # noqa: E402
from bench.many import make_many  # noqa: E402
from bench.pages import PAGES, ROUNDS, SIZES  # noqa: E402
from workflow.figures import renew  # noqa: E402
from workflow.models import Participation, Programme  # noqa: E402

Taken = tuple[float, float]  # milliseconds that passed, on a processor


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    for size in sizes:
        new_database(database(size))
        make_many(size)
        renew(Programme.objects.get())
    connection.close()
    askers = [Asker(size) for size in sizes]
    print(f"{connection.vendor}: milliseconds, p50 and p95, and those on a processor, p50")
    for page in PAGES:
        measure(page, askers)
    for asker in askers:
        asker.end()
    remove(*map(database, sizes))


def database(size: int) -> str:
    return f"var/bench-turn-{size}.sqlite3" if is_sqlite() else f"koraci_bench_turn_{size}"


def measure(page: str, askers: "list[Asker]") -> None:
    for asker in askers:
        asker.ask(page)
    taken = [[asker.ask(page) for asker in askers] for _round in range(ROUNDS)]
    columns = [list(zip(*rows, strict=True)) for rows in zip(*taken, strict=True)]
    told, middles = [], []
    for passed, worked in columns:
        middle, worst = statistics.median(passed), statistics.quantiles(passed, n=20)[-1]
        middles.append((middle, statistics.median(worked)))
        told.append(f"{middle:.0f}, {worst:.0f} ({middles[-1][1]:.0f})")
    ratios = [last / first for first, last in zip(middles[0], middles[-1], strict=True)]
    print(f"  {page}: {' | '.join(told)}, ratio {ratios[0]:.2f} ({ratios[1]:.2f})", flush=True)


class Asker:
    """A process of its own that asks for pages in the database of one number."""

    def __init__(self, size: int) -> None:
        command = [sys.executable, "-m", "bench.in_turn", "ask", database(size)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def ask(self, page: str) -> Taken:
        print(page, file=self.pipe(self.process.stdin), flush=True)
        return json.loads(self.pipe(self.process.stdout).readline())

    def pipe(self, end: IO[str] | None) -> IO[str]:
        if end is None or self.process.poll() is not None:
            raise RuntimeError("the process that asks has ended")
        return end

    def end(self) -> None:
        self.process.communicate()


def answer(name: str) -> None:
    """What the other process does: a request for each line, and what it took."""
    connection.settings_dict["NAME"] = name
    client = Client()
    client.force_login(get_user_model().objects.get(email="manager@example.org"))
    last = Participation.objects.order_by("pk").last()
    for line in sys.stdin:
        print(json.dumps(taken_by(client, PAGES[line.strip()].format(reference=last.reference))))
        sys.stdout.flush()


def taken_by(client: Client, path: str) -> Taken:
    began, worked = time.perf_counter(), time.process_time() + worked_by_the_database()
    if client.get(path).status_code != 200:
        raise RuntimeError(path)
    passed = time.perf_counter() - began
    worked = time.process_time() + worked_by_the_database() - worked
    return passed * 1000, worked * 1000


def worked_by_the_database() -> float:
    """Seconds that the process behind our connection was on a processor; 0 where nobody says."""
    if is_sqlite():
        return 0.0  # it works in this process
    connection.ensure_connection()
    raw: Any = connection.connection
    says = Path(f"/proc/{raw.info.backend_pid}/schedstat")
    return int(says.read_text().split()[0]) / 1e9 if says.exists() else 0.0


if __name__ == "__main__":
    if sys.argv[1:2] == ["ask"]:
        answer(sys.argv[2])
    else:
        main()
