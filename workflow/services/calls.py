"""Calls: published with the procedure in force, extended with a reason."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from web.script.dates import long_date, without_double_stops
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.errors import Refused
from workflow.models import Call, Deadline, Participation, Track
from workflow.rules import Due
from workflow.services.deadlines import due_for_log
from workflow.services.locks import bounded, demand, locked, locked_track
from workflow.services.saving import save_head
from workflow.stages import Stage


@transaction.atomic
def publish_call(
    track: Track,
    *,
    by: Any,
    due: Due | None,
    opens_on: date | None,
    published_on: date | None = None,
    stated_reference: str = "",
) -> Call:
    """Publish a call of the track. Without `due` the deadline is to be confirmed."""
    actor = demand(by, "extend_call", track)
    track = locked_track(track.pk)
    procedure = track.procedures.first()
    if procedure is None or not procedure.begins_with_a_call:
        raise Refused(_("The procedure of this track knows no application."))
    number = track.calls.count() + 1
    call = Call.objects.create(
        track=track, reference=f"{track.code}-call-{number}", procedure=procedure,
        stated_reference=stated_reference, published_on=published_on, opens_on=opens_on,
    )  # fmt: skip
    if due:
        _next_version(call, due, actor, cause=Deadline.Cause.PUBLISHED)
    return call


@transaction.atomic
def extend_call(call: Call, due: Due, *, by: Any, reason: str) -> Deadline:
    """Give the call another deadline; the old one and the reason stay in the record.

    Every participation that waits for the decision of this call gets an entry of it.
    """
    call = Call.objects.select_for_update(of=("self",)).select_related("track").get(pk=call.pk)
    actor = demand(by, "extend_call", call)
    said = bounded(reason)
    if not said:
        raise Refused(_("Say why the deadline moves."))
    old = call.deadlines.last()
    if old and due.moment <= old.moment:
        earliest = _("A call is extended to a later date than %s.") % long_date(old.on)
        raise Refused(without_double_stops(earliest))
    new = _next_version(call, due, actor, cause=Deadline.Cause.PERSON, reason=said)
    facts = {"call": call.reference, "to": due_for_log(new)}
    facts |= {"from": due_for_log(old)} if old else {}
    _tell(call, Line("extend_call", reason=said, facts=facts), actor)
    return new


def _next_version(call: Call, due: Due, by: Actor, **why: Any) -> Deadline:
    call.deadline_version += 1
    call.due_at = due.moment
    call.save(update_fields=["deadline_version", "due_at"])
    deadline = Deadline.version_of(
        due,
        version=call.deadline_version,
        set_by=by.user,
        counts_from=timezone.localdate(),
        call=call,
        **why,
    )
    deadline.save()
    return deadline


def _tell(call: Call, line: Line, by: Actor) -> None:
    waiting = Participation.objects.filter(application__call=call, stage=Stage.APPLICATION)
    for participation in locked(waiting.values_list("pk", flat=True)):
        log.append(participation, line, by=by)
        save_head(participation)
