"""How a person wants to be told."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Preferences(models.Model):
    """How a person wants to be told. What needs their action is mailed at once, whatever stands
    here; quiet hours only put it off."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    rhythms = models.JSONField(default=dict)  # group of kinds → Rhythm, or "inbox": no mail
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)  # Belgrade's clock
    quiet_until = models.TimeField(_("quiet until"), null=True, blank=True)
    quiet_weekends = models.BooleanField(_("quiet on Saturdays and Sundays"), default=False)
    mail_fails_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("preferences")
        verbose_name_plural = _("preferences")

    def __str__(self) -> str:
        return str(self.user_id)
