"""Steps as tests need them: found by key, handed in, accepted."""

from uuid import uuid4

from workflow import services
from workflow.models import Participation, Step

RECORD = {"dated_on": "2026-03-02", "note": "Done."}
ACT = {"dated_on": "2026-03-02", "body": "Assembly", "number": "06-12/2026", "gazette": "3/2026"}
RATING = {"dated_on": "2026-03-02", "mark": "excellent", "note": "Clear goals."}
MEETING = {"dated_on": "2026-03-02", "present": "Centre for social work", "minutes": "Agreed."}
TOLD = {"record": RECORD, "act": ACT, "rating": RATING, "meeting": MEETING}


def the_step(participation: Participation, key: str) -> Step:
    """The step as it stands now."""
    return Step.objects.with_names().get(participation=participation, key=key, occurrence=1)


def hand_in(step: Step, *, by, **told):
    return services.hand_in(
        step,
        TOLD[step.kind] | told,
        by=by,
        expected_version=step.version,
        idempotency_key=uuid4(),
    )


def act_on(door, step: Step, *, by, **facts):
    """`act_on(services.accept_step, step, by=manager)`, with version and key filled in."""
    return door(step, by=by, expected_version=step.version, idempotency_key=uuid4(), **facts)


def settle(participation: Participation, key: str, *, by, accepted_by=None, **told) -> Step:
    """Hand a step in and have it accepted."""
    hand_in(the_step(participation, key), by=by, **told)
    if accepted_by:
        act_on(services.accept_step, the_step(participation, key), by=accepted_by)
    return the_step(participation, key)
