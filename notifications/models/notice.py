"""One thing that one person is told: a line of the inbox, and of a mail."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from municipalities.models import Municipality
from municipalities.roles import Role
from notifications.kinds import ABOUT_ONESELF
from notifications.models.delivery import Delivery
from notifications.models.reminder import Reminder
from workflow.audit.models import Entry
from workflow.models import Application, Participation, Step
from workflow.permissions import Place, reach


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: Any) -> Self:
        """What stands in this person's inbox, the newest first.

        Rights are asked anew: what it is about must still be theirs to see, unless it tells them
        that it no longer is.
        """
        seen = reach(user)
        theirs = seen.over("participation__") | Q(application__lead__in=seen.municipalities)
        theirs |= Q(participation=None, application=None) | Q(kind__in=ABOUT_ONESELF)
        return self.filter(theirs, user=user, is_stale=False).order_by("-made_at", "-pk")

    def unread(self) -> Self:
        return self.filter(read_at=None, is_stale=False)

    def to_send(self) -> Self:
        """The same for one message; applications, which are rare, are read when asked for."""
        return self.select_related("participation__municipality", "step", "reminder", "entry")

    def with_places(self) -> Self:
        """All that its sentence and its link need, in one query."""
        return self.select_related(
            "participation__municipality__parent",
            "participation__track",
            "participation__programme",
            "step",
            "entry",
            "reminder",
            "application__call__track",
            "application__lead__parent",
        )


class Notice(models.Model):
    """One thing that one person is told, and why they: in which role."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=20)  # see notifications/kinds.py
    role = models.CharField(max_length=30, choices=Role, blank=True)  # as whom; "": as themselves
    participation = models.ForeignKey(
        Participation, models.PROTECT, null=True, related_name="notices"
    )
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="notices")
    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="notices")
    # What it comes from: a line of the plan, or an entry of the log.
    reminder = models.ForeignKey(Reminder, models.PROTECT, null=True, related_name="notices")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="notices")
    # What the sentence needs beside them; no names of people.
    facts = models.JSONField(default=dict)
    needs_action = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    # Overtaken before it was sent: the deadline moved, the step was settled, the mandate ended.
    is_stale = models.BooleanField(default=False)
    # The mail in which it is told; None where the inbox alone tells it.
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, related_name="notices")
    # The entry that tells in the log that it was sent.
    told_in = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["user", "-made_at"], name="notice_by_person"),
            models.Index(
                fields=["user"], condition=Q(read_at=None, is_stale=False), name="notice_unread"
            ),
            models.Index(fields=["participation", "-made_at"], name="notice_by_place"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user"], name="one_notice_per_reminder"),
            models.UniqueConstraint(
                fields=["entry", "user", "kind", "step"], name="one_notice_per_step"
            ),
            models.UniqueConstraint(
                fields=["entry", "user", "kind"],
                condition=Q(step=None),
                name="one_notice_per_entry",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"

    def join(self) -> None:
        """What was read beside each other belongs together; nothing is read again."""
        if self.step and self.participation:
            self.step.participation = self.participation
        if self.reminder and self.step:
            self.reminder.step = self.step

    def places(self) -> list[Place]:
        """Where one must hold the role to be told of it."""
        if self.participation:
            return self.participation.places()
        return [(Municipality, self.application.lead_id)] if self.application else []
