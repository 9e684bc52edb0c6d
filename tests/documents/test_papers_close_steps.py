"""From the file to the closed step: uploaded, examined, kept, handed in, accepted, downloaded."""

import hashlib
import re

from django.urls import reverse

from documents.models import Document, Intake, Version
from tests.documents.arriving import PDF, examine_all
from tests.documents.stores import ON_BOTH
from tests.documents.uploaded import (
    download_url,
    hand_in_papers,
    keep,
    pdf,
    send_files,
    upload_url,
)
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, send, text
from workflow import services
from workflow.models import Evidence, Participation
from workflow.readiness import readiness


@ON_BOTH
def test_a_paper_closes_its_step_and_readiness_turns(
    client, case, coordinator, manager, auditor, storage
):
    step = the_step(case, "strategy")
    assert not readiness(Participation.objects.get(pk=case.pk), "adopt_strategy")

    answer = send_files(client, coordinator, upload_url(step))
    assert answer.url == step.get_absolute_url()
    assert "waits to be examined" in text(client.get(answer.url))
    assert examine_all() == 1
    [version] = Version.objects.all()
    page = text(read(client, coordinator, step.get_absolute_url()))
    assert "strategija.pdf, version 1" in page
    told = {"papers": str(version.uuid), "dated_on": "2.3.2026"}
    act = reverse("workflow:step_act", args=[case.reference, step.uuid, "hand_in"])
    assert send(client, coordinator, step.get_absolute_url(), told, to=act).status_code == 302
    act_on(services.accept_step, the_step(case, "strategy"), by=manager)
    paper = client.get(download_url(version))

    assert readiness(Participation.objects.get(pk=case.pk), "adopt_strategy")
    assert b"".join(paper.streaming_content) == PDF
    verbs = [entry.verb for entry in case.entries.order_by("seq")][-4:]
    assert verbs == ["add_document", "hand_in", "accept", "download"]
    assert storage.objects() == [str(version.uuid)]
    assert storage.waiting() == []


def test_the_version_says_what_was_uploaded(client, case, coordinator):
    version = keep(client, coordinator, the_step(case, "strategy"))

    assert (version.number, version.name) == (1, "strategija.pdf")
    assert version.sha256 == hashlib.sha256(PDF).hexdigest()
    assert (version.size, version.content_type) == (len(PDF), "application/pdf")
    assert (version.by, version.role) == (coordinator, "coordinator")
    document = version.document
    assert (document.kind, document.visibility) == ("strategy", "public")


def test_the_entry_names_the_fingerprint_and_never_the_name(client, case, coordinator):
    version = keep(client, coordinator, the_step(case, "strategy"), pdf("Petrović Ana.pdf"))

    entry = case.entries.get(verb="add_document")

    assert entry.facts == {
        "document": str(version.document.uuid),
        "version": str(version.uuid),
        "number": 1,
        "sha256": version.sha256,
        "size": len(PDF),
        "content_type": "application/pdf",
        "kind": "strategy",
        "visibility": "public",
    }
    assert "Petrović" not in entry.canonical
    assert (entry.by, entry.role, entry.function) == (
        coordinator, "coordinator", "coordinator of the office",
    )  # fmt: skip


def test_the_entry_of_handing_in_names_the_papers_it_relies_on(client, case, coordinator):
    version = keep(client, coordinator, the_step(case, "strategy"))

    entry = hand_in_papers(case, version, by=coordinator)

    [paper] = entry.facts["evidence"]["papers"]
    assert (paper["uuid"], paper["sha256"]) == (str(version.uuid), version.sha256)
    evidence = Evidence.objects.get()
    assert evidence.digest == evidence.digest_now() == entry.facts["evidence"]["digest"]


@ON_BOTH
def test_nothing_is_a_version_before_it_is_examined(client, case, coordinator, storage):
    step = the_step(case, "strategy")

    send_files(client, coordinator, upload_url(step))

    assert Document.objects.count() == Version.objects.count() == 0
    assert storage.objects() == []
    [intake] = Intake.objects.all()
    assert storage.waiting() == [str(intake.uuid)]
    page = text(read(client, coordinator, step.get_absolute_url()))
    assert "Nothing is uploaded for this step yet, or nothing examined." in page


def test_uploading_is_the_filled_button_until_there_is_a_version_to_hand_in(
    client, case, coordinator, storage
):
    step = the_step(case, "strategy")

    assert filled(client, coordinator, step) == ["Upload the paper"]
    send_files(client, coordinator, upload_url(step))
    assert filled(client, coordinator, step) == []  # it is being examined
    examine_all()
    assert filled(client, coordinator, step) == ["Hand in"]


def filled(client, who, step) -> list[str]:
    page = read(client, who, step.get_absolute_url()).content.decode()
    main = page[page.index("<main") :]
    return re.findall(r'<(?:a|button) class="btn"[^>]*>([^<]*)<', main)
