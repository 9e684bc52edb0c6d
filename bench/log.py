"""How fast the log of 100,000 entries is verified, and in how much memory.

python -m bench.log
"""

import os
import resource

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402

from bench.databases import is_sqlite, new_database, remove  # noqa: E402
from bench.world import make_world  # noqa: E402
from workflow.audit import log  # noqa: E402
from workflow.audit.log import Actor, Line  # noqa: E402
from workflow.audit.verify import verify  # noqa: E402
from workflow.models import Participation  # noqa: E402
from workflow.services.saving import save_head  # noqa: E402

ENTRIES = 100_000
PARTICIPATIONS = 100


def main() -> None:
    database = "var/bench-log.sqlite3" if is_sqlite() else "koraci_bench_log"
    new_database(database)
    manager, participations = make_world(PARTICIPATIONS)
    fill(manager, participations)
    if os.fork() == 0:  # a process of its own, so that its memory is the verifier's
        connection.close()
        measure()
        os._exit(0)
    os.wait()
    remove(database)


def fill(manager, participations: list[Participation]) -> None:
    """Entries as the doors write them, with a reason each, in chunks."""
    actor = Actor(manager, "programme_manager", "Head of the programme")
    each = ENTRIES // len(participations)
    for participation in participations:
        with transaction.atomic():
            row = Participation.objects.get(pk=participation.pk)
            lines = [Line("note", reason=f"Reason {n}.", facts={"n": n}) for n in range(each)]
            log.append_all(row, lines, by=actor)
            save_head(row)


def measure() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    report = verify()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if report.damages:
        raise RuntimeError(str(report.damages[:3]))
    rate = report.entries / report.seconds
    print(
        f"{connection.vendor}: {report.entries} entries of {report.participations} participations"
    )
    print(f"  verified in {report.seconds:.2f} s, {rate:,.0f} entries a second")
    print(f"  peak memory {after:.0f} MB ({before:.0f} MB before)")
    one = Participation.objects.order_by("pk").first()
    alone = min((verify([one]) for _round in range(5)), key=lambda each: each.seconds)
    told = f"one participation of {alone.entries} entries in {alone.seconds * 1000:.0f} ms"
    print(f"  {told} (goal: at most 50 ms for 1,000)")


if __name__ == "__main__":
    main()
