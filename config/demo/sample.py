"""The sample programme: sixty participations over all stages, marked as a sample everywhere.

Municipalities are drawn from the register with a fixed seed, in the order of their codes; those
with a true story in the demo are left out. All dates count back from the day of loading.
"""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils import timezone

from config.demo import acts, sample_bodies, sample_joint, sample_questions
from config.demo.ipa_2020 import CHOSEN
from config.demo.irig_2021 import IRIG
from config.demo.people import People
from config.demo.sample_rows import (
    HELD,
    LASTED,
    PROPOSED,
    REASONS,
    REMARKS,
    RESUMED,
    RETURNED,
    ROWS,
    SECOND,
    STAGES,
    SUBMITTED,
    SUMMARIES,
    WAIVED,
    WAIVER,
    Row,
)
from config.demo.sample_steps import day, settle_some, told, unsettled
from municipalities.models import Municipality
from municipalities.roles import Role
from workflow import services
from workflow.models import Call, Participation, Step, Track
from workflow.readiness import LEADS_TO
from workflow.rules import Due
from workflow.stages import Stage

TRACK = "sample_planning"
SEED = 2026
OPENED = 45  # how many days ago the present call was opened
IN_JOINT_APPLICATIONS, IN_DRAFTS = 5, 1


def municipalities() -> list[Municipality]:
    """As many as the sample needs, the same ones every time."""
    true = {code for chosen in CHOSEN for code in chosen.codes} | {IRIG}
    units = Municipality.objects.filter(
        country="RS", kind__in=["municipality", "city"], shares_name=False, has_polygon=True
    )
    codes = sorted(set(units.values_list("code", flat=True)) - true)
    drawn = random.Random(SEED).sample(codes, len(ROWS) + IN_JOINT_APPLICATIONS + IN_DRAFTS)
    by_code = {unit.code: unit for unit in units}
    return [by_code[code] for code in drawn]


def load(people: People) -> list[Participation]:
    """Calls, applications, and every row walked to where it stands."""
    old, present = publish_calls(people)
    places = municipalities()
    loaded = [
        load_row(row, place, number, [old, present], people)
        for number, (row, place) in enumerate(zip(ROWS, places, strict=False), start=1)
    ]
    loaded += sample_joint.load(present, old, places[len(ROWS) :], people)
    sample_questions.load(present, places[len(ROWS) :], people)
    sample_bodies.load(planning(places), people)
    return loaded


def planning(places: list[Municipality]) -> Municipality:
    """The first that works on its strategy: it shows what bodies look like."""
    rows = zip(ROWS, places, strict=False)
    return next(place for row, place in rows if row.stage == Stage.ASSESSMENT)


def publish_calls(people: People) -> tuple[Call, Call]:
    """One call that is over, once extended, and one that is open for four weeks more."""
    track, today = Track.objects.get(key=TRACK), timezone.localdate()
    old = services.publish_call(
        track, by=people.manager, due=Due(day(75), "24:00", "minute"), opens_on=day(2300),
        published_on=day(2300), stated_reference="ПРИМЕР-1",
    )  # fmt: skip
    services.extend_call(
        old, Due(day(46), "15:00", "minute"), by=people.manager,
        reason="Пример: продужено на молбу општина са севера.",
    )  # fmt: skip
    present = services.publish_call(
        track, by=people.manager, due=Due(today + timedelta(days=27), "24:00", "minute"),
        opens_on=day(OPENED), published_on=day(OPENED), stated_reference="ПРИМЕР-2",
    )  # fmt: skip
    return old, present


def load_row(
    row: Row, place: Municipality, number: int, calls: Sequence[Call], people: People
) -> Participation:
    """Register the application, walk the stages that are behind, then do what the row says."""
    for role in (Role.COORDINATOR, Role.SIGNATORY):
        people.of(place, role)
    texts = {"summary": SUMMARIES[number % len(SUMMARIES)]}
    call = calls[row.arrived <= OPENED]
    [participation] = acts.register_application(call, [place], texts, day(row.arrived), people)
    walk_to(participation, row, people)
    steps = unsettled(participation)
    settle_some(participation, steps[: row.settled], row.since, row.days, people)
    if row.then:
        FINISHES[row.then](participation, row, people)
    if row.ended:
        end(participation, row, people)
    return participation


def walk_to(participation: Participation, row: Row, people: People) -> None:
    """Through every stage before the one where the row stands."""
    ago = row.arrived
    for stage, following in zip(STAGES, STAGES[1:], strict=False):
        if stage == row.stage:
            return
        left = ago - LASTED[stage]
        settle_some(participation, unsettled(participation), ago, left, people)
        name = LEADS_TO[Stage(following)]
        acts.move(participation, name, day(left), people, REASONS[name])
        ago = left


def hand_in_next(participation: Participation, people: People) -> tuple[Step, Any]:
    """Hand in the next step, lately; the step and who did it."""
    step = unsettled(participation)[0]
    by = people.acting(step.role, participation)
    acts.hand_in(step, told(step, day(3)), day(3), by=by)
    return step, by


def submit_next(participation: Participation, row: Row, people: People) -> None:
    hand_in_next(participation, people)


def return_next(participation: Participation, row: Row, people: People) -> None:
    step, by = hand_in_next(participation, people)
    judge = acts.reviewer(step, people, by)
    acts.on_step(services.return_step, step, by=judge, remarks=REMARKS)


def leave_for_second(participation: Participation, row: Row, people: People) -> None:
    step, by = hand_in_next(participation, people)
    acts.on_step(services.accept_step, step, by=acts.reviewer(step, people, by))


def waive_next(participation: Participation, row: Row, people: People) -> None:
    step = unsettled(participation)[0]
    acts.on_step(services.waive_step, step, by=people.manager, reason=WAIVER)
    acts.approve(participation, people, step=step)


def propose_next(participation: Participation, row: Row, people: People) -> None:
    name = "adopt_strategy"
    acts.perform(participation, name, day(2), by=people.manager, reason=REASONS[name])


def hold(participation: Participation, row: Row, people: People) -> None:
    acts.perform(participation, "hold", day(row.days), by=people.manager, reason=REASONS["hold"])


def hold_and_resume(participation: Participation, row: Row, people: People) -> None:
    hold(participation, row, people)
    acts.perform(participation, "resume", day(4), by=people.manager, reason=REASONS["resume"])


FINISHES = {
    SUBMITTED: submit_next,
    RETURNED: return_next,
    SECOND: leave_for_second,
    WAIVED: waive_next,
    PROPOSED: propose_next,
    HELD: hold,
    RESUMED: hold_and_resume,
}


def end(participation: Participation, row: Row, people: People) -> None:
    by = people.manager
    if row.by == "signatory":
        by = people.of(participation.municipality, Role.SIGNATORY)
    acts.perform(participation, row.ended, day(row.days), by=by, reason=REASONS[row.ended])
