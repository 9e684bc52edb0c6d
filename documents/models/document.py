"""A paper of a participation, of which there are versions."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from web.script.content import in_script, localized
from workflow.models import Participation, Step
from workflow.permissions import Place, reach

if TYPE_CHECKING:
    from documents.models.version import Version


class Visibility(models.TextChoices):
    PUBLIC = "public", _("public")
    PARTICIPANTS = "participants", _("for the participants")
    INTERNAL = "internal", _("internal")


# The line of the rights table that reading needs, by visibility.
READS = {
    Visibility.PUBLIC: "view",
    Visibility.PARTICIPANTS: "view_documents",
    Visibility.INTERNAL: "view_internal",
}


class DocumentQuerySet(models.QuerySet["Document"]):
    def readable(self, here: Any) -> Self:
        """Of one participation: what the person may read who stands there as `here` says."""
        return self.filter(visibility__in=[each for each, act in READS.items() if here.may(act)])

    def readable_by(self, user: Any) -> Self:
        """Of all participations: what the person may read, by the mandates held over each."""
        found = Q(pk__in=[])
        for visibility, act in READS.items():
            found |= Q(visibility=visibility) & reach(user, act).over("participation__")
        return self.filter(found)

    def with_versions(self) -> Self:
        """With all that its line in a list says, in two queries."""
        return self.select_related("step").prefetch_related("versions")


class Document(models.Model):
    """One paper of a kind, such as the strategy; every upload of it is a version."""

    is_never_deleted = True

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    participation = models.ForeignKey(Participation, models.PROTECT, related_name="documents")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="documents")
    kind = models.SlugField(blank=True)  # as the procedure calls it; of a loose paper empty
    title = models.CharField(max_length=200, blank=True)
    visibility = models.CharField(
        max_length=20, choices=Visibility, default=Visibility.PARTICIPANTS
    )
    created_at = models.DateTimeField(default=timezone.now)

    objects = DocumentQuerySet.as_manager()
    versions: "models.QuerySet[Version]"

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values), name="known_visibility"
            )
        ]

    def __str__(self) -> str:
        return str(self.uuid)

    def get_absolute_url(self) -> str:
        return reverse("documents:document", args=[self.uuid])

    def places(self) -> list[Place]:
        return self.participation.places()

    @property
    def name(self) -> str:
        """What it is called: its title, else the paper that its step asks for."""
        if self.title:
            return in_script(self.title)
        paper = self.step.demands.get("paper") if self.step else None
        return localized(paper) or str(_("Paper"))

    @property
    def present(self) -> "Version | None":
        """The newest version that was not withdrawn."""
        return next((one for one in self.versions.all() if not one.is_withdrawn), None)
