"""What pages show of the reviews of a step, and which steps wait for somebody's review."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from documents.blindness import Sight, sentence, sight
from documents.models import Review
from documents.services.reviewing import why_not
from municipalities.roles import Role
from workflow.models import Evidence, Step
from workflow.models.step import OWED, StepStatus
from workflow.pages.reviews import is_blocked
from workflow.pages.standing import Standing
from workflow.pages.step import handed_in
from workflow.pages.turns import Desk


@dataclass(frozen=True)
class Round:
    """The reviews of one round as far as this person may know them."""

    number: int
    count: int
    wanted: int
    sight: Sight
    reviews: list[Review]  # only where at least their authors may be known

    @property
    def points(self) -> int:
        return sum(review.points for review in self.reviews)

    @property
    def most_points(self) -> int:
        return sum(review.most_points for review in self.reviews)


def rounds_of(step: Step, here: Standing) -> list[Round]:
    """The present round, even if nobody has handed in yet, then those before it. One query."""
    rows = Review.objects.filter(step=step).handed_in().select_related("by").order_by("round", "pk")
    by_round = {number: list(group) for number, group in groupby(rows, lambda one: one.round)}
    by_round.setdefault(step.review_round, [])
    return [round_of(step, number, by_round[number], here) for number in sorted(by_round)][::-1]


def round_of(step: Step, number: int, reviews: list[Review], here: Standing) -> Round:
    seen = sight(step, reviews, here)
    shown = reviews if seen.who else []
    return Round(number, len(reviews), step.reviews_wanted, seen, shown)


def panel(request: HttpRequest, step: Step) -> dict[str, Any] | None:
    """The reviews on the page of their step; nothing where none are asked for."""
    if not step.review:
        return None
    here = Standing(request.user, step.participation)
    present, *before = rounds_of(step, here)
    return {
        "step": step,
        "round": present,
        "before": before,
        "is_insider": here.may("view_internal"),
        "rule": sentence(step),
        "may_write": here.may("write_review") and not why_not(step, request.user),
    }


def review_page(request: HttpRequest, step: Step) -> dict[str, Any]:
    """The review of one person: what it is about, and what they wrote so far."""
    user: Any = request.user
    last = Review.objects.filter(step=step, by=user).order_by("-round").first()
    here = Standing(request.user, step.participation)
    is_of_now = last is not None and last.round == step.review_round
    return {
        "step": step,
        "participation": step.participation,
        "begun": last,
        "is_from_before": last is not None and not is_of_now,
        "rule": sentence(step),
        "round": rounds_of(step, here)[0],
        "why_not": why_not(step, request.user),
        "handed": handed_in(step)[:1],
        "most_points": Review(questions=step.review["questions"]).most_points,
    }


def to_review(desk: Desk) -> QuerySet[Step]:
    """Steps that want a review of this evaluator now, who has handed none in yet."""
    if Role.EVALUATOR not in desk.held:
        return Step.objects.none()
    own = Review.objects.handed_in().filter(
        step=OuterRef("pk"), round=OuterRef("review_round"), by=desk.user
    )
    is_rating = Q(rule__evidence="rating")
    is_there = (Q(status__in=OWED) & is_rating) | (Q(status=StepStatus.SUBMITTED) & ~is_rating)
    rows = Step.objects.running().awaiting_reviews().filter(desk.at(Role.EVALUATOR), is_there)
    theirs = Evidence.objects.filter(
        step=OuterRef("pk"), status=Evidence.Status.SUBMITTED, by=desk.user
    )
    return rows.exclude(is_blocked()).exclude(Exists(own)).exclude(Exists(theirs))
