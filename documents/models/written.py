"""That Koraci wrote a version itself, and of what."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from documents.models.paper_template import PaperTemplate
from documents.models.version import Version
from workflow.audit.models import Entry

# What `Version.scan` says of it: nobody brought it, so there was nothing to look for.
MADE_HERE = "made_here"


class Written(models.Model):
    """Which paper a version is, in which language, by which template. Never changed."""

    is_never_deleted = True

    version = models.OneToOneField(
        Version, models.PROTECT, primary_key=True, related_name="written"
    )
    paper = models.SlugField()  # of papers/catalogue.py
    language = models.CharField(max_length=10)
    # None: the template that comes with Koraci, or a sheet, which has none.
    template = models.ForeignKey(PaperTemplate, models.PROTECT, null=True, related_name="+")
    # The decision that a record is about.
    decision = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("paper written here")
        verbose_name_plural = _("papers written here")

    def __str__(self) -> str:
        return f"{self.paper} ({self.language})"
