"""The stage field: it changes by a transition or by reading from the database, else never."""

from typing import Any

import django_fsm
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
