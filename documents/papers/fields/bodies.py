"""The planning body and the acts on record as text. Institutions and functions, never members."""

from typing import Any

from web.script.content import in_script
from web.script.dates import long_date
from workflow.models import Evidence, Participation
from workflow.pages.bodies import with_records

NO_BODY: dict[str, Any] = {
    "name": "", "act_body": "", "act_number": "", "act_on": "", "gazette": "", "members": [],
}  # fmt: skip


def body_of(participation: Participation) -> dict[str, Any]:
    """The youngest body that exists, with the seats held now; empty texts where there is none."""
    running = with_records(participation.municipality.bodies.filter(until_on=None))
    if not running:
        return dict(NO_BODY)
    body = running[0]
    return {
        "name": in_script(body.name),
        "act_body": in_script(body.act_body),
        "act_number": in_script(body.act_number),
        "act_on": long_date(body.act_on),
        "gazette": in_script(body.gazette),
        "members": [
            {"institution": in_script(member.institution), "seat": in_script(member.seat)}
            for member in body.members.all()
            if member.until_on is None
        ],
    }


def acts_of(participation: Participation) -> list[dict[str, str]]:
    """Every accepted record of an act, whichever kind of evidence brought it. One query."""
    rows = Evidence.objects.filter(
        step__participation=participation, status=Evidence.Status.ACCEPTED
    ).select_related("step")
    return [
        {
            "title": row.step.title,
            "body": in_script(row.told["body"]),
            "number": in_script(row.told["number"]),
            "on": long_date(row.dated_on),
            "gazette": in_script(row.told.get("gazette", "")),
        }
        for row in rows.order_by("dated_on", "pk")
        if {"body", "number"} <= row.told.keys()
    ]
