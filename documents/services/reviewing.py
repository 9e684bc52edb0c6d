"""Reviews: a draft is one's own and may be saved at any time; handing it in is one act, logged."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Review
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.models import Evidence, Step
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked_step,
)
from workflow.services.saving import save_head

Answers = dict[str, dict[str, Any]]  # by the key of the question: value ("" for none), remark


@transaction.atomic(durable=True)
def save_review_draft(step: Step, answers: Answers, *, by: Any, expected_version: int) -> Review:
    """Keep what is answered so far, for its author alone. `expected_version` is the round.

    Raises MovedMeanwhile, NotAllowed, Refused.
    """
    step = locked_step(step)
    reviewer(step, by, expected_version)
    review = own_review(step, by)
    review.answers, review.saved_at = fitting(step, answers), timezone.now()
    review.save()
    return review


@transaction.atomic(durable=True)
def hand_in_review(
    step: Step, answers: Answers, *, by: Any, expected_version: int, idempotency_key: UUID
) -> Entry:
    """Hand a review in, complete and for good; the log keeps its salted fingerprint alone.

    `expected_version` is the round that the reviewer saw. Raises MovedMeanwhile, NotAllowed,
    Refused, KeyReused.
    """
    step = locked_step(step)
    asked = digest("hand_in_review", step.pk, answers, expected_version)
    if answer := earlier_answer(by, idempotency_key, asked):
        return answer
    actor = reviewer(step, by, expected_version)
    review = own_review(step, by)
    review.answers = fitting(step, answers)
    refuse_incomplete(review)
    review.saved_at = review.handed_in_at = timezone.now()
    review.seal()
    review.save()
    step.reviews_in += 1
    step.save(update_fields=["reviews_in"])
    entry = log.append(step.participation, line_of(step, review), by=actor)
    save_head(step.participation)
    keep_answer(by, idempotency_key, asked, entry)
    return entry


def reviewer(step: Step, by: Any, expected_round: int) -> Actor:
    """Whoever may review this now, and has not yet; never what they handed in themselves."""
    actor = demand(by, "write_review", step.participation)
    if why := why_not(step, by):
        raise Refused(why)
    if step.review_round != expected_round:
        raise MovedMeanwhile(step.participation)
    return actor


def why_not(step: Step, by: Any) -> str:
    """Why an evaluator cannot review this step now, in a sentence; empty when they can."""
    if not step.review:
        return _("The procedure asks for no reviews here.")
    if Review.objects.of_present_round(step).handed_in().filter(by=by).exists():
        return _("Your review is handed in already.")
    if not step.reviews_missing:
        return _("All reviews that are wanted are handed in.")
    if not step.takes_reviews:
        return _("Nothing waits here that could be reviewed now.")
    if not step.is_reviewed_first and waiting(step).filter(by=by).exists():
        return _("You handed this in yourself; others have to review it.")
    return ""


def waiting(step: Step) -> Any:
    return step.evidence.filter(status=Evidence.Status.SUBMITTED)


def own_review(step: Step, by: Any) -> Review:
    """The draft of this round, else a new one, not saved yet."""
    review = Review.objects.of_present_round(step).filter(by=by).first()
    review = review or Review(step=step, round=step.review_round, by=by)
    review.questions = step.review["questions"]
    return review


def fitting(step: Step, answers: Answers) -> Answers:
    """Of what was sent, the answers to what is asked, bounded."""
    kept: Answers = {}
    for question in step.review["questions"]:
        given = answers.get(question["key"], {})
        value, remark = given.get("value", ""), bounded(given.get("remark", ""))
        if value != "" and not is_possible(value, question):
            raise Refused(_("An answer does not fit its question."))
        kept[question["key"]] = {"value": value, "remark": remark}
    return kept


def is_possible(value: Any, question: dict[str, Any]) -> bool:
    if question["kind"] == "points":
        return type(value) is int and 0 <= value <= question["max"]
    return value in ("yes", "partly", "no")


def refuse_incomplete(review: Review) -> None:
    """Every question answered; what is not simply yes needs a remark."""
    for one in review.told:
        is_bare = one.question["kind"] != "points" and one.value != "yes" and not one.remark
        if one.value == "" or is_bare:
            raise Refused(_("Answer every question; what is not a yes needs a remark."))


def line_of(step: Step, review: Review) -> Line:
    """What the log says: that it was handed in and its fingerprint, never an answer or a point."""
    facts = {"key": step.key, "occurrence": step.occurrence, "review": str(review.uuid)}
    facts |= {"round": review.round, "digest": review.digest}
    return Line("hand_in_review", step=step, facts=facts)
