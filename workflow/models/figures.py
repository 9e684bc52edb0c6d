"""Figures as they were counted last, kept so that a page need not count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from workflow.models.programme import Programme, Track


class Figures(models.Model):
    """What was counted from the log for one programme or one track; replaced by the next count.

    Nothing is lost with a row: whatever changes the form of its counts deletes all of them in
    its migration, and they are counted anew.
    """

    programme = models.OneToOneField(
        Programme, models.CASCADE, null=True, related_name="figures", editable=False
    )
    track = models.OneToOneField(
        Track, models.CASCADE, null=True, related_name="figures", editable=False
    )
    counted_at = models.DateTimeField()
    seconds = models.FloatField()  # that counting took
    participations = models.PositiveIntegerField()
    entries = models.PositiveBigIntegerField()  # that the log of these participations had then
    counts = models.JSONField()  # what a page reads; small, however many took part
    quartiles = models.JSONField()  # of `days`
    days = models.JSONField()  # single days and how often: only to add up with those of others

    class Meta:
        verbose_name = _("figures")
        verbose_name_plural = _("figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(programme=None, track__isnull=False)
                | Q(programme__isnull=False, track=None),
                name="figures_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme or self.track}, {self.counted_at:%Y-%m-%d %H:%M}"
