"""The papers of a participation, of a step, and one paper with its versions."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from documents.models import Document, Intake, Version
from documents.models.document import READS
from documents.pages.written import offer_for, offers
from documents.services.keeping import in_use
from workflow.models import Participation, Step
from workflow.pages.standing import Standing

A_PAGE = 50
IN_SHORT = 5
REFUSED_SHOWN_FOR = timedelta(days=14)
MOST_REFUSED = 10
LONG = ["read_text__text", "read_text__words"]  # not read for a page that does not show them


@dataclass(frozen=True)
class Uploads:
    """The uploads that are on their way, and those that were refused lately."""

    running: list[Intake]
    refused: list[Intake]

    @classmethod
    def among(cls, rows: Any, here: Standing) -> "Uploads":
        """Of those that the person may read once they are kept. Two queries."""
        since = timezone.now() - REFUSED_SHOWN_FOR
        rows = rows.filter(visibility__in=[each for each, act in READS.items() if here.may(act)])
        refused = rows.filter(status=Intake.Status.REFUSED, received_at__gte=since)
        return cls(list(rows.running().order_by("pk")), list(refused[:MOST_REFUSED]))


def papers_page(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """Every paper that this person may read, the newest first."""
    here = Standing(request.user, participation)
    documents = participation.documents.readable(here).with_versions()
    page = Paginator(documents, A_PAGE).get_page(request.GET.get("page"))
    return {
        "participation": participation,
        "page": page,
        "uploads": Uploads.among(participation.intakes.filter(document=None), here),
        "may_upload": participation.is_open and here.may("upload"),
        "offers": offers(participation, here),
        "here_url": reverse("documents:documents", args=[participation.reference]),
    }


def panel(request: HttpRequest, participation: Participation) -> dict[str, Any]:
    """The newest papers on the page of the participation. Three queries."""
    here = Standing(request.user, participation)
    documents = participation.documents.readable(here)
    return {
        "participation": participation,
        "documents": list(documents.with_versions()[:IN_SHORT]),
        "count": documents.count(),
        "may_upload": participation.is_open and here.may("upload"),
        "offers": offers(participation, here),
    }


def section(request: HttpRequest, step: Step) -> dict[str, Any] | None:
    """What was uploaded for a step, on its page; nothing for who reads no papers."""
    here = Standing(request.user, step.participation)
    if not here.may("view_documents"):
        return None
    is_taken = step.is_in_present_stage and step.is_owed and not step.waits_for
    documents = list(step.documents.readable(here).with_versions().order_by("pk"))
    uploads = Uploads.among(step.intakes.all(), here)
    return {
        "step": step,
        "documents": documents,
        "uploads": uploads,
        # Before there is anything to hand in, uploading is what there is to do.
        "comes_first": not uploads.running and not any(one.present for one in documents),
        "may_upload": is_taken and here.may("upload", roles=[step.role]),
        "with_names": here.may("view_people"),
        "offer": offer_for(step, here) if is_taken else None,
        "here_url": step.get_absolute_url(),
    }


def paper_page(request: HttpRequest, document: Document) -> dict[str, Any]:
    """One paper: its versions, the newest first, and what this person may do with it."""
    here = Standing(request.user, document.participation)
    rows = document.versions.select_related("by", "withdrawn_by", "read_text").defer(*LONG)
    versions, used = list(rows), in_use(document)
    return {
        "document": document,
        "participation": document.participation,
        "step": document.step,
        "versions": versions,
        "withdrawable": {one.pk for one in versions if may_withdraw(one, here, used)},
        "with_names": here.may("view_people"),
        "uploads": Uploads.among(document.intakes.all(), here),
        "may_upload": may_replace(document, here),
        "may_publish": here.may("publish_document"),
        "here_url": document.get_absolute_url(),
    }


def may_replace(document: Document, here: Standing) -> bool:
    step = document.step
    if step is None:
        return document.participation.is_open and here.may("upload")
    is_taken = step.is_in_present_stage and step.is_owed
    return is_taken and here.may("upload", roles=[step.role])


def may_withdraw(version: Version, here: Standing, used: set[str]) -> bool:
    """Not what is withdrawn already, nor while a step rests on it (`used`)."""
    is_own = version.by_id == here.user.pk and here.may("withdraw_version")
    is_free = not version.is_withdrawn and str(version.uuid) not in used
    return is_free and (is_own or here.may("publish_document"))
