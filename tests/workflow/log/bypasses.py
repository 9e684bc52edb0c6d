"""Ways around the log that the databases themselves must close.

Each is tried inside a savepoint on a world that has lived; afterwards every row of the log and
of the participations must be as before.
"""

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.core.serializers import serialize
from django.db import connection, transaction

from workflow.audit.models import Entry
from workflow.models import Participation

Bypass = Callable[[], Any]
COLUMNS = [field.column for field in Entry._meta.concrete_fields]
NAMED = ", ".join(COLUMNS)
P = "workflow_participation"


def rows() -> list[Any]:
    """The whole log and all participations, as they stand in the tables."""
    found = []
    with connection.cursor() as cursor:
        for table, order in (("audit_entry", "participation_id, seq, id"), (P, "id")):
            cursor.execute(f"SELECT * FROM {table} ORDER BY {order}")
            found.append(cursor.fetchall())
    return found


# Who refuses, and in which words: our triggers, foreign keys, rights of the role, our own fields.
# Anything else (a slip in a statement, say) does not count as refused.
REFUSALS = [
    "append-only", "entry out of order", "entry does not follow", "an entry without its change",
    "no entry for this stage change", "the head is no entry", "a participation keeps its identity",
    "a participation is never deleted", "a participation starts without a history",
    "foreign key", "through protected foreign keys", "stage changes only by a transition",
    "permission denied", "must be owner", "must be superuser",
]  # fmt: skip


def outcome(bypass: Bypass) -> str:
    """ "refused", "changes nothing", "CHANGES", or the words of an unexpected error."""
    check_at_commit()
    before = rows()
    try:
        with transaction.atomic():
            bypass()
            check_at_commit()
            answer = "CHANGES" if rows() != before else "changes nothing"
            transaction.set_rollback(True)
    except Exception as error:
        return "refused" if any(word in str(error) for word in REFUSALS) else repr(error)
    return answer


def got_through(bypasses: dict[str, Bypass]) -> dict[str, str]:
    """Those that did anything but fail as they must, with what they did."""
    outcomes = {name: outcome(bypass) for name, bypass in bypasses.items()}
    return {name: what for name, what in outcomes.items() if what not in HARMLESS}


HARMLESS = ("refused", "changes nothing")


def check_at_commit() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    else:
        connection.check_constraints()


THEN = " ;; "  # between statements that are sent one after the other


def sql(statement: str) -> Bypass:
    def run() -> None:
        with connection.cursor() as cursor:
            for one in statement.split(THEN):
                cursor.execute(one)

    return run


def same_rows(**other: str) -> str:
    """SELECT of every entry with some columns replaced, for INSERT."""
    shown = [f"{other[c]} AS {c}" if c in other else c for c in COLUMNS]
    return f"SELECT {', '.join(shown)} FROM audit_entry WHERE true"


NEW_ID = {"sqlite": "lower(hex(randomblob(16)))", "postgresql": "gen_random_uuid()"}
NEW_HASH = {
    "sqlite": "lower(hex(randomblob(32)))",
    "postgresql": "md5(random()::text) || md5(random()::text)",
}

