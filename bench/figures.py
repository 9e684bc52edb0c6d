"""Figures of a programme: seconds to count them, milliseconds to read what was counted.

python -m bench.figures [participations …]

How the many participations are made, and in what they differ from real ones: `bench/many.py`.
"""

import os
import resource
import statistics
import sys
import time
from collections.abc import Callable
from multiprocessing import get_context
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection  # noqa: E402

from bench.databases import is_durable, is_sqlite, new_database, remove  # noqa: E402
from bench.many import make_many  # noqa: E402
from workflow.audit.models import Entry  # noqa: E402
from workflow.figures import cohort_of, places_of, renew  # noqa: E402
from workflow.models import Participation, Programme  # noqa: E402

SIZES = [1_000, 100_000]
READS = 200
GOAL = "goals: 100,000 against 1,000 at most 1.5, p95 at most 200 ms"


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    print(f"{connection.vendor}: figures of one programme ({GOAL})")
    found = [in_a_database_of(size) for size in sizes]
    for name in found[0]:
        ratio = statistics.median(found[-1][name]) / statistics.median(found[0][name])
        print(f"  {name}: ratio {ratio:.2f}")


def in_a_database_of(size: int) -> dict[str, list[float]]:
    database = f"var/bench-{size}.sqlite3" if is_sqlite() else f"koraci_bench_{size}"
    new_database(database)
    began = time.perf_counter()
    make_many(size)
    made = time.perf_counter() - began
    print(f" {size:,} participations, {Entry.objects.count():,} entries, {is_durable()}")
    print(f"  made in {made:.0f} s")
    connection.close()
    alone(counting)
    reads = alone(reading)
    remove(database)
    return reads


def alone(measure: Callable[[], Any]) -> Any:
    """In a process of its own, so that the memory is that of the measured."""
    with get_context("fork").Pool(1) as pool:
        return pool.apply(measure)


def counting() -> None:
    before, began = peak_memory(), time.perf_counter()
    cohort = renew(Programme.objects.get())
    seconds = time.perf_counter() - began
    print(
        f"  counted in {seconds:.2f} s, {cohort.participations / seconds:,.0f} participations a "
        f"second; peak memory {peak_memory():.0f} MB ({before:.0f} MB before)",
        flush=True,
    )


def peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def reading() -> dict[str, list[float]]:
    """What a page would ask, again and again."""
    programme = Programme.objects.get()
    one = Participation.objects.with_names().order_by("pk").last()
    times = {
        "figures of the programme": timed(lambda: read(programme)),
        "figures of a track": timed(lambda: read(one.track)),
        "own place of a participation": timed(lambda: places_of(one)),
    }
    for name, took in times.items():
        middle, worst = statistics.median(took), statistics.quantiles(took, n=20)[-1]
        print(f"  {name}: median {middle * 1000:.1f} ms, p95 {worst * 1000:.1f} ms", flush=True)
    return times


def read(scope: Any) -> None:
    cohort = cohort_of(scope)
    if not (cohort and cohort.stages and cohort.months and cohort.ball):
        raise RuntimeError("nothing was counted")


def timed(ask: Callable[[], Any]) -> list[float]:
    ask()
    times = []
    for _time in range(READS):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return times


if __name__ == "__main__":
    main()
