"""Steps: what is owed inside a stage, and the evidence that closes them."""

import hashlib
import secrets
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.roles import Role
from web.script.content import localized
from web.script.dates import period_in_words, without_double_stops
from workflow.audit.canonical import canonical
from workflow.models.participation import Participation
from workflow.permissions import Place
from workflow.stages import OPEN, Stage


class StepStatus(models.TextChoices):
    OPEN = "open", _("open")
    SUBMITTED = "submitted", _("handed in")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    WAIVED = "waived", _("waived")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


SETTLED = [StepStatus.ACCEPTED, StepStatus.WAIVED, StepStatus.NOT_APPLICABLE]
OWED = [StepStatus.OPEN, StepStatus.RETURNED]


class StepQuerySet(models.QuerySet["Step"]):
    def in_order(self) -> Self:
        return self.order_by("position", "occurrence")

    def unsettled(self) -> Self:
        return self.exclude(status__in=SETTLED)

    def running(self) -> Self:
        """Unsettled, in the stage where the participation stands, and the clock runs."""
        return self.unsettled().filter(
            stage=models.F("participation__stage"), participation__on_hold_since=None
        )

    def overdue(self) -> Self:
        return self.running().filter(due_at__lt=timezone.now())

    def awaiting_reviews(self) -> Self:
        """Of which the rule asks for more reviews than are handed in."""
        wanted = Cast(KT("rule__review__reviewers"), models.IntegerField())
        return self.alias(reviews_wanted_=wanted).filter(reviews_in__lt=models.F("reviews_wanted_"))

    def with_names(self) -> Self:
        return self.select_related(
            "participation__municipality__parent",
            "participation__track",
            "participation__programme",
            "participation__procedure",
        )


