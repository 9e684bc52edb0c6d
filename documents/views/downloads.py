"""Handing out a paper: the only way to its object, always as a file to be saved, never shown."""

import logging
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents import services
from documents.models import Version, Visibility
from documents.pages.published import published
from documents.services import store
from documents.views.finding import visible_version
from workflow.models import Participation
from workflow.views.doors import explains_refusals

logger = logging.getLogger("koraci.documents")
NOTHING_RUNS = "sandbox; default-src 'none'"


@require_GET
@explains_refusals
def download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A version for whoever may read it; each download is an entry of the log."""
    version = visible_version(request, uuid)
    try:
        file = store.opened(version.uuid)
    except (store.ObjectMissing, store.StoreDown) as error:
        return incident(request, version, error)
    services.record_download(version, by=request.user)
    return handed_out(version, file)


@login_not_required
@require_GET
def public_download(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """A published paper, for everybody and without an entry (ADR 0022)."""
    version = get_object_or_404(
        Version.objects.select_related("document"), uuid=uuid,
        document__visibility=Visibility.PUBLIC,
    )  # fmt: skip
    of = list(Participation.objects.public().filter(pk=version.document.participation_id))
    if version not in published(of):
        raise Http404
    try:
        return handed_out(version, store.opened(version.uuid))
    except (store.ObjectMissing, store.StoreDown) as error:
        return incident(request, version, error)


def handed_out(version: Version, file: IO[Any]) -> FileResponse:
    answer = to_be_saved(file, version.content_type, version.name)
    answer.headers["Content-Length"] = str(version.size)
    return answer


def as_a_file(content: bytes, content_type: str, name: str) -> FileResponse:
    """Bytes that lie in no storage, handed out in the same way."""
    return to_be_saved(BytesIO(content), content_type, name)


def to_be_saved(file: IO[Any], content_type: str, name: str) -> FileResponse:
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = NOTHING_RUNS
    answer.headers["Cache-Control"] = "no-store"
    return answer


def incident(request: HttpRequest, version: Version, error: Exception) -> HttpResponse:
    """The record is whole and the object cannot be had: a page that says whom to tell."""
    logger.error("no object for version %s: %r", version.uuid, error)
    is_missing = isinstance(error, store.ObjectMissing)
    context = {"version": version, "is_missing": is_missing}
    return render(request, "documents/incident.html", context, status=503)