BOTH = [
    "UPDATE audit_entry SET verb = 'select'",
    "UPDATE audit_entry SET id = id",
    "UPDATE audit_entry SET canonical = canonical || ' '",
    "UPDATE audit_entry SET by_id = NULL WHERE seq = 1",
    "UPDATE audit_entry SET seq = seq + 1000",
    f"UPDATE audit_entry SET verb = p.stage FROM {P} p WHERE p.id = participation_id",
    "DELETE FROM audit_entry",
    "DELETE FROM audit_entry WHERE seq = (SELECT MAX(seq) FROM audit_entry)",
    "WITH gone AS (SELECT id FROM audit_entry LIMIT 1)"
    " DELETE FROM audit_entry WHERE id IN (SELECT id FROM gone)",
    "DELETE FROM audit_entry RETURNING id",
    f"INSERT INTO audit_entry ({NAMED}) {same_rows()} ON CONFLICT (id) DO UPDATE SET verb = 'x'",
    f"INSERT INTO audit_entry ({NAMED}) {same_rows()}"
    " ON CONFLICT (entry_hash) DO UPDATE SET verb = 'x'",
    f"INSERT INTO audit_entry ({NAMED}) {same_rows()}"
    " ON CONFLICT (participation_id, seq) DO UPDATE SET verb = 'x'",
    f"INSERT INTO audit_entry ({NAMED}) {same_rows()} ON CONFLICT DO NOTHING",
    "INSERT INTO audit_entry ({named}) {new_at_the_same_number}",
    "INSERT INTO audit_entry ({named}) {new_far_behind}",
    "INSERT INTO audit_entry ({named}) {new_that_does_not_follow}",
    f"UPDATE {P} SET stage = 'completed'",
    f"UPDATE {P} SET stage = 'completed', version = version + 1",
    f"UPDATE {P} SET version = version + 1",
    f"UPDATE {P} SET version = 0 WHERE version > 0",
    f"UPDATE {P} SET head_seq = head_seq - 1",
    f"UPDATE {P} SET head_hash = '{'0' * 64}'",
    f"UPDATE {P} SET head_seq = 0, head_hash = ''",
    f"UPDATE {P} SET reference = 'X-' || id",
    f"UPDATE {P} SET number = number + 500",
    f"UPDATE {P} SET track_id = (SELECT MAX(track_id) FROM {P}), number = number + 90",
    f"UPDATE {P} SET municipality_id = (SELECT MAX(municipality_id) FROM {P})",
    f"DELETE FROM {P}",
    f"DELETE FROM {P} WHERE stage = 'rejected'",
    "DELETE FROM municipalities_municipality",
    "DELETE FROM workflow_track",
    "DELETE FROM accounts_user",
    f"INSERT INTO {P} ({{participation}}) {{participation_again}}"
    " ON CONFLICT (id) DO UPDATE SET stage = 'completed'",
    f"INSERT INTO {P} ({{participation}}) {{participation_with_a_past}}",
]  # fmt: skip
SQLITE = [
    f"INSERT OR REPLACE INTO audit_entry ({NAMED}) {same_rows(verb=chr(39) + 'x' + chr(39))}",
    f"REPLACE INTO audit_entry ({NAMED}) {same_rows()}",
    "INSERT OR REPLACE INTO audit_entry ({named}) {new_at_the_same_number}",
    f"INSERT OR IGNORE INTO audit_entry ({NAMED}) {same_rows()}",
    "UPDATE OR REPLACE audit_entry SET seq = 1",
    "UPDATE OR REPLACE audit_entry SET entry_hash = prev_hash",
    "UPDATE OR IGNORE audit_entry SET verb = 'x'",
    f"UPDATE OR REPLACE {P} SET stage = 'completed', version = 1",
    f"UPDATE OR IGNORE {P} SET stage = 'completed'",
    f"REPLACE INTO {P} ({{participation}}) {{participation_again}}",
    f"INSERT OR REPLACE INTO {P} ({{participation}}) {{blank_at_the_same_number}}",
    f"INSERT OR REPLACE INTO {P} ({{participation}}) {{blank_of_the_same_municipality}}",
    "PRAGMA recursive_triggers = ON ;; DELETE FROM audit_entry",
    "PRAGMA ignore_check_constraints = ON ;; UPDATE audit_entry SET verb = 'x'",
]
POSTGRESQL = [
    "TRUNCATE audit_entry CASCADE",
    f"TRUNCATE {P} CASCADE",
    f"TRUNCATE audit_entry, {P}, workflow_receipt, workflow_proposal, workflow_step CASCADE",
    "TRUNCATE municipalities_municipality CASCADE",
    "TRUNCATE ONLY audit_entry",
    "SET session_replication_role = replica ;; UPDATE audit_entry SET verb = 'x'",
    "SET session_replication_role = replica ;; DELETE FROM audit_entry",
    "SET session_replication_role = replica ;; TRUNCATE audit_entry CASCADE",
    f"SET LOCAL session_replication_role = replica ;; UPDATE {P} SET stage = 'completed'",
    f"SET session_replication_role = replica ;; DELETE FROM {P}",
    "SET CONSTRAINTS ALL DEFERRED ;; DELETE FROM audit_entry",
    "MERGE INTO audit_entry e USING workflow_participation p ON p.id = e.participation_id"
    " WHEN MATCHED THEN UPDATE SET verb = 'x'",
    "MERGE INTO audit_entry e USING workflow_participation p ON p.id = e.participation_id"
    " WHEN MATCHED THEN DELETE",
    f"MERGE INTO {P} p USING workflow_track t ON t.id = p.track_id"
    " WHEN MATCHED THEN UPDATE SET stage = 'completed'",
    "UPDATE audit_entry SET verb = 'x' WHERE ctid = (SELECT MIN(ctid) FROM audit_entry)",
    "WITH changed AS (UPDATE audit_entry SET verb = 'x' RETURNING id) SELECT COUNT(*) FROM changed",
    "DO $$ BEGIN UPDATE audit_entry SET verb = 'x'; END $$",
    "INSERT INTO audit_entry ({named}) {new_well_chained}",
]
# What the application's own role must not be able to do on top of all the others.
OF_THE_ROLE = [
    "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    "ALTER TABLE audit_entry DISABLE TRIGGER entry_no_change",
    f"ALTER TABLE {P} DISABLE TRIGGER USER",
    "ALTER TABLE audit_entry DROP COLUMN mac",
    "ALTER TABLE audit_entry RENAME TO audit_old",
    "ALTER TABLE audit_entry OWNER TO CURRENT_USER",
    "DROP TABLE audit_entry CASCADE",
    "DROP TRIGGER entry_no_change ON audit_entry",
    "DROP TRIGGER participation_changes ON workflow_participation",
    "DROP FUNCTION koraci_append_only() CASCADE",
    "CREATE OR REPLACE FUNCTION koraci_append_only() RETURNS trigger LANGUAGE plpgsql"
    " AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE extra (id int)",
    "CREATE RULE r AS ON DELETE TO audit_entry DO INSTEAD NOTHING",
    "CREATE TRIGGER t BEFORE INSERT ON audit_entry EXECUTE FUNCTION koraci_append_only()",
    "SET session_replication_role = replica",
    "SET LOCAL session_replication_role = replica",
    "GRANT UPDATE ON audit_entry TO CURRENT_USER ;; UPDATE audit_entry SET verb = 'x'",
    "TRUNCATE audit_entry",
    "TRUNCATE workflow_historicalparticipation",
    "UPDATE workflow_historicalparticipation SET stage = 'completed'",
    "DELETE FROM workflow_historicalparticipation",
    "UPDATE audit_commitment SET value = 'x'",
    "UPDATE audit_verification SET is_whole = true",
    "DELETE FROM audit_verification",
    "DELETE FROM django_migrations",
    "UPDATE pg_trigger SET tgenabled = 'D'",
    "COPY audit_entry FROM '/dev/null'",
    "COPY audit_entry TO PROGRAM 'true'",
    "LOCK TABLE audit_entry IN ACCESS EXCLUSIVE MODE",
    "SELECT id FROM audit_entry FOR UPDATE",
]


