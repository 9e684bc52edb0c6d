"""The planning bodies of a municipality behind the rights: judged here, done in `municipalities`.

A body belongs to a municipality and not to a participation, so nothing here is an entry of the
log; simple-history tells who wrote what. Facts that cannot be are refused with a ValidationError.
"""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from municipalities import bodies
from municipalities.models import Body, BodyMember, Municipality, Session
from workflow.models import Participation, Programme
from workflow.permissions import Place
from workflow.services.locks import demand


@dataclass(frozen=True)
class Bodies:
    """The bodies of a municipality as a subject of rights.

    Mandates reach them over the municipality itself, and over its participations: a mentor's
    over one of them, a manager's over its programme. To read them any participation will do;
    to keep them it must be open, for who has nothing more to do there changes nothing there.
    """

    municipality: Municipality
    to_keep: bool = False

    def __str__(self) -> str:
        return f"bodies of {self.municipality.code}"

    def places(self) -> list[Place]:
        """The municipality, its participations, and their programmes. One query."""
        rows = Participation.objects.filter(municipality=self.municipality)
        rows = rows.open() if self.to_keep else rows
        places: list[Place] = [(Municipality, self.municipality.pk)]
        for participation, programme in rows.values_list("pk", "programme"):
            places += [(Participation, participation), (Programme, programme)]
        return places


@transaction.atomic
def found_body(municipality: Municipality, *, by: Any, **told: Any) -> Body:
    """Put a body on record with the act that appointed it. Raises NotAllowed."""
    demand_keeping(municipality, by)
    return bodies.found_body(municipality, by=by, **told)


@transaction.atomic
def confirm_act(body: Body, *, by: Any, **told: Any) -> Body:
    """Fill in what was not known of the appointment act. Raises NotAllowed."""
    demand_keeping(body.municipality, by)
    return bodies.confirm_act(body, by=by, **told)


@transaction.atomic
def seat_member(body: Body, *, by: Any, **told: Any) -> BodyMember:
    """Give an institution a seat. Raises NotAllowed."""
    demand_keeping(body.municipality, by)
    return bodies.seat_member(body, by=by, **told)


@transaction.atomic
def leave_seat(member: BodyMember, *, by: Any, **told: Any) -> BodyMember:
    """End a seat; the record of it stays. Raises NotAllowed."""
    demand_keeping(member.body.municipality, by)
    return bodies.leave_seat(member, by=by, **told)


@transaction.atomic
def record_session(body: Body, *, by: Any, **told: Any) -> Session:
    """Record a meeting with its minutes in short. Raises NotAllowed."""
    demand_keeping(body.municipality, by)
    return bodies.record_session(body, by=by, **told)


@transaction.atomic
def end_body(body: Body, *, by: Any, **told: Any) -> Body:
    """End a body with every seat still held in it. Raises NotAllowed."""
    demand_keeping(body.municipality, by)
    return bodies.end_body(body, by=by, **told)


def demand_keeping(municipality: Municipality, by: Any) -> None:
    """The right, judged once nobody else can write about the bodies of this municipality."""
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    demand(by, "keep_body", Bodies(municipality, to_keep=True))
