"""The one door to the status of a step: hand in, accept, return, waive, open again."""

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.evidence import KINDS
from workflow.models import Evidence, Findable, Step
from workflow.models.findable import number_in
from workflow.models.step import StepStatus
from workflow.services.deadlines import lines_once_settled
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked_step,
)
from workflow.services.proposals import propose_for_step
from workflow.services.saving import save_head
from workflow.services.settling import reviewing_roles, settle


class InvalidEvidence(Exception):
    """What was handed in has not the shape of its kind (422). Carries the form with its errors."""

    def __init__(self, form: Any) -> None:
        super().__init__(str(form.errors.as_text()))
        self.form = form


def hand_in(
    step: Step,
    told: Any,
    *,
    by: Any,
    ticked: Collection[int] = (),
    expected_version: int,
    idempotency_key: UUID,
) -> Entry:
    """Hand in evidence, as the form of its kind asks for it; the role that owes the step may.

    `ticked` are the places of the remarks of a return that are mended. Where nobody has to look
    at it the step is settled at once. Raises InvalidEvidence, MovedMeanwhile, NotAllowed,
    Refused, KeyReused.
    """

    def act(step: Step) -> tuple[Actor, Line]:
        actor = demand(by, "hand_in", step.participation, roles=[step.role])
        refuse_unless_owed(step)
        refuse_before_reviews(step, step.is_reviewed_first)
        tick(step, ticked)
        evidence = new_evidence(step, told, by)
        if step.accepted_by:
            return actor, submitted(step, evidence)
        return actor, finish(step, "accept", evidence, actor, verb="hand_in")

    asked = digest("hand_in", step.pk, dict(told), expected_version)
    return through_the_door(step, act, by, asked, expected_version, idempotency_key)


def accept_step(
    step: Step, *, by: Any, reason: str = "", expected_version: int, idempotency_key: UUID
) -> Entry:
    """Accept what was handed in; never by the person who handed it in."""

    def act(step: Step) -> tuple[Actor, Line]:
        actor, evidence = reviewer(step, by)
        refuse_before_reviews(step, not step.is_reviewed_first)
        return actor, finish(step, "accept", evidence, actor, reason=bounded(reason))

    asked = digest("accept", step.pk, reason, expected_version)
    return through_the_door(step, act, by, asked, expected_version, idempotency_key)


def return_step(
    step: Step, *, by: Any, remarks: Sequence[str], expected_version: int, idempotency_key: UUID
) -> Entry:
    """Return what was handed in, with remarks: each says one thing to mend."""

    def act(step: Step) -> tuple[Actor, Line]:
        actor, evidence = reviewer(step, by)
        each = [said for one in remarks if (said := bounded(one))]
        said = bounded("\n".join(each))
        if not each:
            raise Refused(_("Write what has to be corrected before you return it."))
        evidence.status, evidence.remarks = Evidence.Status.RETURNED, each
        evidence.save(update_fields=["status", "remarks"])
        step.status = StepStatus.RETURNED
        return actor, Line("return", step=step, reason=said, facts=facts_of(step, evidence))

    asked = digest("return", step.pk, list(remarks), expected_version)
    return through_the_door(step, act, by, asked, expected_version, idempotency_key)


def waive_step(
    step: Step, *, by: Any, reason: str, expected_version: int, idempotency_key: UUID
) -> Entry:
    """Propose that a step is not owed, with a reason; a second person has to agree."""

    def act(step: Step) -> tuple[Actor, Line]:
        actor = demand(by, "waive", step.participation)
        said = bounded(reason)
        if not said:
            raise Refused(_("Say why this step is not needed."))
        if step.is_settled:
            raise Refused(_("This step is settled already."))
        refuse_outside_the_stage(step)
        return actor, propose_for_step(step, "waive", by, said)

    asked = digest("waive", step.pk, reason, expected_version)
    return through_the_door(step, act, by, asked, expected_version, idempotency_key)


def reopen_step(
    step: Step, *, by: Any, reason: str, expected_version: int, idempotency_key: UUID
) -> Entry:
    """Open a settled step of the present stage again; its evidence stays in the record."""

    def act(step: Step) -> tuple[Actor, Line]:
        actor = demand(by, "reopen", step.participation)
        said = bounded(reason)
        if not said:
            raise Refused(_("Say why this step is opened again."))
        if not step.is_settled:
            raise Refused(_("This step is open already."))
        refuse_outside_the_stage(step)
        step.status, step.settled_on = StepStatus.OPEN, None
        step.begin_reviews()
        return actor, Line("reopen", step=step, reason=said, facts=facts_of(step))

    asked = digest("reopen", step.pk, reason, expected_version)
    return through_the_door(step, act, by, asked, expected_version, idempotency_key)


