"""Questions about a call. Answered they are read by all who see it, and nobody learns who asked."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from municipalities.models import Municipality
from workflow.models.application import Call
from workflow.models.programme import Programme
from workflow.permissions import Place, reach

QUESTION_AT_MOST, ANSWER_AT_MOST = 2000, 4000


class QuestionQuerySet(models.QuerySet["Question"]):
    def answered(self) -> Self:
        return self.filter(answered_at__isnull=False)

    def waiting(self) -> Self:
        return self.filter(answered_at=None)

    def visible_to(self, user: Any) -> Self:
        """Of a call that the person sees: what is answered, the own, and what they may answer."""
        theirs = Q(call__track__programme__in=reach(user, "answer_question").programmes)
        return self.filter(Q(answered_at__isnull=False) | Q(asked_by=user.pk) | theirs)


class Question(models.Model):
    """What somebody who may apply wants to know about a call, and the programme's answer."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="questions")
    number = models.PositiveIntegerField()  # within the call
    text = models.TextField(_("question"))  # as it was asked; never altered
    # As all read it. It differs where the text would have told who asks.
    published_as = models.TextField(_("question as published"), blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)  # of the first answer
    changed_at = models.DateTimeField(null=True, blank=True)  # of a later one that replaced it
    version = models.PositiveIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("question about a call")
        verbose_name_plural = _("questions about calls")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="one_number_in_a_call"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="", published_as="")
                | (Q(answered_at__isnull=False) & ~Q(answer="") & ~Q(published_as="")),
                name="published_with_its_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call.reference}/{self.number}"

    def places(self) -> list[Place]:
        return [(Programme, self.call.track.programme_id)]