def statements(vendor: str) -> dict[str, Bypass]:
    """Every statement for this database, its parts filled in."""
    parts = parts_of(vendor)
    own = SQLITE if vendor == "sqlite" else POSTGRESQL
    return {one: sql(one.format(**parts) if "{" in one else one) for one in BOTH + own}


def parts_of(vendor: str) -> dict[str, str]:
    new = {"id": NEW_ID[vendor], "entry_hash": NEW_HASH[vendor], "version": "NULL"}
    last = (
        " AND seq = (SELECT head_seq FROM workflow_participation p WHERE p.id = participation_id)"
    )
    columns = [
        field.column for field in Participation._meta.concrete_fields if not field.primary_key
    ]
    every = ", ".join(["id", *columns])
    blank = {"version": "0", "head_seq": "0", "head_hash": "''", "uuid": NEW_ID[vendor],
             "reference": "'X-' || id", "id": "id + 1000"}  # fmt: skip
    return {
        "named": NAMED,
        "new_at_the_same_number": same_rows(**new),
        "new_far_behind": same_rows(**new, seq="seq + 500") + last,
        "new_that_does_not_follow": same_rows(**new, seq="seq + 1", prev_hash="mac") + last,
        "new_well_chained": same_rows(**new, seq="seq + 1", prev_hash="entry_hash") + last,
        "participation": every,
        "participation_again": f"SELECT {every} FROM {P} WHERE true",
        "participation_with_a_past": f"SELECT {shown(every, blank | {'version': '3'})} FROM {P}",
        "blank_at_the_same_number": f"SELECT {shown(every, blank)} FROM {P}",
        "blank_of_the_same_municipality":
            f"SELECT {shown(every, blank | {'number': 'number + 700'})} FROM {P}",
    }  # fmt: skip


