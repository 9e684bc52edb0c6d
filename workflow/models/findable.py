"""By what a participation is found: its reference, and the numbers of the acts handed in for it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from web.script.fold import fold
from workflow.fields import KeyField
from workflow.models.participation import Participation
from workflow.models.programme import Programme
from workflow.models.step import Evidence
from workflow.permissions import Reach

LONGEST = 120


class FindableQuerySet(models.QuerySet["Findable"]):
    def within(self, seen: Reach) -> Self:
        """What these places reach. The places stand in the row itself, so no other is read."""
        return self.filter(
            Q(programme__in=seen.programmes)
            | Q(municipality__in=seen.municipalities)
            | Q(participation__in=seen.participations)
        )


class Findable(models.Model):
    """One key of one participation. Kept by the doors, compared with the rows by `find_gaps`."""

    key = KeyField(max_length=LONGEST)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="findables")
    evidence = models.OneToOneField(Evidence, models.PROTECT, null=True)  # None: the reference
    # Repeated from the participation, where they never change, for the index.
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", db_index=False)
    municipality = models.ForeignKey(
        "municipalities.Municipality", models.PROTECT, related_name="+"
    )

    objects = FindableQuerySet.as_manager()

    class Meta:
        verbose_name = _("search key")
        verbose_name_plural = _("search keys")
        indexes = [
            models.Index(
                fields=["programme", "key"],
                name="findable_by_key",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participation"], condition=Q(evidence=None), name="one_key_of_a_reference"
            )
        ]

    def __str__(self) -> str:
        return self.key

    @classmethod
    def of(cls, participation: Participation, text: str, evidence: Evidence | None = None) -> Self:
        """An unsaved key of this participation."""
        return cls(
            key=key_of(text),
            participation=participation,
            evidence=evidence,
            programme_id=participation.programme_id,
            municipality_id=participation.municipality_id,
        )


def key_of(text: str) -> str:
    """Folded and without blanks: "06 – 1 / 2008" and "06-1/2008" are one number."""
    return fold(text).replace(" ", "")[:LONGEST]


def number_in(told: Any) -> str:
    """The number of the act that evidence tells of, whatever its kind; "" where there is none."""
    number = told.get("number") if isinstance(told, dict) else None
    return number if isinstance(number, str) else ""
