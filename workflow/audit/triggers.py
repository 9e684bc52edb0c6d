"""What the databases themselves refuse: a log that changes, a stage without its entry.

Triggers stop accidents and everybody who is not the owner of the database; intent is found by
the chain, the seals and the verifier (ADR 0007). Measured holes and why each statement is here:
SQLite's INSERT OR REPLACE passes a delete trigger, hence the guard on insert; PostgreSQL's
TRUNCATE and session_replication_role pass row triggers, hence the statement trigger and ALWAYS.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ENTRY = "audit_entry"
PARTICIPATION = "workflow_participation"
FIXED = ("id", "uuid", "reference", "number", "municipality_id", "track_id", "programme_id")
MOVES = "NEW.stage <> OLD.stage OR NEW.version <> OLD.version"
IDENTITY_CHANGES = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
ITS_ENTRY = f"""SELECT 1 FROM {ENTRY} WHERE participation_id = NEW.id AND version = NEW.version
    AND source = OLD.stage AND target = NEW.stage"""
ITS_HEAD = f"""SELECT 1 FROM {ENTRY} WHERE participation_id = NEW.id AND seq = NEW.head_seq
    AND entry_hash = NEW.head_hash"""

SQLITE = {
    "entry_no_update": f"""BEFORE UPDATE ON {ENTRY}
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "entry_no_delete": f"""BEFORE DELETE ON {ENTRY}
        BEGIN SELECT RAISE(ABORT, 'append-only'); END""",
    "entry_in_order": f"""BEFORE INSERT ON {ENTRY} BEGIN
        SELECT RAISE(ABORT, 'append-only') WHERE EXISTS (SELECT 1 FROM {ENTRY} WHERE id = NEW.id
            OR entry_hash = NEW.entry_hash
            OR (participation_id = NEW.participation_id AND seq = NEW.seq)
            OR (participation_id = NEW.participation_id AND version = NEW.version));
        SELECT RAISE(ABORT, 'entry out of order') WHERE NEW.seq <> 1 + COALESCE(
            (SELECT MAX(seq) FROM {ENTRY} WHERE participation_id = NEW.participation_id), 0);
        SELECT RAISE(ABORT, 'entry does not follow') WHERE NEW.seq > 1 AND NEW.prev_hash <> (
            SELECT entry_hash FROM {ENTRY}
            WHERE participation_id = NEW.participation_id AND seq = NEW.seq - 1);
        END""",
    "participation_starts_blank": f"""BEFORE INSERT ON {PARTICIPATION} BEGIN
        SELECT RAISE(ABORT, 'a participation starts without a history')
            WHERE NEW.version <> 0 OR NEW.head_seq <> 0 OR NEW.head_hash <> ''
            OR EXISTS (SELECT 1 FROM {PARTICIPATION} WHERE id = NEW.id OR uuid = NEW.uuid
                OR reference = NEW.reference OR (track_id = NEW.track_id
                    AND (number = NEW.number OR municipality_id = NEW.municipality_id
                        AND stage NOT IN ('completed', 'rejected', 'withdrawn', 'discontinued'))));
        END""",
    "participation_no_delete": f"""BEFORE DELETE ON {PARTICIPATION}
        BEGIN SELECT RAISE(ABORT, 'a participation is never deleted'); END""",
    "participation_identity": f"""BEFORE UPDATE ON {PARTICIPATION} WHEN {IDENTITY_CHANGES}
        BEGIN SELECT RAISE(ABORT, 'a participation keeps its identity'); END""",
    "stage_needs_entry": f"""BEFORE UPDATE ON {PARTICIPATION} WHEN {MOVES} BEGIN
        SELECT RAISE(ABORT, 'no entry for this stage change')
            WHERE NEW.version <> OLD.version + 1 OR NOT EXISTS ({ITS_ENTRY});
        END""",
    "head_is_an_entry": f"""BEFORE UPDATE ON {PARTICIPATION}
        WHEN NEW.head_seq <> OLD.head_seq OR NEW.head_hash <> OLD.head_hash BEGIN
        SELECT RAISE(ABORT, 'the head is no entry')
            WHERE NEW.head_seq < OLD.head_seq OR NOT EXISTS ({ITS_HEAD});
        END""",
}

