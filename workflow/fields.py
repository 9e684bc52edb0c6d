"""Two fields of our own: the stage, and keys that the search finds by their beginning.

The stage changes by a transition or by reading from the database, else never.
"""

from typing import Any

import django_fsm
from django.db import models
from django.db.models.lookups import GreaterThanOrEqual, LessThan, StartsWith
from django.db.models.sql.where import WhereNode
from django_fsm import FSMField, FSMFieldDescriptor

# Our guards answer with a Condition and our rights with a Verdict: true or not, and why. The
# library's types know only bool.
transition: Any = django_fsm.transition


class StageDescriptor(FSMFieldDescriptor):
    """Refuses assignment. Unlike the library's it never lifts the protection for all threads."""

    def __set__(self, instance: Any, value: Any) -> None:
        field, values = self.field, instance.__dict__
        if field.protected and field.name in values and not values.get("_reading"):
            raise AttributeError(f"{field.name} changes only by a transition")
        field.set_proxy(instance, value)
        field.set_state(instance, value)


class StageField(FSMField):
    descriptor_class = StageDescriptor


LAST = "\U0010ffff"  # sorts after whatever a key holds


class KeyField(models.CharField):
    """A folded text; `startswith` finds it by an index on both databases."""


@KeyField.register_lookup
class Begins(StartsWith):
    """SQLite, whose LIKE knows no index here, is asked for a range."""

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        bounds: list[Any] = [
            GreaterThanOrEqual(self.lhs, self.rhs),
            LessThan(self.lhs, f"{self.rhs}{LAST}"),
        ]
        return compiler.compile(WhereNode(bounds))
