"""Uploads: nothing of a file is read before it is known that this person may bring it here."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from documents import services
from documents.forms.uploading import UploadForm
from documents.intake.verdict import MB
from documents.quarantine import QuarantineHandler
from documents.refusals import sentence_on
from documents.services.uploading import MOST_AT_ONCE, Target
from documents.views.finding import visible_document, visible_participation, visible_step
from web.script.numbers import number
from workflow.errors import Refused
from workflow.services.locks import demand
from workflow.views.doors import explains_refusals, shown, tried

View = Callable[..., HttpResponseBase]


def takes_files(find: Callable[..., Any]) -> Callable[[View], View]:
    """`find` says what the files are for and asks for the right; only then do they stream in.

    The token of the form stands in the same body as the files, so it is asked after that.
    """

    def decorated(view: View) -> View:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @explains_refusals
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            target = find(request, *args, **kwargs)
            if request.method == "POST":
                refuse_far_too_large(request)
                request.upload_handlers = [QuarantineHandler(request)]
            return csrf_protect(view)(request, target)

        return answered

    return decorated


def refuse_far_too_large(request: HttpRequest) -> None:
    """By what the request says of itself; each file is measured as it arrives."""
    said = int(request.META.get("CONTENT_LENGTH") or 0)
    if said > (MOST_AT_ONCE * settings.UPLOAD_LIMIT_MB + 1) * MB:
        limit = {"limit": number(settings.UPLOAD_LIMIT_MB)}
        raise Refused(sentence_on({"problem": "too_large", "values": limit}))


def allowed(request: HttpRequest, target: Target) -> Target:
    demand(request.user, "upload", target.participation, roles=target.roles)
    return target


def of_participation(request: HttpRequest, reference: str) -> Target:
    return allowed(request, Target(visible_participation(request, reference)))


def of_step(request: HttpRequest, reference: str, uuid: UUID) -> Target:
    step = visible_step(request, reference, uuid)
    return allowed(request, Target(step.participation, step))


def of_document(request: HttpRequest, uuid: UUID) -> Target:
    return allowed(request, Target.of(visible_document(request, uuid)))


@takes_files(of_participation)
def upload(request: HttpRequest, target: Target) -> HttpResponse:
    """A paper that belongs to no step."""
    return uploaded(request, target)


@takes_files(of_step)
def upload_for_step(request: HttpRequest, target: Target) -> HttpResponse:
    """The papers that a step asks for."""
    return uploaded(request, target)


@takes_files(of_document)
def new_version(request: HttpRequest, target: Target) -> HttpResponse:
    """A newer version of a paper, with why it replaces the one before."""
    return uploaded(request, target)


def uploaded(request: HttpRequest, target: Target) -> HttpResponse:
    """GET shows the form, POST takes it; files that are not taken over are deleted at once."""
    is_sent = request.method == "POST"
    sent = {"data": request.POST, "files": request.FILES} if is_sent else {}
    form = UploadForm(target=target, by=request.user, **sent)
    taken = None
    try:
        if form.has_no_room:
            return render(request, "documents/no_room.html", status=507)
        if form.is_valid():
            taken = tried(form, lambda told: services.receive(target, by=request.user, **told))
    finally:
        kept = {one.uuid for one in taken or []}
        for file in form.arrived:
            if file.uuid not in kept:
                file.discard()
    if not taken:
        return shown(request, "documents/upload.html", {"form": form, "target": target})
    messages.success(request, received(len(taken)))
    return redirect(place_of(target))


def received(count: int) -> str:
    return ngettext(
        "%(count)d file has arrived. It is examined now; that takes a moment.",
        "%(count)d files have arrived. They are examined now; that takes a moment.",
        count,
    ) % {"count": count}


def place_of(target: Target) -> str:
    if target.document:
        return target.document.get_absolute_url()
    if target.step:
        return target.step.get_absolute_url()
    return reverse("documents:documents", args=[target.participation.reference])
