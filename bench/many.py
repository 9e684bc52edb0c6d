"""Many participations with their history, for benchmarks of what reads the log.

A few dozen are walked through the doors; the others are copies of their rows: participation,
steps, evidence, keys of the search, entries, each with keys, dates and a municipality of its own.
So the rows are as the doors write them, except that a copy has no chain (its hashes are random,
its canonical text is that of the original), no deadlines, history and receipts, that its next
deadline lies around today, and that the triggers are away while copies are written. The entries of
one participation lie apart, among those of all others, as they do in a log that grew.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from django.db import connection, models

from bench.world import make_world
from municipalities.models import Municipality
from tests.stepping import act_on, hand_in, the_step
from workflow import services
from workflow.audit.models import Entry
from workflow.audit.triggers import removals, statements
from workflow.models import Evidence, Findable, Participation, Procedure, Step, Track

WALKED = 53
COPIES = 3  # of each in a track: 159 of the 175 municipalities of the country
FOLLOWS = {"open_step", "set_deadline", "move_deadline"}  # written in one act with the line before
KEYS = ("team", "analysis", "draft", "hearing")
ACT = {"body": "Assembly", "number": "06-1/2020", "dated_on": "2.3.2026"}
FIRST_DAY = date(2016, 1, 1).toordinal() - date(1970, 1, 1).toordinal()
# The next deadline of a copy: ten months around the day of the measurement.
DUE = f"{date.today().toordinal() - date(1970, 1, 1).toordinal()} - 300 + (c.id * 7919) % 600"
# What the two databases say differently.
SAYS = {
    "sqlite": {
        "uuid": "lower(hex(randomblob(16)))",
        "hash": "lower(hex(randomblob(32)))",
        "date": "date('1970-01-01', (%s) || ' days')",
        "moment": "date('1970-01-01', (%s) || ' days') || ' 23:00:00'",
    },
    "postgresql": {
        "uuid": "gen_random_uuid()",
        "hash": "md5(random()::text) || md5(random()::text)",
        "date": "date '1970-01-01' + (%s)::int",
        "moment": "(date '1970-01-01' + (%s)::int)::timestamptz",
    },
}
# What a database that has been running for a while has done by itself.
SETTLED = {"sqlite": ["ANALYZE"], "postgresql": ["VACUUM ANALYZE", "CHECKPOINT"]}


def make_many(number: int) -> None:
    """So many participations of one programme, each with the history of one that was walked."""
    manager, walked = make_world(WALKED)
    walk(manager, walked)
    with triggers_away():
        plan_copies(number - WALKED)
        copy_rows()
    for statement in ("DROP TABLE bench_copy", "DROP TABLE bench_act", *SETTLED[connection.vendor]):
        run(statement)


# Walking


def walk(manager: Any, participations: list[Participation]) -> None:
    """Histories of every kind: some stand, some are held, returned, discontinued, complete."""
    users = get_user_model().objects
    system, coordinator = users.get(is_superuser=True), users.create_user("c@example.org")
    for place, participation in enumerate(participations):
        services.give_mandate(
            coordinator, "coordinator", over=participation.municipality, by=system,
            starts_on=date(2020, 1, 1),
        )  # fmt: skip
        if place % 8:
            perform(participation, "start_assessment", manager)
            assess(participation, place, manager, coordinator)
        if place % 8 > 2:
            perform(participation, "adopt_strategy", manager)
        if place % 8 > 5:
            perform(participation, "complete" if place % 8 == 6 else "discontinue", manager)


def assess(participation: Participation, place: int, manager: Any, coordinator: Any) -> None:
    if place % 5 == 0:
        perform(participation, "hold", manager)
        perform(participation, "resume", manager)
    for key in KEYS if place % 8 > 1 else KEYS[:2]:
        told = ACT if key == "hearing" else {}
        hand_in(the_step(participation, key), by=coordinator, **told)
        if place % 3 == 0:
            step = the_step(participation, key)
            act_on(services.return_step, step, by=manager, remarks=["To be mended."])
            hand_in(the_step(participation, key), by=coordinator, **told)
        act_on(services.accept_step, the_step(participation, key), by=manager)


def perform(participation: Participation, name: str, manager: Any) -> None:
    row = Participation.objects.get(pk=participation.pk)
    services.perform_transition(
        row, name, by=manager, decided_on=row.decided_on, reason="As agreed.",
        expected_version=row.version, idempotency_key=uuid4(),
    )  # fmt: skip


# Copying


def run(statement: str, rows: list[tuple[Any, ...]] | None = None) -> None:
    with connection.cursor() as cursor:
        if rows is None:
            cursor.execute(statement)
        else:
            cursor.executemany(statement, rows)


@contextmanager
def triggers_away() -> Iterator[None]:
    for statement in removals(connection.vendor):
        run(statement)
    yield
    for statement in statements(connection.vendor):
        run(statement)


def plan_copies(number: int) -> None:
    """Two tables of our own: which copies there shall be, and which entries are one act."""
    run(
        "CREATE TABLE bench_copy (id bigint, original bigint, copy bigint, track bigint,"
        " procedure bigint, municipality bigint, number bigint, reference varchar(50),"
        " start bigint, pace bigint)"
    )
    run("CREATE TABLE bench_act (participation bigint, seq bigint, act bigint)")
    originals = list(Participation.objects.order_by("pk"))
    run(
        f"INSERT INTO bench_copy VALUES ({', '.join(['%s'] * 10)})", list(copies(originals, number))
    )
    acts = [act for original in originals for act in acts_of(original)]
    run("INSERT INTO bench_act VALUES (%s, %s, %s)", acts)


def copies(originals: list[Participation], number: int) -> Iterator[tuple[Any, ...]]:
    """A line for each copy: its keys, the day it begins, and how many days pass between acts."""
    dice = random.Random(2026)
    units = list(Municipality.objects.filter(country="RS").values_list("pk", flat=True))
    tracks = copied_tracks(originals[0].track, -(-number // (WALKED * COPIES)))
    for place in range(number):
        copy, which = divmod(place, WALKED)
        track, procedure = tracks[copy // COPIES]
        nth = copy % COPIES * WALKED + which
        yield (
            originals[-1].pk + 1 + place, originals[which].pk, copy + 1, track.pk, procedure.pk,
            units[nth], nth + 1, f"{track.code}-{nth + 1:03}",
            FIRST_DAY + dice.randrange(2500), dice.randrange(1, 40),
        )  # fmt: skip


def copied_tracks(original: Track, number: int) -> list[tuple[Track, Procedure]]:
    procedure = original.procedures.get()
    made = []
    for place in range(number):
        names = {"key": f"{original.key}_{place}", "code": f"{original.code}C{place}"}
        track = Track.objects.create(**values_of(original) | {"id": None} | names)
        facts = values_of(procedure) | {"id": None, "track_id": track.pk}
        made.append((track, Procedure.objects.create(**facts)))
    return made


def values_of(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def acts_of(original: Participation) -> Iterator[tuple[int, int, int]]:
    act = -1
    for seq, verb in original.entries.order_by("seq").values_list("seq", "verb"):
        act += verb not in FOLLOWS
        yield original.pk, seq, act


def copy_rows() -> None:
    says = SAYS[connection.vendor]
    last = Step.objects.order_by("pk").last().pk
    step = f"+ {last} * c.copy"  # the steps of each copy in a range of keys of its own
    run(
        copying(
            Participation, "o.id",
            id="c.id", uuid=says["uuid"], reference="c.reference", number="c.number",
            municipality_id="c.municipality", track_id="c.track", procedure_id="c.procedure",
            sort_key="(SELECT m.sort_key FROM municipalities_municipality m"
            " WHERE m.id = c.municipality)",
            next_due_at=f"CASE WHEN o.next_due_at IS NOT NULL THEN {says['moment'] % DUE} END",
        )
    )  # fmt: skip
    run(
        copying(
            Step, "o.participation_id",
            id=f"o.id {step}", uuid=says["uuid"], participation_id="c.id",
        )
    )  # fmt: skip
    copy_what_the_search_reads(step, says)
    day = "c.start + a.act * c.pace"
    entries = copying(
        Entry, "o.participation_id",
        id=says["uuid"], participation_id="c.id", step_id=f"o.step_id {step}",
        entry_hash=says["hash"], recorded_us=f"({day}) * 86400000000 + o.seq",
        decided_on=f"CASE WHEN o.decided_on IS NOT NULL THEN {says['date'] % day} END",
    )  # fmt: skip
    entries += " JOIN bench_act a ON a.participation = o.participation_id AND a.seq = o.seq"
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(act) FROM bench_act")
        [acts] = cursor.fetchone()
    for act in range(acts + 1):
        run(f"{entries} WHERE a.act = {act}")


def copy_what_the_search_reads(step: str, says: dict[str, str]) -> None:
    """References, and the acts that were handed in, each with a number of its own."""
    last = Evidence.objects.order_by("pk").last().pk
    evidence = f"+ {last} * c.copy"
    copies = copying(
        Evidence, "s.participation_id",
        id=f"o.id {evidence}", uuid=says["uuid"], step_id=f"o.step_id {step}",
    )  # fmt: skip
    run(copies.replace("JOIN", f"JOIN {Step._meta.db_table} s ON s.id = o.step_id JOIN", 1))
    last = Findable.objects.order_by("pk").last().pk
    run(
        copying(
            Findable, "o.participation_id",
            id=f"o.id + {last} * c.copy", participation_id="c.id", municipality_id="c.municipality",
            evidence_id=f"o.evidence_id {evidence}",
            key="CASE WHEN o.evidence_id IS NULL THEN lower(c.reference)"
            " ELSE '06-' || c.id || '/2020' END",
        )
    )  # fmt: skip


def copying(model: type[models.Model], original: str, **own: str) -> str:
    """One statement that writes every copy of the rows of a table; `own` is what differs."""
    columns = [field.column for field in model._meta.concrete_fields]
    values = [own.get(column, f"o.{column}") for column in columns]
    table = model._meta.db_table
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)}"
        f" FROM {table} o JOIN bench_copy c ON c.original = {original}"
    )
