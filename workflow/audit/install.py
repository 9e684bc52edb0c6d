"""Putting the triggers in place after every migrate.

Not in a migration: SQLite rebuilds a table to alter it and silently loses its triggers, so a
later, harmless migration would take the guards away. After each migrate they are made anew.
"""

from django.db import connections

from workflow.audit.triggers import removals, statements


def install_triggers(using: str = "default", **_: object) -> None:
    """Make every trigger anew on the database `using`; nothing where the tables are not there."""
    connection = connections[using]
    if not {"audit_entry", "workflow_participation"} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in removals(connection.vendor) + statements(connection.vendor):
            cursor.execute(statement)
