"""The planning bodies of a municipality, as its page and the panel of a participation show them."""

from typing import Any

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet
from django.db.models.expressions import OrderBy
from django.http import HttpRequest

from municipalities.models import Body, BodyMember
from workflow.models import Participation
from workflow.panels import Panel, register

# The youngest first, one without a known day last; seats still held before those that were left.
OF_BODIES: list[OrderBy | str] = [F("act_on").desc(nulls_last=True), "-pk"]
OF_SEATS: list[OrderBy | str] = [
    F("until_on").desc(nulls_first=True),
    F("from_on").asc(nulls_first=True),
    "pk",
]


def with_records(bodies: QuerySet[Body]) -> list[Body]:
    """These bodies with their seats and sessions, in the order in which pages show them."""
    seats = Prefetch("members", BodyMember.objects.order_by(*OF_SEATS))
    return list(bodies.prefetch_related(seats, "sessions").order_by(*OF_BODIES))


def in_short(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The running bodies of the municipality: institutions and last session counted. One query."""
    held = Q(members__until_on=None)
    running = participation.municipality.bodies.filter(until_on=None).annotate(
        institutions=Count("members__institution", filter=held, distinct=True),
        last_session=Max("sessions__held_on"),
    )
    return {
        "municipality": participation.municipality,
        "bodies": list(running.order_by(*OF_BODIES)),
    }


def register_panel() -> None:
    """Called once, from `apps.py`."""
    register(Panel("bodies", "workflow/_bodies_panel.html", in_short))
