"""What an evaluator has to rate or to look at, by due date; below it what comes later.

It asks the same few queries of any number of steps: whether a step can start yet is asked in the
database, so that the queue can be turned page by page.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.http import QueryDict
from django.utils.translation import gettext as _

from municipalities.roles import Role
from workflow.models import Evidence, Proposal, Step
from workflow.models.step import OWED, StepStatus, with_present_steps
from workflow.pages.first import First, first_step
from workflow.pages.turns import Desk

# Brought by apps above: steps that ask something of an evaluator who has not done it yet.
ASKED: list[Callable[[Desk], QuerySet[Step]]] = []
A_PAGE = 50
LATER_AT_MOST = 50


@dataclass(frozen=True)
class Review:
    """A step to rate, or to look at since `handed_in_at`."""

    step: Step
    handed_in_at: datetime | None


@dataclass(frozen=True)
class Reviews:
    page: Page
    reviews: list[Review]
    proposals: list[Proposal]
    later: list[Step]  # not yet in reach: waits for another step, or is not handed in
    later_count: int

    @property
    def first(self) -> First | None:
        if not self.reviews or self.page.number != 1:
            return None
        return first_step(self.reviews[0].step, _("Start the review"))

    @property
    def newer(self) -> str:
        return f"?page={self.page.number - 1}" if self.page.has_previous() else ""

    @property
    def older(self) -> str:
        return f"?page={self.page.number + 1}" if self.page.has_next() else ""


def reviews(user: Any, asked: QueryDict) -> Reviews:
    """The queue of `user` as an evaluator; what waits for other roles of theirs is not in it."""
    desk = Desk.of(user).only(Role.EVALUATOR)
    page = Paginator(by_due(in_reach(desk)), A_PAGE).get_page(asked.get("page"))
    later = by_due(not_in_reach(desk))
    listed, coming = list(page), list(later[:LATER_AT_MOST])
    with_neighbours([*listed, *coming])
    since = handed_in(listed)
    return Reviews(
        page,
        [Review(step, since.get(step.pk)) for step in listed],
        list(desk.proposals()),
        coming,
        later.count(),
    )


def register_asked(steps: Callable[[Desk], QuerySet[Step]]) -> None:
    """Called from `apps.py`."""
    ASKED.append(steps)


def in_reach(desk: Desk) -> QuerySet[Step]:
    """What can be rated or looked at, no review missing any more; and what asks for one."""
    waits = Step.objects.running().awaiting_reviews().values("pk")
    own = desk.steps().exclude(is_blocked()).exclude(pk__in=waits)
    mine = Q(pk__in=own.values("pk"))
    for steps in ASKED:
        mine |= Q(pk__in=steps(desk).values("pk"))
    return Step.objects.filter(mine)


def by_due(steps: QuerySet[Step]) -> QuerySet[Step]:
    told = steps.select_related("participation__municipality__parent", "participation__track")
    return told.order_by(F("due_at").asc(nulls_last=True), "participation", "position", "pk")


def not_in_reach(desk: Desk) -> QuerySet[Step]:
    """Own steps that wait for others, and what others will hand in to this role."""
    role = Role.EVALUATOR
    if role not in desk.held:
        return Step.objects.none()
    owed = Step.objects.running().filter(desk.at(role), status__in=OWED)
    awaited = Q(rule__accepted_by=role.value) & ~Q(role=role)
    return owed.filter((Q(role=role) & is_blocked()) | awaited)


def is_blocked() -> Q:
    """As `Step.waits_for`: another step of the stage, named by its rule, is not settled yet."""
    named = Cast(OuterRef("rule__after"), TextField())
    first = Step.objects.filter(participation=OuterRef("participation"), stage=OuterRef("stage"))
    first = first.unsettled().annotate(named=named)
    return Q(Exists(first.filter(named__contains=Concat(Value('"'), F("key"), Value('"')))))


def with_neighbours(steps: Iterable[Step]) -> None:
    """Each with the present steps of its participation at hand. One query for all."""
    rows = list(steps)
    by_pk = {step.participation_id: step.participation for step in rows}
    with_present_steps(by_pk.values())
    for step in rows:
        step.participation = by_pk[step.participation_id]


def handed_in(steps: list[Step]) -> dict[int, datetime]:
    """Since when what was handed in waits, by step. One query."""
    waiting = [step.pk for step in steps if step.status == StepStatus.SUBMITTED]
    rows = Evidence.objects.filter(step__in=waiting, status=Evidence.Status.SUBMITTED)
    return dict(rows.order_by("pk").values_list("step", "submitted_at"))