class Step(models.Model):
    """Something owed inside a stage: by a role, by a date, closed by evidence."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=30, choices=Stage)
    key = models.SlugField()
    occurrence = models.PositiveSmallIntegerField(default=1)  # of a recurring step
    period = models.CharField(max_length=60, blank=True)  # of a recurring step: "2009"
    position = models.PositiveSmallIntegerField()  # its place in the procedure
    rule = models.JSONField()  # the rule as it stood in the procedure when the step was opened
    role = models.CharField(max_length=30, choices=Role)  # who owes it
    is_required = models.BooleanField(default=True)
    status = models.CharField(max_length=20, choices=StepStatus, default=StepStatus.OPEN)
    version = models.PositiveIntegerField(default=0)
    # The present version of its deadline, repeated here for lists; see Deadline.
    due_at = models.DateTimeField(null=True, blank=True)
    deadline_version = models.PositiveIntegerField(default=0)
    settled_on = models.DateField(null=True, blank=True)
    # Where the rule asks for reviews: the present round of them, and how many are handed in.
    review_round = models.PositiveSmallIntegerField(default=0)
    reviews_in = models.PositiveSmallIntegerField(default=0)

    objects = StepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["position", "occurrence"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=["open", "returned", "submitted"]),
                name="step_by_due",
            ),
            # What waits for a role; see Desk.my_turn.
            models.Index(
                fields=["status", "role"],
                condition=Q(status__in=["open", "returned", "submitted"]),
                name="step_by_turn",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "stage", "key", "occurrence"], name="one_step_per_key"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workflow:step", args=[self.participation.reference, self.uuid])

    def places(self) -> list[Place]:
        return self.participation.places()

    @property
    def title(self) -> str:
        title = localized(self.rule["title"])
        if not self.period:
            return title
        return without_double_stops(f"{title} ({period_in_words(self.period)})")

    @property
    def kind(self) -> str:
        """The kind of evidence that closes it."""
        return self.rule["evidence"]

    @property
    def demands(self) -> dict[str, Any]:
        return self.rule["demands"]

    @property
    def accepted_by(self) -> str:
        """The role that looks at what is handed in; empty where handing in settles the step."""
        return self.rule["accepted_by"]

    @property
    def review(self) -> dict[str, Any]:
        """The form by which evaluators review what is handed in; empty where nobody does."""
        return self.rule.get("review") or {}

    @property
    def reviews_wanted(self) -> int:
        return self.review["reviewers"] if self.review else 0

    @property
    def reviews_missing(self) -> int:
        return max(0, self.reviews_wanted - self.reviews_in)

    @property
    def is_reviewed_first(self) -> bool:
        """A rating rests on reviews made before it; papers are reviewed once handed in."""
        return self.kind == "rating"

    @property
    def takes_reviews(self) -> bool:
        """Whether a review can be handed in now."""
        if not self.reviews_missing or not self.is_in_present_stage:
            return False
        if self.is_reviewed_first:
            return self.is_owed and not self.waits_for
        return self.status == StepStatus.SUBMITTED

    def begin_reviews(self) -> None:
        """What is to be reviewed is another now: earlier reviews stay with the round before."""
        self.review_round, self.reviews_in = self.review_round + 1, 0

    @property
    def is_settled(self) -> bool:
        return self.status in SETTLED

    @property
    def is_owed(self) -> bool:
        return self.status in OWED

    @property
    def is_in_present_stage(self) -> bool:
        return self.stage == self.participation.stage and self.stage in OPEN

    @property
    def is_overdue(self) -> bool:
        return bool(self.due_at and not self.is_settled and self.due_at < timezone.now())

    @property
    def waits_for(self) -> "list[Step]":
        """The steps that must be settled first: "cannot start yet" is derived, never stored."""
        first = [
            step for step in self.participation.present_steps if step.key in self.rule["after"]
        ]
        return [step for step in first if not step.is_settled]

    @property
    def turn(self) -> str:
        """The role whose move it is; empty when it is settled."""
        if self.is_settled:
            return ""
        return self.role if self.is_owed else self.accepted_by


class Evidence(models.Model):
    """What was handed in for a step, once. A later hand-in is a row of its own."""

    class Status(models.TextChoices):
        SUBMITTED = "submitted", _("waits for review")
        RETURNED = "returned", _("returned")
        ACCEPTED = "accepted", _("accepted")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(Step, models.PROTECT, related_name="evidence")
    kind = models.SlugField()
    told = models.JSONField()  # what the form of its kind asked, as text
    dated_on = models.DateField(null=True)  # the day that the evidence itself bears
    salt = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    status = models.CharField(max_length=20, choices=Status, default=Status.SUBMITTED)
    remarks = models.JSONField(default=list)  # why it was returned: each thing to mend a text
    ticked = models.JSONField(default=list)  # places of those that are mended, by their own word
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.step}: {self.kind}"

    @property
    def told_remarks(self) -> list[tuple[str, bool]]:
        """Each remark, and whether whoever handed in again says that it is mended."""
        return [(text, place in self.ticked) for place, text in enumerate(self.remarks)]

    def seal(self) -> None:
        """Fix the digest that the log keeps; salted, since evidence may name people."""
        self.salt = secrets.token_hex(16)
        self.digest = self.digest_now()

    def digest_now(self) -> str:
        text = canonical({"uuid": str(self.uuid), "kind": self.kind, "told": self.told})
        return hashlib.sha256(bytes.fromhex(self.salt) + text.encode()).hexdigest()


def with_present_steps(participations: Iterable[Participation]) -> list[Participation]:
    """The same participations, each with its present steps at hand. One query for all."""
    rows = list(participations)
    by_pk = {participation.pk: participation for participation in rows}
    here: dict[str, list[int]] = defaultdict(list)
    for participation in rows:
        participation.present_steps = []
        if participation.is_open:
            here[participation.stage].append(participation.pk)
    present = Q(pk__in=[])
    for stage, pks in here.items():
        present |= Q(stage=stage, participation__in=pks)
    for step in Step.objects.filter(present).in_order():
        step.participation = by_pk[step.participation_id]
        step.participation.present_steps.append(step)
    return rows
