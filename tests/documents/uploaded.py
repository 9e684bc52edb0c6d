"""Papers as tests need them: files as they are chosen, uploaded through the form, examined."""

from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import Version
from tests.documents.arriving import PDF, examine_here
from tests.documents.intake.pdf_by_hand import pdf as made
from tests.stepping import the_step
from tests.workflow.pages.reading import send
from workflow.models import Participation, Step

PAPER = {"key": "strategy", "sr": "Стратегија", "en": "Strategy"}
STEP = {"evidence": "document", "demands": {"paper": PAPER, "visibility": "public"}}


def pdf(name: str = "strategija.pdf", text: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, made(catalog=b"/Said (%b)" % text.encode()) if text else PDF)


def assessed(make_participation, *steps) -> Participation:
    return make_participation("assessment", stages={"assessment": list(steps)})


def upload_url(step: Step) -> str:
    return reverse("documents:upload_for_step", args=[step.participation.reference, step.uuid])


def loose_url(case: Participation) -> str:
    return reverse("documents:upload", args=[case.reference])


def download_url(version: Version) -> str:
    return reverse("documents:download", args=[version.uuid])


def send_files(client, by, url: str, *files, **fields):
    """Through the form: open its page, choose the files, send; the answer."""
    return send(client, by, url, {"files": list(files) or [pdf()], **fields})


def keep(client, by, step: Step, *files, **fields) -> Version:
    """Uploaded for a step and kept; the newest version then."""
    assert send_files(client, by, upload_url(step), *files, **fields).status_code == 302
    examine_here()
    return Version.objects.order_by("-pk")[0]


def keep_loose(client, by, case: Participation, *files, **fields) -> Version:
    told = {"title": "Letter", "visibility": "participants"} | fields
    assert send_files(client, by, loose_url(case), *files, **told).status_code == 302
    examine_here()
    return Version.objects.order_by("-pk")[0]


def replace(client, by, version: Version, *files, reason: str = "Mended.") -> Version:
    """The next version of the same paper, kept."""
    url = reverse("documents:new_version", args=[version.document.uuid])
    assert send_files(client, by, url, *files, reason=reason).status_code == 302
    examine_here()
    return version.document.versions.first()


def evidence_of(*versions: Version) -> dict:
    return {"dated_on": "2026-03-02", "papers": [str(one.uuid) for one in versions]}


def hand_in_papers(case: Participation, *versions: Version, by, key: str = "strategy"):
    from workflow.services import hand_in

    step = the_step(case, key)
    return hand_in(
        step, evidence_of(*versions), by=by, expected_version=step.version, idempotency_key=uuid4()
    )