def shown(columns: str, other: dict[str, str]) -> str:
    return ", ".join(f"{other[c]} AS {c}" if c in other else c for c in columns.split(", "))


def copied_rows() -> None:
    """COPY knows no conflict clause, but it fires the same triggers."""
    with connection.cursor() as cursor:
        cursor.execute(same_rows(id=NEW_ID["postgresql"], entry_hash=NEW_HASH["postgresql"]))
        forged = cursor.fetchall()
        with cursor.copy(f"COPY audit_entry ({NAMED}) FROM STDIN") as copy:
            for row in forged:
                copy.write_row(row)


def an_entry() -> Entry:
    return Entry.objects.order_by("recorded_us", "seq").last()


def update_one_entry() -> None:
    entry = an_entry()
    entry.verb = "x"
    entry.save()


def bulk_update() -> None:
    entry = an_entry()
    entry.verb = "x"
    Entry.objects.bulk_update([entry], ["verb"])


def bulk_create(**how: Any) -> Bypass:
    def run() -> None:
        entry = an_entry()
        entry.verb = "x"
        Entry.objects.bulk_create([entry], **how)

    return run


def raw_delete() -> None:
    Entry.objects.all()._raw_delete("default")


def update_or_create() -> None:
    Entry.objects.update_or_create(pk=an_entry().pk, defaults={"verb": "x"})


def load_fixture() -> None:
    """`loaddata` of an export in which one word was changed."""
    told = json.loads(serialize("json", [an_entry()]))
    told[0]["fields"]["verb"] = "x"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entries.json"
        path.write_text(json.dumps(told))
        call_command("loaddata", str(path), verbosity=0)


def assign_stage() -> None:
    participation = Participation.objects.exclude(stage="completed").first()
    participation.stage = "completed"
    participation.save()


def force_stage() -> None:
    participation = Participation.objects.exclude(stage="completed").first()
    participation.__dict__["stage"] = "completed"
    participation.save()


def force_stage_and_version() -> None:
    participation = Participation.objects.exclude(stage="completed").first()
    participation.__dict__["stage"] = "completed"
    participation.version += 1
    participation.save(update_fields=["stage", "version"])


def call_the_transition_and_save() -> None:
    participation = Participation.objects.filter(stage="memorandum").first()
    participation.withdraw()
    participation.save()


def create_with_a_past() -> None:
    row = Participation.objects.last()
    Participation.objects.bulk_create(
        [Participation(**{**fields_of(row), "pk": None, "uuid": uuid4(), "reference": "X-9"})]
    )


def fields_of(row: Participation) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


OF_THE_ORM: dict[str, Bypass] = {
    "queryset.update": lambda: Entry.objects.update(verb="x"),
    "queryset.delete": lambda: Entry.objects.all().delete(),
    "save": update_one_entry,
    "delete": lambda: an_entry().delete(),
    "bulk_update": bulk_update,
    "bulk_create": bulk_create(),
    "bulk_create with update_conflicts": bulk_create(
        update_conflicts=True, unique_fields=["id"], update_fields=["verb"]
    ),
    "bulk_create with ignore_conflicts": bulk_create(ignore_conflicts=True),
    "_raw_delete": raw_delete,
    "update_or_create": update_or_create,
    "loaddata": load_fixture,
    "participation.delete": lambda: Participation.objects.last().delete(),
    "participation _raw_delete": lambda: Participation.objects.all()._raw_delete("default"),
    "participation queryset.update": lambda: Participation.objects.update(stage="completed"),
    "stage assigned": assign_stage,
    "stage forced": force_stage,
    "stage and version forced": force_stage_and_version,
    "transition called, then saved": call_the_transition_and_save,
    "created with a past": create_with_a_past,
}
