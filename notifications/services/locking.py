"""Locks of this room: participations first, in the order of their keys, then messages."""

from collections.abc import Iterable

from notifications.models import Delivery
from workflow.models import Participation


def locked_participations(pks: Iterable[int]) -> list[Participation]:
    """As the doors lock them, but so that rows which only point at them can still be written.

    The worker holds a message while it writes the notices that go into it; were their
    participations locked against that, the two could wait for each other.
    """
    rows = Participation.objects.select_related("municipality", "programme", "procedure")
    rows = rows.defer("procedure__text").select_for_update(of=("self",), no_key=True)
    return list(rows.filter(pk__in=pks).order_by("pk"))


def locked_messages(pks: Iterable[int]) -> list[Delivery]:
    rows = Delivery.objects.select_related("user").select_for_update(of=("self",))
    return list(rows.filter(pk__in=pks).order_by("pk"))
