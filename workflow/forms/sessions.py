"""Sessions of planning bodies that are on record already, to fill in a meeting with."""

from datetime import date

from municipalities.models import BodyMember, Session
from web.script.content import in_script
from web.script.dates import long_date
from workflow.evidence import OnRecord
from workflow.models import Step

NEWEST = 10


def sessions_on_record(step: Step) -> list[OnRecord]:
    """The newest sessions of the municipality's bodies, the latest first. Two queries."""
    rows = Session.objects.filter(body__municipality=step.participation.municipality_id)
    newest = list(rows.select_related("body").order_by("-held_on", "-pk")[:NEWEST])
    seats = BodyMember.objects.filter(body__in=[one.body_id for one in newest]).order_by("pk")
    by_body: dict[int, list[BodyMember]] = {one.body_id: [] for one in newest}
    for seat in seats:
        by_body[seat.body_id].append(seat)
    return [offered(one, by_body[one.body_id]) for one in newest]


def offered(session: Session, seats: list[BodyMember]) -> OnRecord:
    """A session with the form's fields: its day, who sat in the body then, its minutes."""
    body = in_script(session.body.name)
    number = f" ({session.number})" if session.number else ""
    sat = [said(seat) for seat in seats if was_held(seat, session.held_on)]
    return OnRecord(
        str(session.pk),
        f"{long_date(session.held_on)} {body}{number}",
        {"dated_on": session.held_on, "present": "; ".join(sat), "minutes": session.minutes},
    )


def was_held(seat: BodyMember, day: date) -> bool:
    return (seat.from_on or date.min) <= day <= (seat.until_on or date.max)


def said(seat: BodyMember) -> str:
    institution = in_script(seat.institution)
    return f"{institution} ({in_script(seat.seat)})" if seat.seat else institution