FUNCTIONS = {
    "koraci_append_only": "RAISE EXCEPTION 'append-only';",
    "koraci_never_deleted": "RAISE EXCEPTION 'a participation is never deleted';",
    "koraci_entry_in_order": f"""
        IF NEW.seq <> 1 + COALESCE(
            (SELECT MAX(seq) FROM {ENTRY} WHERE participation_id = NEW.participation_id), 0)
        THEN RAISE EXCEPTION 'entry out of order'; END IF;
        IF NEW.seq > 1 AND NEW.prev_hash <> (SELECT entry_hash FROM {ENTRY}
            WHERE participation_id = NEW.participation_id AND seq = NEW.seq - 1)
        THEN RAISE EXCEPTION 'entry does not follow'; END IF;
        RETURN NEW;""",
    "koraci_starts_blank": """
        IF NEW.version <> 0 OR NEW.head_seq <> 0 OR NEW.head_hash <> ''
        THEN RAISE EXCEPTION 'a participation starts without a history'; END IF;
        RETURN NEW;""",
    "koraci_participation_changes": f"""
        IF {IDENTITY_CHANGES}
        THEN RAISE EXCEPTION 'a participation keeps its identity'; END IF;
        IF ({MOVES}) AND (NEW.version <> OLD.version + 1 OR NOT EXISTS ({ITS_ENTRY}))
        THEN RAISE EXCEPTION 'no entry for this stage change'; END IF;
        IF (NEW.head_seq <> OLD.head_seq OR NEW.head_hash <> OLD.head_hash)
            AND (NEW.head_seq < OLD.head_seq OR NOT EXISTS ({ITS_HEAD}))
        THEN RAISE EXCEPTION 'the head is no entry'; END IF;
        RETURN NEW;""",
    # At commit: an entry that the participation does not know of would be a stage change that
    # never happened.
    "koraci_entry_arrived": f"""
        IF NOT EXISTS (SELECT 1 FROM {PARTICIPATION} WHERE id = NEW.participation_id
            AND head_seq >= NEW.seq AND (NEW.version IS NULL OR version >= NEW.version))
        THEN RAISE EXCEPTION 'an entry without its change'; END IF;
        RETURN NULL;""",
    "koraci_participation_recorded": f"""
        IF NOT EXISTS (SELECT 1 FROM {ENTRY} WHERE participation_id = NEW.id)
        THEN RAISE EXCEPTION 'a participation without its first entry'; END IF;
        RETURN NULL;""",
}
POSTGRESQL = {
    "entry_no_change": (ENTRY, "BEFORE UPDATE OR DELETE", "ROW", "koraci_append_only"),
    "entry_no_truncate": (ENTRY, "BEFORE TRUNCATE", "STATEMENT", "koraci_append_only"),
    "entry_in_order": (ENTRY, "BEFORE INSERT", "ROW", "koraci_entry_in_order"),
    "participation_starts_blank": (PARTICIPATION, "BEFORE INSERT", "ROW", "koraci_starts_blank"),
    "participation_changes": (
        PARTICIPATION, "BEFORE UPDATE", "ROW", "koraci_participation_changes",
    ),
    "participation_no_delete": (PARTICIPATION, "BEFORE DELETE", "ROW", "koraci_never_deleted"),
    "participation_no_truncate": (
        PARTICIPATION, "BEFORE TRUNCATE", "STATEMENT", "koraci_never_deleted",
    ),
}  # fmt: skip
DEFERRED = {
    "entry_arrived": (ENTRY, "koraci_entry_arrived"),
    "participation_recorded": (PARTICIPATION, "koraci_participation_recorded"),
}


@dataclass(frozen=True)
class Guards:
    """Triggers that belong together, for both databases, and the tables that they stand on.

    `sqlite` has the body of each trigger by its name; for PostgreSQL there are `functions` and
    what calls them: (table, when, for each what, function), or deferred to the commit.
    """

    tables: frozenset[str]
    sqlite: Mapping[str, str]
    functions: Mapping[str, str]
    postgresql: Mapping[str, tuple[str, str, str, str]]
    deferred: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    def names(self, vendor: str) -> set[str]:
        return set(self.sqlite) if vendor == "sqlite" else {*self.postgresql, *self.deferred}

    def statements(self, vendor: str) -> list[str]:
        """The SQL that makes every trigger, for "sqlite" or "postgresql"."""
        if vendor == "sqlite":
            return [f"CREATE TRIGGER {name} {body}" for name, body in self.sqlite.items()]
        made = [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
            for name, body in self.functions.items()
        ]
        for name, (table, when, each, function) in self.postgresql.items():
            made += [
                f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each}"
                f" EXECUTE FUNCTION {function}()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            ]
        for name, (table, function) in self.deferred.items():
            made += [
                f"CREATE CONSTRAINT TRIGGER {name} AFTER INSERT ON {table} DEFERRABLE"
                f" INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION {function}()",
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
            ]
        return made

    def removals(self, vendor: str) -> list[str]:
        """The SQL that takes them away again, whether they are there or not."""
        if vendor == "sqlite":
            return [f"DROP TRIGGER IF EXISTS {name}" for name in self.sqlite]
        tables = {name: row[0] for name, row in (*self.postgresql.items(), *self.deferred.items())}
        drops = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name, table in tables.items()]
        return drops + [f"DROP FUNCTION IF EXISTS {name}()" for name in self.functions]


OF_THE_LOG = Guards(frozenset({ENTRY, PARTICIPATION}), SQLITE, FUNCTIONS, POSTGRESQL, DEFERRED)
GUARDS = [OF_THE_LOG]


def guard(guards: Guards) -> None:
    """Called from `apps.py` by an app above whose rows must not change either."""
    if guards not in GUARDS:
        GUARDS.append(guards)


def statements(vendor: str) -> list[str]:
    """The SQL that makes every trigger of every app."""
    return [one for guards in GUARDS for one in guards.statements(vendor)]


def removals(vendor: str) -> list[str]:
    """The SQL that takes them all away again, whether they are there or not."""
    return [one for guards in GUARDS for one in guards.removals(vendor)]
