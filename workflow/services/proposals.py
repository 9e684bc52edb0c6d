"""The second person: what one proposed, another with the right approves or declines."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.models import Evidence, Participation, Proposal, Step
from workflow.models.step import StepStatus
from workflow.services.deadlines import lines_once_settled
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    lines_of,
    locked,
    locked_step,
)
from workflow.services.saving import save_head
from workflow.services.settling import reviewing_roles, settle


def propose_for_step(step: Step, act: str, by: Any, reason: str, **facts: Any) -> Line:
    """Record that settling this step waits for a second person; one proposal at a time."""
    before = step.proposals.filter(status=Proposal.Status.WAITING)
    before.exclude(version=step.version).update(status=Proposal.Status.OVERTAKEN)
    if before.exists():
        raise Refused(_("This waits for a second person already."))
    proposal = Proposal.objects.create(
        participation=step.participation,
        step=step,
        act=act,
        by=by,
        decided_on=timezone.localdate(),
        reason=reason,
        version=step.version + 1,  # the act that proposes is itself a version
    )
    told = {"act": act, "proposal": str(proposal.uuid), "key": step.key, "status": str(step.status)}
    return Line("propose", step=step, reason=reason, facts=told | facts)


def approve_proposal(proposal: Proposal, *, by: Any, idempotency_key: UUID) -> Entry:
    """The second person agrees. Version, right and readiness are judged again, now."""
    asked = digest("approve", proposal.pk)
    with transaction.atomic(durable=True):
        if proposal.step_id:
            return _approve_for_step(proposal, by, idempotency_key, asked)
        return _approve_transition(proposal, by, idempotency_key, asked)


def _approve_transition(proposal: Proposal, by: Any, key: UUID, asked: str) -> Entry:
    from workflow.services.transitions import judge, lock_group, move

    group = lock_group(proposal.participation, proposal.act)
    answer = earlier_answer(by, key, asked)
    if answer:
        return answer
    proposal = waiting(proposal)
    actor, tree = judge(
        group, proposal.act, by, proposal.decided_on, proposal.reason, proposal.version
    )
    close(proposal, by, Proposal.Status.APPROVED)
    entry = move(
        group,
        proposal.act,
        by=actor,
        decided_on=proposal.decided_on,
        reason=proposal.reason,
        tree=tree,
        proposed_by=proposal.by_id,
        proposal=str(proposal.uuid),
    )
    keep_answer(by, key, asked, entry)
    return entry


def _approve_for_step(proposal: Proposal, by: Any, key: UUID, asked: str) -> Entry:
    step = locked_step(Step.objects.get(pk=proposal.step_id or 0))
    answer = earlier_answer(by, key, asked)
    if answer:
        return answer
    proposal = waiting(proposal)
    actor = demand_second(proposal, step.participation, by)
    if step.version != proposal.version:
        raise MovedMeanwhile(step.participation)
    close(proposal, by, Proposal.Status.APPROVED)
    evidence = step.evidence.filter(status=Evidence.Status.SUBMITTED).first()
    settle(step, proposal.act, evidence)
    step.version += 1
    step.save(update_fields=["status", "version", "settled_on"])
    told: dict[str, Any] = {"key": step.key, "occurrence": step.occurrence}
    told |= {"status": str(step.status), "proposal": str(proposal.uuid)}
    told["evidence"] = evidence.digest if evidence else None
    lines = [
        Line(proposal.act, step=step, reason=proposal.reason, facts=told),
        *lines_once_settled(step, actor),
    ]
    entry = log.append_all(step.participation, lines, by=actor)[0]
    save_head(step.participation)
    keep_answer(by, key, asked, entry)
    return entry


@transaction.atomic(durable=True)
def decline_proposal(proposal: Proposal, *, by: Any, reason: str, idempotency_key: UUID) -> Entry:
    """The second person does not agree, or the first one takes it back; with a reason."""
    asked = digest("decline", proposal.pk, reason)
    [participation] = locked([proposal.participation_id])
    answer = earlier_answer(by, idempotency_key, asked)
    if answer:
        return answer
    actor = demand_second(proposal, participation, by)
    proposal = waiting(proposal)
    said = bounded(reason)
    if not said:
        raise Refused(_("Say why you do not agree."))
    close(proposal, by, Proposal.Status.DECLINED)
    reopen_declined(proposal, said)
    facts = {"act": proposal.act, "proposal": str(proposal.uuid)}
    line = Line("decline", step=proposal.step, reason=said, facts=facts)
    entry = log.append(participation, line, by=actor)
    save_head(participation)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def reopen_declined(proposal: Proposal, remarks: str) -> None:
    """Evidence that the second person did not accept goes back to those who owe the step."""
    if proposal.step and proposal.act == "accept":
        step = proposal.step
        step.evidence.filter(status=Evidence.Status.SUBMITTED).update(
            status=Evidence.Status.RETURNED, remarks=lines_of(remarks)
        )
        step.status = StepStatus.RETURNED
        step.version += 1
        step.save(update_fields=["status", "version"])


def demand_second(proposal: Proposal, participation: Participation, by: Any) -> Actor:
    """The second person needs the same right as the first."""
    if proposal.step and proposal.act == "accept":
        return demand(by, "review", participation, roles=reviewing_roles(proposal.step))
    return demand(by, proposal.act, participation)


def waiting(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_related("step", "by").get(pk=proposal.pk)
    if proposal.status != Proposal.Status.WAITING:
        raise Refused(_("This proposal is closed: %s.") % proposal.get_status_display())
    return proposal


def close(proposal: Proposal, by: Any, status: str) -> None:
    if status == Proposal.Status.APPROVED and proposal.by_id == by.pk:
        raise Refused(_("You proposed this yourself; another person has to agree."))
    proposal.status, proposal.closed_by = status, by
    proposal.save(update_fields=["status", "closed_by"])
