"""What is done once a day, by whichever worker asks first."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Chore(models.Model):
    """One daily chore of one day: begun, ended, and what came out."""

    name = models.CharField(max_length=30)
    day = models.DateField()
    begun_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("daily chore")
        verbose_name_plural = _("daily chores")
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="one_chore_a_day")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