@transaction.atomic(durable=True)
def through_the_door(
    step: Step,
    act: Callable[[Step], tuple[Actor, Line]],
    by: Any,
    asked: str,
    expected_version: int,
    key: UUID,
) -> Entry:
    """Lock, replay or check the version, act, record: what every act on a step has in common."""
    step = locked_step(step)
    answer = earlier_answer(by, key, asked)
    if answer:
        return answer
    if step.version != expected_version:
        raise MovedMeanwhile(step.participation)
    was_settled = step.is_settled
    actor, line = act(step)
    step.version += 1
    step.save(update_fields=["status", "version", "settled_on", "review_round", "reviews_in"])
    lines = [line]
    if step.is_settled and not was_settled:
        lines += lines_once_settled(step, actor)
    entry = log.append_all(step.participation, lines, by=actor)[0]
    save_head(step.participation)
    keep_answer(by, key, asked, entry)
    return entry


def refuse_unless_owed(step: Step) -> None:
    refuse_outside_the_stage(step)
    if not step.is_owed:
        raise Refused(
            _("There is nothing to hand in: this step is “%s”.") % step.get_status_display()
        )
    if step.waits_for:
        first = ", ".join(one.title for one in step.waits_for)
        raise Refused(_("This step cannot start yet. First: %s.") % first)


def refuse_outside_the_stage(step: Step) -> None:
    if not step.is_in_present_stage:
        stage = step.participation.get_stage_display()
        raise Refused(_("The participation stands at “%s” now; this step is closed.") % stage)


def refuse_before_reviews(step: Step, is_now: bool) -> None:
    if is_now and step.reviews_missing:
        raise Refused(
            _("The reviews come first: %(there)d of %(wanted)d are handed in.")
            % {"there": step.reviews_in, "wanted": step.reviews_wanted}
        )


def tick(step: Step, ticked: Collection[int]) -> None:
    """Note which remarks are mended, as whoever hands in again says: a help, no verdict."""
    last = step.evidence.first() if step.status == StepStatus.RETURNED and ticked else None
    if last:
        last.ticked = sorted(place for place in set(ticked) if 0 <= place < len(last.remarks))
        last.save(update_fields=["ticked"])


def new_evidence(step: Step, told: Any, by: Any) -> Evidence:
    """The evidence as its kind understands it, sealed and saved."""
    kind = KINDS.of(step)
    form = kind.form(told, step=step)
    if not form.is_valid():
        raise InvalidEvidence(form)
    evidence = Evidence(
        step=step,
        kind=kind.name,
        told=kind.told(form.cleaned_data),
        dated_on=form.cleaned_data.get(kind.dated),
        by=by,
    )
    evidence.seal()
    evidence.save()
    if number := number_in(evidence.told):
        Findable.of(step.participation, number, evidence).save()
    return evidence


def submitted(step: Step, evidence: Evidence) -> Line:
    step.status = StepStatus.SUBMITTED
    if not step.is_reviewed_first:
        step.begin_reviews()
    return Line("hand_in", step=step, facts=facts_of(step, evidence))


def finish(
    step: Step, act: str, evidence: Evidence, by: Actor, *, reason: str = "", verb: str = ""
) -> Line:
    """Settle the step, or propose to, where the procedure asks a second person."""
    if step.rule["second_person"]:
        step.status = StepStatus.SUBMITTED
        return propose_for_step(step, act, by.user, reason, evidence=evidence.digest)
    settle(step, act, evidence)
    return Line(verb or act, step=step, reason=reason, facts=facts_of(step, evidence))


def reviewer(step: Step, by: Any) -> tuple[Actor, Evidence]:
    """Who looks at what was handed in, and what it is."""
    refuse_outside_the_stage(step)
    if step.status != StepStatus.SUBMITTED:
        raise Refused(_("Nothing is handed in here that could be reviewed."))
    actor = demand_review(step, by)
    evidence = step.evidence.filter(status=Evidence.Status.SUBMITTED).first()
    if evidence is None:
        raise Refused(_("This waits for a second person."))
    if evidence.by_id == by.pk:
        raise Refused(_("You handed this in yourself; somebody else has to review it."))
    return actor, evidence


def demand_review(step: Step, by: Any) -> Actor:
    """The role that the procedure names, or the programme manager."""
    return demand(by, "review", step.participation, roles=reviewing_roles(step))


def facts_of(step: Step, evidence: Evidence | None = None) -> dict[str, Any]:
    """How an entry tells what became of a step, and on what evidence."""
    facts: dict[str, Any] = {"key": step.key, "occurrence": step.occurrence}
    facts["status"] = str(step.status)
    if evidence:
        facts["evidence"] = {"kind": evidence.kind, "digest": evidence.digest}
        facts["evidence"] |= KINDS.kinds[evidence.kind].facts(evidence)
        facts["dated_on"] = evidence.dated_on.isoformat() if evidence.dated_on else None
    return facts
