"""What the databases refuse of papers: a version that changes or goes, a paper that moves.

In the way of the log (workflow/audit/triggers.py). A version may be withdrawn, once; whatever it
says of its file stands for good.
"""

from workflow.audit.triggers import Guards

VERSION, DOCUMENT = "documents_version", "documents_document"
FIXED = (
    "id", "uuid", "document_id", "number", "name", "size", "sha256", "content_type", "by_id",
    "role", "received_at", "reason", "scan",
)  # fmt: skip
CHANGES = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in FIXED)
IS_BACK = """OLD.withdrawn_at IS NOT NULL AND (NEW.withdrawn_at IS NULL
    OR NEW.withdrawn_at <> OLD.withdrawn_at OR NEW.withdrawn_because <> OLD.withdrawn_because
    OR NEW.withdrawn_by_id <> OLD.withdrawn_by_id)"""
MOVES = """NEW.id <> OLD.id OR NEW.uuid <> OLD.uuid OR NEW.kind <> OLD.kind
    OR NEW.participation_id <> OLD.participation_id
    OR COALESCE(NEW.step_id, 0) <> COALESCE(OLD.step_id, 0)"""

SQLITE = {
    "version_keeps_its_file": f"""BEFORE UPDATE ON {VERSION} WHEN {CHANGES} OR {IS_BACK}
        BEGIN SELECT RAISE(ABORT, 'a version never changes'); END""",
    "version_no_delete": f"""BEFORE DELETE ON {VERSION}
        BEGIN SELECT RAISE(ABORT, 'a version is never deleted'); END""",
    # INSERT OR REPLACE would pass the delete trigger.
    "version_no_replace": f"""BEFORE INSERT ON {VERSION} BEGIN
        SELECT RAISE(ABORT, 'a version never changes') WHERE EXISTS (SELECT 1 FROM {VERSION}
            WHERE id = NEW.id OR uuid = NEW.uuid
            OR (document_id = NEW.document_id AND number = NEW.number));
        END""",
    "document_stays": f"""BEFORE UPDATE ON {DOCUMENT} WHEN {MOVES}
        BEGIN SELECT RAISE(ABORT, 'a paper stays where it is'); END""",
    "document_no_delete": f"""BEFORE DELETE ON {DOCUMENT}
        BEGIN SELECT RAISE(ABORT, 'a paper is never deleted'); END""",
    "document_no_replace": f"""BEFORE INSERT ON {DOCUMENT} BEGIN
        SELECT RAISE(ABORT, 'a paper stays where it is') WHERE EXISTS (
            SELECT 1 FROM {DOCUMENT} WHERE id = NEW.id OR uuid = NEW.uuid);
        END""",
}

FUNCTIONS = {
    "koraci_version_changes": f"""
        IF {CHANGES} OR {IS_BACK} THEN RAISE EXCEPTION 'a version never changes'; END IF;
        RETURN NEW;""",
    "koraci_document_changes": f"""
        IF {MOVES} THEN RAISE EXCEPTION 'a paper stays where it is'; END IF;
        RETURN NEW;""",
    "koraci_paper_stays": "RAISE EXCEPTION 'a paper is never deleted';",
}
POSTGRESQL = {
    "version_changes": (VERSION, "BEFORE UPDATE", "ROW", "koraci_version_changes"),
    "version_no_delete": (VERSION, "BEFORE DELETE", "ROW", "koraci_paper_stays"),
    "version_no_truncate": (VERSION, "BEFORE TRUNCATE", "STATEMENT", "koraci_paper_stays"),
    "document_changes": (DOCUMENT, "BEFORE UPDATE", "ROW", "koraci_document_changes"),
    "document_no_delete": (DOCUMENT, "BEFORE DELETE", "ROW", "koraci_paper_stays"),
    "document_no_truncate": (DOCUMENT, "BEFORE TRUNCATE", "STATEMENT", "koraci_paper_stays"),
}

OF_PAPERS = Guards(frozenset({VERSION, DOCUMENT}), SQLITE, FUNCTIONS, POSTGRESQL)
