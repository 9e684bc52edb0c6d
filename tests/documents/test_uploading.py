"""Uploads through the form: what is taken, what is refused in words, and that nothing stays."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from documents.intake import clean_name
from documents.models import Document, Intake, Version
from tests.documents.arriving import examine_all
from tests.documents.intake.pdf_by_hand import large_pdf
from tests.documents.uploaded import (
    keep,
    keep_loose,
    loose_url,
    pdf,
    replace,
    send_files,
    upload_url,
)
from tests.stepping import the_step
from tests.workflow.pages.reading import hidden, read, text

NEARLY_TWO_MB = large_pdf(1_999_000)


def test_several_files_at_once_become_papers_of_their_own(client, case, coordinator):
    step = the_step(case, "strategy")

    send_files(client, coordinator, upload_url(step), pdf("a.pdf"), pdf("b.pdf", "b"))
    examine_all()

    assert [one.name for one in Version.objects.order_by("pk")] == ["a.pdf", "b.pdf"]
    assert Document.objects.filter(step=step).count() == 2


def test_the_form_works_without_script_and_says_what_is_allowed(client, case, coordinator):
    page = read(client, coordinator, upload_url(the_step(case, "strategy")))

    html = page.content.decode()
    assert 'method="post" enctype="multipart/form-data"' in html
    assert "PDF, DOCX, XLSX, ODT, ODS, JPG, PNG; at most 50 MB each." in text(page)
    assert "Wanted: Strategy" in text(page)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (
            SimpleUploadedFile("a.svg", b"<svg/>"),
            "a.svg: Files that end with “.svg” are",
        ),
        (SimpleUploadedFile("a.pdf", b"MZ\x90"), "a.pdf: The name says PDF, but the content is"),
        (SimpleUploadedFile("a.pdf", b""), "a.pdf: The file is empty."),
        (SimpleUploadedFile("a.pdf", NEARLY_TWO_MB), "a.pdf: The file is too large."),
    ],
    ids=["kind", "content", "empty", "too large"],
)
def test_a_file_that_cannot_be_kept_is_refused_in_words(
    client, case, coordinator, storage, settings, file, said
):
    settings.UPLOAD_LIMIT_MB = 1
    file.seek(0)

    answer = send_files(client, coordinator, upload_url(the_step(case, "strategy")), file, pdf())

    assert answer.status_code == 422
    assert said in text(answer)
    assert Intake.objects.count() == 0
    assert storage.waiting() == []


def test_without_a_file_the_form_asks_for_one(client, case, coordinator):
    url = upload_url(the_step(case, "strategy"))

    answer = client.post(url, hidden(read(client, coordinator, url)))

    assert answer.status_code == 422
    assert "Choose the file with the paper." in text(answer)


def test_sent_twice_it_is_taken_once(client, case, coordinator, storage):
    url = upload_url(the_step(case, "strategy"))
    fields = hidden(read(client, coordinator, url))

    answers = [client.post(url, fields | {"files": [pdf()]}).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert Intake.objects.count() == len(storage.waiting()) == 1


def test_the_same_key_with_another_file_is_refused(client, case, coordinator, storage):
    url = upload_url(the_step(case, "strategy"))
    fields = hidden(read(client, coordinator, url))
    client.post(url, fields | {"files": [pdf()]})

    answer = client.post(url, fields | {"files": [pdf(text="another")]})

    assert answer.status_code == 422
    assert Intake.objects.count() == len(storage.waiting()) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("signatory", 403), ("manager", 403), ("auditor", 403), ("observer", 403), ("stranger", 404)],
)
def test_only_who_owes_the_step_uploads_for_it(client, request, case, storage, who, status):
    client.force_login(request.getfixturevalue(who))

    answer = client.post(upload_url(the_step(case, "strategy")), {"files": [pdf()]})

    assert answer.status_code == status
    assert Intake.objects.count() == 0
    assert not storage.quarantine.exists()  # not a byte of it was written


def test_without_its_token_the_form_is_refused(case, coordinator, storage):
    client = Client(enforce_csrf_checks=True)
    client.force_login(coordinator)

    answer = client.post(upload_url(the_step(case, "strategy")), {"files": [pdf()]})

    assert answer.status_code == 403
    assert Intake.objects.count() == 0


def test_a_step_that_is_not_owed_takes_nothing(client, case, coordinator, manager, perform):
    step = the_step(case, "strategy")
    perform(case, "hold", by=manager)
    step.status = "accepted"
    step.save()

    answer = send_files(client, coordinator, upload_url(step))

    assert answer.status_code == 422
    assert "There is nothing to hand in" in text(answer)


def test_a_municipality_has_so_much_room_and_no_more(client, case, coordinator, settings, storage):
    settings.UPLOAD_QUOTA_MB = 3
    step = the_step(case, "strategy")
    keep(client, coordinator, step, SimpleUploadedFile("a.pdf", NEARLY_TWO_MB))

    answer = send_files(
        client, coordinator, upload_url(step), SimpleUploadedFile("b.pdf", NEARLY_TWO_MB)
    )

    assert answer.status_code == 422
    assert "may take 3 MB together" in text(answer)
    assert storage.waiting() == []


def test_a_loose_paper_has_a_title_and_readers(client, case, coordinator):
    version = keep_loose(client, coordinator, case, title="Letter of the mayor")

    document = version.document
    assert (document.name, document.step) == ("Letter of the mayor", None)
    assert document.visibility == "participants"


def test_nobody_uploads_what_they_may_not_read(client, case, coordinator):
    answer = send_files(client, coordinator, loose_url(case), title="Letter", visibility="internal")

    assert answer.status_code == 422
    assert Intake.objects.count() == 0


def test_a_new_version_says_why(client, case, coordinator):
    first = keep(client, coordinator, the_step(case, "strategy"))
    url = reverse("documents:new_version", args=[first.document.uuid])

    without = send_files(client, coordinator, url)
    second = replace(client, coordinator, first, reason="Figures mended.")

    assert without.status_code == 422
    assert (second.document, second.number, second.reason) == (first.document, 2, "Figures mended.")
    assert list(first.document.versions.values_list("number", flat=True)) == [2, 1]


def test_what_was_uploaded_to_an_ended_participation_is_refused(
    client, case, coordinator, manager, perform
):
    perform(case, "discontinue", by=manager)

    answer = send_files(client, manager, loose_url(case), title="L", visibility="participants")

    assert answer.status_code == 422
    assert "has ended" in text(answer)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Стратегија 2009.pdf", "Стратегија 2009.pdf"),
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe.pdf", "planfdp.exe.pdf"),
        ("plan\r\nX: y.pdf", "planX: y.pdf"),
        ("\x00", "document"),
        ("ж" * 200 + ".docx", "ж" * 72 + ".docx"),
    ],
)
def test_a_name_is_only_shown_and_hides_nothing(name, shown):
    assert clean_name(name) == shown
    assert len(clean_name(name).encode()) <= 150


def test_a_composed_and_a_decomposed_name_are_one():
    assert clean_name("C\u030cac\u030cak.pdf") == "Čačak.pdf"
