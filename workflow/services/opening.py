"""Opening participations, and the steps that the procedure owes in the stage they enter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.models import (
    Application,
    Deadline,
    Findable,
    Participation,
    Procedure,
    Programme,
    Step,
    Track,
)
from workflow.models.step import StepStatus
from workflow.rules import Due, Occurrence, due_of, occurrences
from workflow.services.deadlines import due_for_log
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked_track,
)
from workflow.services.saving import save_moved
from workflow.stages import CLOSED, Stage


@transaction.atomic(durable=True)
def open_participation(
    track: Track,
    municipality: Municipality,
    *,
    by: Any,
    decided_on: date,
    reason: str,
    idempotency_key: UUID,
) -> Participation:
    """Take a municipality into a track that has no call, at the first stage of its route.

    Raises NotAllowed; Refused when no place is left, it takes part already, it lies abroad, or
    the date is in the future.
    """
    act = TakingIn(track, [municipality], decided_on, reason)
    return act.done(by, idempotency_key)[0]


@transaction.atomic(durable=True)
def open_participations(
    track: Track,
    municipalities: Sequence[Municipality],
    *,
    by: Any,
    decided_on: date,
    reason: str,
    idempotency_key: UUID,
) -> list[Participation]:
    """As `open_participation`, for several municipalities: all of them or none."""
    return TakingIn(track, municipalities, decided_on, reason).done(by, idempotency_key)


@dataclass(frozen=True)
class TakingIn:
    """The wish to take municipalities into a track that has no call."""

    track: Track
    municipalities: Sequence[Municipality]
    decided_on: date
    reason: str

    def done(self, by: Any, key: UUID) -> list[Participation]:
        """Their participations in the same order; asked twice, those of the first time."""
        asked = digest("open", self.track.pk, [one.pk for one in self.municipalities],
                       self.decided_on, self.reason)  # fmt: skip
        track = locked_track(self.track.pk)
        if answer := earlier_answer(by, key, asked):
            return self._opened_before(answer.participation.number)
        actor = demand(by, "open_participation", track)
        self._refuse_what_makes_no_sense(track)
        opened = open_all(track, self.municipalities, by=actor, decided_on=self.decided_on,
                          reason=bounded(self.reason))  # fmt: skip
        keep_answer(by, key, asked, opened[0][1])
        return [participation for participation, _entry in opened]

    def _opened_before(self, first: int) -> list[Participation]:
        """Numbers follow one another, since the track was locked."""
        numbers = (first, first + len(self.municipalities) - 1)
        return list(self.track.participations.filter(number__range=numbers).order_by("number"))

    def _refuse_what_makes_no_sense(self, track: Track) -> None:
        if not self.municipalities:
            raise Refused(_("Choose at least one municipality."))
        for municipality in self.municipalities:
            refuse_abroad(track.programme, municipality)
        procedure = track.procedures.first()
        if procedure and procedure.begins_with_a_call:
            raise Refused(_("This track begins with an application to its call."))


def open_all(
    track: Track,
    municipalities: Sequence[Municipality],
    *,
    by: Actor,
    decided_on: date,
    reason: str = "",
    application: Application | None = None,
) -> list[tuple[Participation, Entry]]:
    """Open one participation each, in a locked track, with its first entry and its first steps."""
    procedure = application.call.procedure if application else track.procedures.first()
    if procedure is None:
        raise Refused(_("This track has no procedure yet."))
    refuse_if_impossible(track, procedure, municipalities, decided_on)
    opened = [
        _open_one(track, procedure, municipality, decided_on, application, by, reason)
        for municipality in municipalities
    ]
    track.seal_opened()
    track.save(update_fields=["opened", "opened_key_id", "opened_mac"])
    return opened


def refuse_if_impossible(
    track: Track,
    procedure: Procedure,
    municipalities: Sequence[Municipality],
    decided_on: date,
) -> None:
    if decided_on > timezone.localdate():
        raise Refused(_("The date of the decision cannot lie in the future."))
    running = track.participations.filter(municipality__in=municipalities).exclude(stage__in=CLOSED)
    there = running.select_related("municipality").first()
    if there:
        raise Refused(_("%s takes part in this track already.") % there.municipality.name)
    left = track.places_left()
    if not procedure.begins_with_a_call and left is not None and left < len(municipalities):
        raise Refused(_("No place is left in this track."))


def refuse_abroad(programme: Programme, municipality: Municipality) -> None:
    """Where nobody applies, no rule of eligibility asks for the country."""
    if municipality.country != programme.country:
        told = {"who": municipality.name, "programme": str(programme)}
        raise Refused(_("%(who)s is not in the country of the programme “%(programme)s”.") % told)


def _open_one(
    track: Track,
    procedure: Procedure,
    municipality: Municipality,
    decided_on: date,
    application: Application | None,
    by: Actor,
    reason: str,
) -> tuple[Participation, Entry]:
    track.opened += 1
    participation = Participation(
        reference=f"{track.code}-{track.opened:03d}", number=track.opened,
        municipality=municipality, track=track, programme_id=track.programme_id,
        procedure=procedure, application=application, stage=Stage(procedure.route[0]),
        entered_on=decided_on, decided_on=decided_on, sort_key=municipality.sort_key,
    )  # fmt: skip
    row: Any = participation
    row.save_without_historical_record()  # history begins when the head is sealed
    Findable.of(participation, participation.reference).save()
    first = Line(
        "open", target=participation.stage, version=0, decided_on=decided_on, reason=reason,
        facts={"procedure": str(procedure)} | told_of(application),
    )  # fmt: skip
    entries = log.append_all(participation, [first, *lines_of_new_steps(participation, by)], by=by)
    save_moved(participation, by)
    return participation, entries[0]


def told_of(application: Application | None) -> dict[str, Any]:
    """What the first entry says of the application: who was in it, with what consent."""
    if application is None:
        return {}
    members = application.members.select_related("municipality")
    return {
        "application": application.reference,
        "members": {member.municipality.code: member.consent for member in members},
        "lead": application.lead.code,
    }


def close_application(participation: Participation) -> None:
    """The application bears what was decided for its participations."""
    application = participation.application
    if application is None:
        return
    outcome = {
        Stage.REJECTED: Application.Status.REJECTED,
        Stage.WITHDRAWN: Application.Status.WITHDRAWN,
        Stage.DISCONTINUED: Application.Status.REJECTED,
    }.get(Stage(participation.stage), Application.Status.SELECTED)
    others = application.participations.exclude(pk=participation.pk)
    if others.exclude(stage__in=[Stage.APPLICATION, *CLOSED]).exists():
        return  # one came back to be decided again; the others were selected long ago
    waiting = application.participations.filter(stage=Stage.APPLICATION)
    if outcome == Application.Status.WITHDRAWN and waiting.exclude(pk=participation.pk).exists():
        return  # one member left, the application of the others stands
    Application.objects.filter(pk=application.pk).update(status=outcome)


def lines_of_new_steps(participation: Participation, by: Actor) -> list[Line]:
    """Open the steps of the present stage that are not there yet; the lines that tell it."""
    rules = participation.procedure.steps_of(participation.stage)
    there = rows_of_steps(participation)
    known = {key for stage, key, _settled in there if stage == participation.stage}
    happened = dates_in(there)
    planned = [
        row
        for position, rule in enumerate(rules)
        if rule["key"] not in known
        for row in plan_steps(participation, rule, position, happened)
    ]
    Step.objects.bulk_create([step for step, _due in planned])
    deadlines = first_deadlines(participation, planned, by)
    return [
        Line("open_step", step=step, facts=opened_for_log(step, deadlines.get(step.pk)))
        for step, _due in planned
    ]


def plan_steps(
    participation: Participation, rule: dict[str, Any], position: int, happened: dict[str, date]
) -> list[tuple[Step, Due | None]]:
    """One unsaved step for the rule, or one for each period of a recurring rule."""
    if rule["deadline"].get("rule") == "recurring":
        periods = occurrences(rule["deadline"], entered_on=participation.entered_on)
        return [
            (new_step(participation, rule, position, period.due, period), period.due)
            for period in periods
        ]
    due = due_of(
        rule["deadline"],
        entered_on=participation.entered_on,
        dates=happened,
        country=participation.municipality.country,
        entity=participation.municipality.entity,
    )
    return [(new_step(participation, rule, position, due), due)]


def new_step(
    participation: Participation,
    rule: dict[str, Any],
    position: int,
    due: Due | None,
    period: Occurrence | None = None,
) -> Step:
    """An unsaved step; one that does not apply has no deadline either."""
    applies = applies_to(rule["when"], participation)
    return Step(
        participation=participation, stage=participation.stage, key=rule["key"],
        occurrence=period.number if period else 1, period=period.label if period else "",
        position=position, rule=rule, role=rule["role"], is_required=rule["required"],
        status=StepStatus.OPEN if applies else StepStatus.NOT_APPLICABLE,
        due_at=due.moment if due and applies else None,
        deadline_version=1 if due and applies else 0,
    )  # fmt: skip


def applies_to(when: dict[str, Any], participation: Participation) -> bool:
    """Whether the condition of a step holds: joint application, kind of unit, entity.

    A kind that nobody stated for that day keeps the step; the manager can have it waived.
    """
    municipality, application = participation.municipality, participation.application
    truths = {
        "joint": lambda wanted: bool(application and application.is_joint) == wanted,
        "kind": lambda wanted: (
            municipality.fact_on("kind", participation.entered_on) in ("", *wanted)
        ),
        "entity": lambda wanted: municipality.entity in wanted,
    }
    return all(truths[fact](wanted) for fact, wanted in when.items())


Row = tuple[str, str, date | None]  # of a step: stage, key, the day it was settled


def rows_of_steps(participation: Participation) -> list[Row]:
    return list(participation.steps.values_list("stage", "key", "settled_on"))


def dates_in(rows: list[Row]) -> dict[str, date]:
    """When each settled step happened, as deadline rules name it."""
    return {f"{word}:{key}": day for _stage, key, day in rows if day for word in ("step", "act")}


def dates_so_far(participation: Participation) -> dict[str, date]:
    return dates_in(rows_of_steps(participation))


def first_deadlines(
    participation: Participation, planned: list[tuple[Step, Due | None]], by: Actor
) -> dict[int, Deadline]:
    """The first version of every deadline that is known on opening, by step."""
    made = {
        step.pk: Deadline.version_of(
            due,
            version=step.deadline_version,
            cause=Deadline.Cause.RULE,
            set_by=by.user,
            counts_from=participation.entered_on,
            step=step,
        )
        for step, due in planned
        if due and step.deadline_version
    }
    Deadline.objects.bulk_create(made.values())
    return made


def opened_for_log(step: Step, deadline: Deadline | None) -> dict[str, Any]:
    """How an entry tells a new step."""
    return {
        "key": step.key,
        "occurrence": step.occurrence,
        "role": step.role,
        "status": str(step.status),
        "deadline": due_for_log(deadline) if deadline else None,
    }
