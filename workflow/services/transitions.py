"""The one door to a new stage."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation

from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.conditions import Condition
from workflow.errors import MovedMeanwhile, NotReady
from workflow.models import Evidence, KeyReused, Participation, Proposal, Receipt, Step
from workflow.models.step import StepStatus
from workflow.permissions import MAY
from workflow.readiness import LEADS_TO, readiness, readiness_together
from workflow.services.deadlines import shift_deadlines
from workflow.services.locks import (
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked,
    locked_track,
)
from workflow.services.opening import close_application, lines_of_new_steps
from workflow.services.saving import save_head, save_moved
from workflow.stages import Stage

# Leaving the application is one decision for all members of a joint application.
DECIDES_THE_APPLICATION = {*LEADS_TO.values(), "reject"}


def perform_transition(
    participation: Participation,
    name: str,
    *,
    by: Any,
    decided_on: date,
    reason: str = "",
    expected_version: int,
    idempotency_key: UUID,
) -> Entry:
    """Move a participation, or propose to where the procedure asks a second person.

    All of it commits together or not at all: no mail, no files, no network in here. The same
    key asked again gets the same entry. Raises MovedMeanwhile, NotAllowed, NotReady, KeyReused.
    """
    asked = digest("transition", participation.pk, name, decided_on, reason, expected_version)
    try:
        with transaction.atomic(durable=True):
            group = lock_group(participation, name)
            answer = earlier_answer(by, idempotency_key, asked)
            if answer:
                return answer
            actor, tree = judge(group, name, by, decided_on, reason, expected_version)
            act = propose if group[0].procedure.asks_second_person(name) else move
            entry = act(group, name, by=actor, decided_on=decided_on, reason=reason, tree=tree)
            keep_answer(by, idempotency_key, asked, entry)
            return entry
    except IntegrityError as error:
        # The same key came for another participation at the same moment and was first.
        if Receipt.objects.filter(by=by, key=idempotency_key).exclude(asked=asked).exists():
            raise KeyReused from error
        raise


def lock_group(participation: Participation, name: str) -> list[Participation]:
    """The participation, first, and those that move with it; all locked, in order of their keys."""
    pks = [participation.pk]
    if participation.moves_with_others and name in DECIDES_THE_APPLICATION:
        others = Participation.objects.filter(
            application=participation.application_id, stage=Stage.APPLICATION
        )
        pks += list(others.values_list("pk", flat=True))
    group = sorted(locked(set(pks)), key=lambda one: one.pk != participation.pk)
    asked = group[0]
    if asked.stage == Stage.APPLICATION and name in LEADS_TO.values():
        asked.track = locked_track(asked.track_id)  # two must not take the last place
    if asked.stage != Stage.APPLICATION:
        return [asked]
    return [asked] + [one for one in group[1:] if one.stage == Stage.APPLICATION]


def judge(
    group: list[Participation],
    name: str,
    by: Any,
    decided_on: date,
    reason: str,
    expected_version: int,
) -> tuple[Actor, Condition]:
    """Version, then right, then readiness, of locked rows."""
    asked = group[0]
    if asked.version != expected_version:
        raise MovedMeanwhile(asked)
    if name not in MAY:
        raise NotReady(readiness(asked, name))
    actor = demand(by, name, asked)
    with translation.override(settings.RECORD_LANGUAGE):
        tree = readiness_together(group, name, decided_on=decided_on, reason=reason)
    if not tree:
        raise NotReady(readiness_together(group, name, decided_on=decided_on, reason=reason))
    return actor, tree


def move(
    group: list[Participation],
    name: str,
    *,
    by: Actor,
    decided_on: date,
    reason: str,
    tree: Condition,
    **facts: Any,
) -> Entry:
    """Move every locked participation of the group; the entry of the first one is returned."""
    if len(group) > 1:
        facts["together_with"] = [one.reference for one in group]
    entries = [
        move_one(one, name, by=by, decided_on=decided_on, reason=reason, tree=tree, **facts)
        for one in group
    ]
    return entries[0]


def move_one(
    participation: Participation,
    name: str,
    *,
    by: Actor,
    decided_on: date,
    reason: str,
    tree: Condition,
    **facts: Any,
) -> Entry:
    """Write the entry, then the stage; a database trigger refuses the other order."""
    source, held_since = participation.stage, participation.on_hold_since
    left = participation.present_steps
    participation.decided_on = decided_on
    getattr(participation, name)()
    participation.version += 1
    moved = Line(
        name,
        source=source,
        target=participation.stage,
        version=participation.version,
        decided_on=decided_on,
        reason=reason,
        facts={
            "readiness": tree.for_log(),
            "procedure": str(participation.procedure),
            "evidence": evidence_relied_on(left),
            **facts,
        },
    )
    lines = consequences(participation, name, source, held_since, by)
    entry = log.append_all(participation, [moved, *lines], by=by)[0]
    overtake_proposals(participation)
    save_moved(participation, by)
    if source == Stage.APPLICATION and participation.stage != source:
        close_application(participation)
    return entry


def evidence_relied_on(steps: list[Step]) -> dict[str, str]:
    """The digest of the accepted evidence of each step of the stage that is left."""
    accepted = {step.pk: step for step in steps if step.status == StepStatus.ACCEPTED}
    if not accepted:
        return {}
    rows = Evidence.objects.filter(step__in=accepted, status=Evidence.Status.ACCEPTED)
    told = rows.order_by("pk").values_list("step", "digest")
    return {f"{accepted[step].key}.{accepted[step].occurrence}": digest for step, digest in told}


def consequences(
    participation: Participation, name: str, source: str, held_since: date | None, by: Actor
) -> list[Line]:
    """What follows from the move: new steps with their deadlines, or shifted deadlines."""
    if name == "resume" and held_since:
        return shift_deadlines(participation, held_since, participation.decided_on, by)
    if participation.stage == source:
        return []
    participation.entered_on = participation.decided_on
    participation.__dict__.pop("present_steps", None)  # those of the stage that is left
    return lines_of_new_steps(participation, by)


def overtake_proposals(participation: Participation) -> None:
    """What was proposed for a version that is gone cannot be approved any more."""
    waiting = participation.proposals.filter(status=Proposal.Status.WAITING)
    waiting.filter(step=None).update(status=Proposal.Status.OVERTAKEN)


def propose(
    group: list[Participation],
    name: str,
    *,
    by: Actor,
    decided_on: date,
    reason: str,
    tree: Condition,
) -> Entry:
    """The transition waits for a second person."""
    participation = group[0]
    overtake_proposals(participation)
    proposal = Proposal.objects.create(
        participation=participation,
        act=name,
        by=by.user,
        decided_on=decided_on,
        reason=reason,
        version=participation.version,
    )
    facts = {"act": name, "proposal": str(proposal.uuid), "readiness": tree.for_log()}
    line = Line("propose", decided_on=decided_on, reason=reason, facts=facts)
    entry = log.append(participation, line, by=by)
    save_head(participation)
    return entry
