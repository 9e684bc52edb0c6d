"""A version of a paper: one uploaded file. What it says of the file never changes."""

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from documents.models.document import Document
from documents.reading.problems import PROBLEMS
from documents.reading.signature import Signature
from documents.words import WordsField


class Version(models.Model):
    """One file as it was uploaded. The databases refuse to change or delete it (triggers.py)."""

    is_never_deleted = True  # the application's own role on PostgreSQL may not, either

    uuid = models.UUIDField(unique=True, editable=False)  # of its intake; its name in the storage
    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=150)  # of the file, as it is shown and downloaded
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)  # read from the content, never told
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    received_at = models.DateTimeField()
    reason = models.TextField(blank=True)  # why it replaces the one before
    scan = models.CharField(max_length=20)
    signatures = models.JSONField(default=list)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["document", "number"], name="one_version_per_number")
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.uuid])

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    @property
    def told_signatures(self) -> list[Signature]:
        """Those that were found in the file when it was read; information, never a verdict."""
        return [Signature.from_facts(facts) for facts in self.signatures]


class VersionText(models.Model):
    """The text of a version, for search and comparison. May be read anew from the file.

    On SQLite triggers of migration 0003 keep the index of its words; a migration that makes this
    table anew has to make them again.
    """

    version = models.OneToOneField(
        Version, models.PROTECT, primary_key=True, related_name="read_text"
    )
    text = models.TextField()
    problem = models.CharField(max_length=20, blank=True)  # by its key, why it is not all there
    words = WordsField(null=True)  # of the text and of all the names that the paper goes by

    class Meta:
        verbose_name = _("text of a version")
        verbose_name_plural = _("texts of versions")

    def __str__(self) -> str:
        return str(self.version_id)

    @property
    def told_problem(self) -> str:
        """Why not all of the text could be read, in a sentence; "" where it could."""
        return str(PROBLEMS[self.problem]) if self.problem else ""
