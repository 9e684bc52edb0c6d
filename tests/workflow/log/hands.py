"""The hands of somebody who has the whole database: plain SQL, with the triggers switched off."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.db import connection

from workflow.audit.models import Entry
from workflow.audit.triggers import removals
from workflow.models import Participation, Step

STORED = ["canonical", "prev_hash", "entry_hash", "mac"]
HEX = "0123456789abcdef"


@dataclass(frozen=True)
class Done:
    """Whom the verifier must name, and whom it may name besides."""

    named: set[str]
    also: set[str] = field(default_factory=set)


TAMPERINGS: dict[str, Callable[[random.Random], Done]] = {}


def tampering(act: Callable[[random.Random], Done]) -> Callable[[random.Random], Done]:
    TAMPERINGS[act.__name__] = act
    return act


def switch_triggers_off() -> None:
    """As only the owner of the database can; undone with the transaction."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for statement in removals("sqlite"):
                cursor.execute(statement)
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("audit_", "workflow_")):
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")


def sql(statement: str, *values: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def key(uuid: Any) -> str:
    return uuid.hex if connection.vendor == "sqlite" else str(uuid)


def change_entry(entry: Entry, column: str, value: Any) -> None:
    column = "reason_commit" if column == "reason_kept_id" else column
    assert sql(f"UPDATE audit_entry SET {column} = %s WHERE id = %s", value, key(entry.id)) == 1


def change_participation(participation: Participation, **values: Any) -> None:
    said = ", ".join(f"{column} = %s" for column in values)
    statement = f"UPDATE workflow_participation SET {said} WHERE id = %s"
    assert sql(statement, *values.values(), participation.pk) == 1


def a_participation(chance: random.Random, at_least: int = 1) -> Participation:
    rows = Participation.objects.filter(head_seq__gte=at_least).order_by("pk")
    return chance.choice(list(rows))


def an_entry(chance: random.Random, **kind: Any) -> Entry:
    rows = Entry.objects.filter(**kind).select_related("participation", "reason_kept")
    return chance.choice(list(rows.order_by("recorded_us", "id")))


def of(entry: Entry) -> set[str]:
    return {entry.participation.reference}


def other_value(chance: random.Random, entry: Entry, column: str) -> Any:
    """Another value of the kind that this column holds."""
    value = getattr(entry, column)
    if column == "id":
        return key(uuid4())
    if column == "step_id":
        return chance.choice(
            [pk for pk in Step.objects.values_list("pk", flat=True) if pk != value]
        )
    if column == "by_id":
        return None if value is not None else 1
    if column == "decided_on":
        return None if value else "2026-03-05"
    if column in ("seq", "version"):
        return (value or 0) + chance.randrange(100, 10_000)
    if isinstance(value, int):
        return value + chance.choice([-1, 1])
    return flipped(chance, value or "") or "x"


def flipped(chance: random.Random, text: str) -> str:
    """The text with one character changed."""
    if not text:
        return ""
    place = chance.randrange(len(text))
    other = chance.choice([c for c in HEX if c != text[place]])
    return text[:place] + other + text[place + 1 :]
