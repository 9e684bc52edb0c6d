"""A programme's own template of a paper. Each stays as it was kept; the newest one counts."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.models import Programme


class PaperTemplateQuerySet(models.QuerySet["PaperTemplate"]):
    def in_short(self) -> Self:
        """Without the files themselves."""
        return self.defer("content")


class PaperTemplate(models.Model):
    """One file, or the return to the shipped one. The databases refuse to change or delete it.

    The bytes stand in the row, as the text of a procedure does: they are few, are read whenever a
    paper is looked at, and are of no use without what the row says of them.
    """

    is_never_deleted = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="paper_templates")
    paper = models.SlugField()  # of papers/catalogue.py
    language = models.CharField(max_length=10)
    number = models.PositiveIntegerField()  # among those of this paper in this language
    # Of the file; all empty where the shipped one counts again from here on.
    name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(default=bytes)
    scan = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    kept_at = models.DateTimeField(default=timezone.now)
    key = models.UUIDField()  # of the form that brought it

    objects = PaperTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("template of a paper")
        verbose_name_plural = _("templates of papers")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "paper", "language", "number"],
                name="one_template_per_number",
            ),
            models.UniqueConstraint(fields=["by", "key"], name="one_template_per_key"),
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    @property
    def is_own(self) -> bool:
        """Whether it is a file of the programme, and no return to the shipped one."""
        return bool(self.sha256)
