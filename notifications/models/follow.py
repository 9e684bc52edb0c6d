"""Who wants to hear of a participation beyond what their role there makes them hear."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.models import Participation


class Follow(models.Model):
    """A person follows a participation. No right follows from it: that is asked at each telling."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    participation = models.ForeignKey(Participation, models.CASCADE, related_name="follows")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("following")
        verbose_name_plural = _("followings")
        constraints = [
            models.UniqueConstraint(fields=["user", "participation"], name="one_following_each")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.participation_id}"
