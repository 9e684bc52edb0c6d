"""What a person may see at all; everything else answers as if there were nothing."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from documents.models import Document, Version, Visibility
from documents.models.document import READS
from workflow.errors import NotAllowed
from workflow.models import Participation, Step
from workflow.permissions import can


def visible_participation(request: HttpRequest, reference: str) -> Participation:
    visible = Participation.objects.visible_to(request.user).with_names()
    return get_object_or_404(visible, reference=reference)


def visible_step(request: HttpRequest, reference: str, uuid: UUID) -> Step:
    """A step that asks for papers."""
    participation = visible_participation(request, reference)
    found = get_object_or_404(Step, participation=participation, uuid=uuid)
    if "paper" not in found.demands or found.kind not in ("document", "signed_act"):
        raise Http404
    found.participation = participation
    return found


def visible_document(request: HttpRequest, uuid: UUID) -> Document:
    """A paper that the person may read. An internal one is not there for who may not."""
    found = get_object_or_404(Document.objects.select_related("step"), uuid=uuid)
    visible = Participation.objects.visible_to(request.user).with_names()
    found.participation = get_object_or_404(visible, pk=found.participation_id)
    if found.step:
        found.step.participation = found.participation
    verdict = can(request.user, READS[Visibility(found.visibility)], found.participation)
    if not verdict and found.visibility == Visibility.INTERNAL:
        raise Http404
    if not verdict:
        raise NotAllowed(verdict.sentence)
    return found


def visible_version(request: HttpRequest, uuid: UUID) -> Version:
    found = get_object_or_404(Version.objects.select_related("document"), uuid=uuid)
    found.document = visible_document(request, found.document.uuid)
    return found
