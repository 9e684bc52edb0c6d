"""A review: what one evaluator says of a paper that was handed in, or before a step is rated."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.script.content import localized
from workflow.audit.canonical import canonical
from workflow.models import Step

POINTS = "points"
ANSWERS = {"yes": _("Yes"), "partly": _("Partly"), "no": _("No")}


@dataclass(frozen=True)
class Answer:
    """One question as it was asked, and what was answered; both may be empty in a draft."""

    question: dict[str, Any]
    value: str | int
    remark: str

    @property
    def text(self) -> str:
        return localized(self.question["text"])

    @property
    def words(self) -> str:
        """ "Partly", or "7 of 10"."""
        if self.value == "":
            return ""
        if self.question["kind"] == POINTS:
            told = {"points": self.value, "most": self.question["max"]}
            return str(_("%(points)d of %(most)d")) % told
        return str(ANSWERS[str(self.value)])


class ReviewQuerySet(models.QuerySet["Review"]):
    def handed_in(self) -> Self:
        return self.exclude(handed_in_at=None).order_by("handed_in_at", "pk")

    def of_present_round(self, step: Step) -> Self:
        return self.filter(step=step, round=step.review_round)


class Review(models.Model):
    """What one person answers in one round; a draft until it is handed in, then fixed for good."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(Step, models.PROTECT, related_name="reviews")
    round = models.PositiveSmallIntegerField()  # as the step counts: another hand-in, another round
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    questions = models.JSONField()  # as the procedure asked them then
    answers = models.JSONField(default=dict)  # by the key of the question: value, remark
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    handed_in_at = models.DateTimeField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "round", "by"], name="one_review_each_round")
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def told(self) -> list[Answer]:
        """Every question with its answer, in the order of the form."""
        given = [(one, self.answers.get(one["key"], {})) for one in self.questions]
        return [Answer(one, got.get("value", ""), got.get("remark", "")) for one, got in given]

    @property
    def points(self) -> int:
        rated = [one for one in self.told if one.question["kind"] == POINTS]
        return sum(int(one.value) for one in rated if one.value != "")

    @property
    def most_points(self) -> int:
        """0 where nothing is rated by points."""
        return sum(one["max"] for one in self.questions if one["kind"] == POINTS)

    def seal(self) -> None:
        """Fix the digest that the log keeps; salted, so that nobody can guess what it hides."""
        self.salt = secrets.token_hex(16)
        self.digest = self.digest_now()

    def digest_now(self) -> str:
        said = {"uuid": str(self.uuid), "questions": self.questions, "answers": self.answers}
        return hashlib.sha256(bytes.fromhex(self.salt) + canonical(said).encode()).hexdigest()
