"""What `manage.py check` asks of our own tables: no role, word or way out is forgotten."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from municipalities.roles import Role
from workflow.audit.triggers import GUARDS
from workflow.permissions import MAY, MAY_APPOINT, PLACES
from workflow.stages import OPEN


@register()
def roles_are_known(**_: Any) -> list[CheckMessage]:
    """A typing error in the table of rights would quietly give or take a right."""
    named = {role for roles in [*MAY.values(), *MAY_APPOINT.values()] for role in roles}
    strange = {*named, *PLACES, *MAY_APPOINT} - set(Role)
    without = set(Role) - set(PLACES)
    found: list[CheckMessage] = [
        Error(f"unknown role in permissions.py: {role}", id="workflow.E001") for role in strange
    ]
    return found + [
        Error(f"nowhere to hold the role {role}", id="workflow.E002") for role in sorted(without)
    ]


@register()
def transitions_are_whole(**_: Any) -> list[CheckMessage]:
    """Every transition has a right and words, every open stage a way out."""
    model: Any = apps.get_model("workflow", "Participation")
    moves = list(model().get_all_stage_transitions())
    wordless = [move.name for move in moves if not move.custom or move.name not in MAY]
    stuck = [stage for stage in OPEN if not any(move.source == stage for move in moves)]
    found: list[CheckMessage] = [
        Error(f"{name} has no words or no right", id="workflow.E003") for name in wordless
    ]
    return found + [Error(f"no way out of {stage}", id="workflow.E004") for stage in stuck]


@register()
def one_state_machine_only(**_: Any) -> list[CheckMessage]:
    """django-fsm and django-fsm-2 write into the same folder; the last one installed wins."""
    try:
        version("django-fsm")
    except PackageNotFoundError:
        return []
    return [Error("django-fsm is installed beside django-fsm-2", id="workflow.E005")]


@register(Tags.database)
def triggers_stand(*, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """The guards of the log in the database itself; `migrate` puts them back."""
    found: list[CheckMessage] = []
    for name in databases or []:
        connection = connections[name]
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor))
            missing = wanted(connection.vendor, tables) - there(connection.vendor, cursor)
        if missing:
            told = ", ".join(sorted(missing))
            found.append(Error(f"triggers missing: {told}; run migrate", id="workflow.E006"))
    return found


def wanted(vendor: str, tables: set[str]) -> set[str]:
    standing = [guards.names(vendor) for guards in GUARDS if guards.tables <= tables]
    return set().union(*standing)


def there(vendor: str, cursor: Any) -> set[str]:
    """Triggers that exist and fire: on PostgreSQL ALWAYS, since replicas pass by the others."""
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'",
    }[vendor]
    cursor.execute(query)
    return {name for (name,) in cursor.fetchall()}
