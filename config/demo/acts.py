"""What people do in the demo, each act through its door: one function for one click."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

from config.demo.people import People
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Application, Call, Participation, Proposal, Step
from workflow.permissions import MAY
from workflow.rules.due import BELGRADE

NOON = time(12)
Told = dict[str, Any]


def record(note: str) -> Told:
    return {"note": note}


def act(body: str, number: str, gazette: str = "") -> Told:
    return {"body": body, "number": number, "gazette": gazette}


def meeting(present: str, minutes: str) -> Told:
    return {"present": present, "minutes": minutes}


def rating(mark: str, note: str) -> Told:
    return {"mark": mark, "note": note}


def fresh(participation: Participation) -> Participation:
    """The participation as it stands now."""
    return Participation.objects.with_names().get(pk=participation.pk)


def the_step(participation: Participation, key: str, occurrence: int = 1) -> Step:
    """A step of the present stage, as it stands now."""
    [step] = [
        step
        for step in fresh(participation).present_steps
        if (step.key, step.occurrence) == (key, occurrence)
    ]
    return step


def hand_in(step: Step, told: Told, on: date, *, by: Any) -> None:
    services.hand_in(
        step,
        told | {"dated_on": on.isoformat()},
        by=by,
        expected_version=step.version,
        idempotency_key=uuid4(),
    )


def on_step(door: Callable[..., Any], step: Step, *, by: Any, **facts: Any) -> None:
    """Any other act on a step, as it stands now: accept, return, waive."""
    step.refresh_from_db(fields=["version"])
    door(step, by=by, expected_version=step.version, idempotency_key=uuid4(), **facts)


def reviewer(step: Step, people: People, by: Any) -> Any:
    """Who looks at what `by` handed in: the role of the procedure, where that role may review."""
    role = step.accepted_by if step.accepted_by in MAY["review"] else Role.PROGRAMME_MANAGER.value
    person = people.acting(role, step.participation)
    return people.other_than(person) if person.pk == by.pk else person


def settle(step: Step, told: Told, on: date, people: People) -> None:
    """Hand in by the role that owes the step, accept, and agree as a second person where asked."""
    by = people.acting(step.role, step.participation)
    hand_in(step, told, on, by=by)
    judge = reviewer(step, people, by)
    if step.accepted_by:
        on_step(services.accept_step, step, by=judge)
    if step.rule["second_person"]:
        approve(step.participation, people, step=step)


def return_with(step: Step, told: Told, on: date, remarks: Sequence[str], people: People) -> None:
    """Hand in by the role that owes the step; whoever looks at it returns it with remarks."""
    by = people.acting(step.role, step.participation)
    hand_in(step, told, on, by=by)
    judge = reviewer(step, people, by)
    on_step(services.return_step, step, by=judge, remarks=list(remarks))


def perform(
    participation: Participation, name: str, on: date, *, by: Any, reason: str = ""
) -> None:
    """A transition; where the procedure asks a second person it is a proposal then."""
    version = Participation.objects.values_list("version", flat=True).get(pk=participation.pk)
    services.perform_transition(
        participation,
        name,
        by=by,
        decided_on=on,
        reason=reason,
        expected_version=version,
        idempotency_key=uuid4(),
    )


def move(
    participation: Participation, name: str, on: date, people: People, reason: str = ""
) -> None:
    """A transition by the manager, approved by the deputy where asked; then a mentor comes."""
    perform(participation, name, on, by=people.manager, reason=reason)
    if participation.procedure.asks_second_person(name):
        approve(participation, people)
    if name == "start_assessment":
        people.appoint_mentor(participation)


def approve(participation: Participation, people: People, step: Step | None = None) -> None:
    """The other one of manager and deputy agrees to what waits for a second person."""
    waiting = participation.proposals.filter(status=Proposal.Status.WAITING, step=step).get()
    services.approve_proposal(waiting, by=people.other_than(waiting.by), idempotency_key=uuid4())


def draft_application(
    call: Call, municipalities: list[Municipality], texts: Told, *, by: Any
) -> Application:
    """An application of one municipality or, the lead first, of several."""
    lead, *others = municipalities
    application = services.open_application(call, lead, by=by)
    for other in others:
        services.add_member(application, other, by=by)
    return services.save_application(
        application, by=by, expected_version=application.version, **texts
    )


def register_application(
    call: Call, municipalities: list[Municipality], texts: Told, on: date, people: People
) -> list[Participation]:
    """What came on paper: typed in by the manager, with the day on which it arrived."""
    application = draft_application(call, municipalities, texts, by=people.manager)
    for member in application.members.all():
        services.answer_consent(member, by=people.manager, agrees=True, decided_on=on)
    return submit(application, by=people.manager, arrived_on=on)


def submit(
    application: Application, *, by: Any, arrived_on: date | None = None
) -> list[Participation]:
    """Hand an application in, now or on the day it came on paper; its participations."""
    arrived_at = datetime.combine(arrived_on, NOON, BELGRADE) if arrived_on else None
    services.submit_application(
        application, by=by, expected_version=application.version, arrived_at=arrived_at
    )
    return list(application.participations.with_names().order_by("pk"))
