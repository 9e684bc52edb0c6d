"""Pages at 1,000 and 100,000 participations, what a first view weighs, and fifty readers at once.

python -m bench.pages [participations …]

How the many participations are made, and in what they differ from real ones: `bench/many.py`.
"""

import gzip
import os
import re
import statistics
import sys
import time
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.contrib.staticfiles import finders  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

import config.wsgi  # noqa: E402, F401 - as the server begins
from bench.databases import is_durable, is_sqlite, new_database, remove  # noqa: E402
from bench.many import make_many  # noqa: E402
from bench.readers import fifty_readers  # noqa: E402
from workflow.figures import renew  # noqa: E402
from workflow.models import Participation, Programme  # noqa: E402

SIZES = [1_000, 100_000]
ROUNDS = 60
GOAL = "goals: 100,000 against 1,000 at most 1.5, p95 at most 200 ms"
WEIGHTS = "goals: at most 56 kB without fonts, 200 kB with them"
PAGES = {
    "board": "/board/",
    "board, overdue": "/board/?due=late",
    "next steps": "/my-steps/",
    "list": "/participations/",
    "list, page 15": "/participations/?page=15",
    "list, a municipality": "/participations/?q=kikinda",
    # A full page at every number; of one municipality a thousand have six participations.
    "list, names with ba": "/participations/?q=ba",
    "list, overdue": "/participations/?due=late",
    "list, my turn": "/participations/?mine=1",
    "figures and map": "/board/figures/",
    "search, municipality": "/search/?q=kikinda",
    "search, reference": "/search/?q={reference}",
    "search, act": "/search/?q=06-1",
    "search, step": "/search/?q=hearing",
    "search, person": "/search/?q=coordinator+kikinda",
    "search, track": "/search/?q=trial",
}
# What a reader of Serbian in Latin loads with a page: three weights, each in two files, and the
# letters of the link to Cyrillic.
FONTS = [f"latin{ext}-{weight}-normal" for ext in ("", "-ext") for weight in (400, 600, 700)]
FONTS += ["cyrillic-400-normal"]


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    print(f"{connection.vendor}: pages of a manager ({GOAL})")
    found = [in_a_database_of(size) for size in sizes]
    for name in PAGES:
        ratio = statistics.median(found[-1][name]) / statistics.median(found[0][name])
        print(f"  {name}: ratio {ratio:.2f}")


def in_a_database_of(size: int) -> dict[str, list[float]]:
    database = f"var/bench-pages-{size}.sqlite3" if is_sqlite() else f"koraci_bench_pages_{size}"
    new_database(database)
    make_many(size)
    renew(Programme.objects.get())
    print(f" {Participation.objects.count():,} participations, {is_durable()}", flush=True)
    client = Client()
    manager = get_user_model().objects.get(email="manager@example.org")
    client.force_login(manager)
    times = {name: timed(client, name, path) for name, path in PAGES.items()}
    weigh(client)
    fifty_readers(database, manager)
    remove(database)
    return times


def timed(client: Client, name: str, path: str) -> list[float]:
    """Seconds of each round, with the number of queries printed beside them."""
    last = Participation.objects.order_by("pk").last()
    path = path.format(reference=last.reference)
    client.get(path)
    asked: list[str] = []
    with connection.execute_wrapper(lambda do, *told: asked.append(told[0]) or do(*told)):
        client.get(path)
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        if client.get(path).status_code != 200:
            raise RuntimeError(path)
        times.append(time.perf_counter() - began)
    middle, worst = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    told = f"p50 {middle * 1000:.1f} ms, p95 {worst * 1000:.1f} ms, {len(asked)} queries"
    print(f"  {name}: {told}", flush=True)
    return times


def weigh(client: Client) -> None:
    """The first view of a page: itself, its style and script, then the fonts, all compressed."""
    case = Participation.objects.order_by("pk").first()
    paths = {"board": "/board/", "participation": case.get_absolute_url(), "steps": "/my-steps/"}
    fonts = sum(size_of(f"web/fonts/source-sans-3-{name}.woff2", packed=True) for name in FONTS)
    print(f"  first view ({WEIGHTS}):")
    for name, path in paths.items():
        page = client.get(path, headers={"Accept-Language": "sr-Latn"}).content
        loaded = re.findall(rb'(?:href|src)="/static/([^"]+)"', page)
        weight = len(gzip.compress(page)) + sum(size_of(one.decode()) for one in loaded)
        print(f"    {name}: {weight / 1000:.1f} kB, {(weight + fonts) / 1000:.1f} kB with fonts")


def size_of(name: str, packed: bool = False) -> int:
    body = Path(finders.find(name)).read_bytes()
    return len(body if packed else gzip.compress(body))


if __name__ == "__main__":
    main()
