"""What the databases refuse of templates, and of what is said of papers written here: any change.

Both are rows that are added and read, nothing else; a template that counted once can be looked at
as long as a paper made by it.
"""

from workflow.audit.triggers import Guards

TEMPLATE, WRITTEN = "documents_papertemplate", "documents_written"
# What an INSERT OR REPLACE, which passes the other triggers, would take the place of.
TAKEN = {
    TEMPLATE: """id = NEW.id OR uuid = NEW.uuid OR (by_id = NEW.by_id AND key = NEW.key)
        OR (programme_id = NEW.programme_id AND paper = NEW.paper AND language = NEW.language
            AND number = NEW.number)""",
    WRITTEN: "version_id = NEW.version_id",
}
NAMES = {TEMPLATE: "template", WRITTEN: "written"}


def on_sqlite(table: str) -> dict[str, str]:
    name = NAMES[table]
    return {
        f"{name}_no_change": f"""BEFORE UPDATE ON {table}
            BEGIN SELECT RAISE(ABORT, 'such a row never changes'); END""",
        f"{name}_no_delete": f"""BEFORE DELETE ON {table}
            BEGIN SELECT RAISE(ABORT, 'such a row is never deleted'); END""",
        f"{name}_no_replace": f"""BEFORE INSERT ON {table} BEGIN
            SELECT RAISE(ABORT, 'such a row never changes') WHERE EXISTS (
                SELECT 1 FROM {table} WHERE {TAKEN[table]}); END""",
    }


def on_postgresql(table: str) -> dict[str, tuple[str, str, str, str]]:
    name = NAMES[table]
    return {
        f"{name}_no_change": (table, "BEFORE UPDATE", "ROW", "koraci_template_stays"),
        f"{name}_no_delete": (table, "BEFORE DELETE", "ROW", "koraci_template_stays"),
        f"{name}_no_truncate": (table, "BEFORE TRUNCATE", "STATEMENT", "koraci_template_stays"),
    }


OF_TEMPLATES = Guards(
    frozenset(NAMES),
    on_sqlite(TEMPLATE) | on_sqlite(WRITTEN),
    {"koraci_template_stays": "RAISE EXCEPTION 'such a row never changes';"},
    on_postgresql(TEMPLATE) | on_postgresql(WRITTEN),
)
