"""Putting the triggers in place after every migrate.

Not in a migration: SQLite rebuilds a table to alter it and silently loses its triggers, so a
later, harmless migration would take the guards away. After each migrate they are made anew.
"""

from django.db import connections

from workflow.audit.triggers import GUARDS


def install_triggers(using: str = "default", **_: object) -> None:
    """Make every trigger anew on the database `using`; nothing where the tables are not there."""
    connection = connections[using]
    there = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for guards in GUARDS:
            if not guards.tables <= there:
                continue
            vendor = connection.vendor
            for statement in guards.removals(vendor) + guards.statements(vendor):
                cursor.execute(statement)
