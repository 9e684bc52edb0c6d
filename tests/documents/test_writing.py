"""A paper that Koraci writes: read on its page, fetched, kept as a version like any other."""

import hashlib

import pytest
from django.urls import reverse

from documents.models import MADE_HERE, Document, Version, Written
from documents.services.verifying import verify
from tests.documents.papers.test_sheets import needs_pango
from tests.documents.uploaded import download_url
from tests.documents.writing import (
    SIGNED,
    content_of,
    downloaded,
    file_url,
    keep,
    page_url,
    words_of,
)
from tests.stepping import the_step
from tests.workflow.pages.reading import buttons, read, send, text
from tests.workflow.pages.visiting import queries_of, signed_in

AT_MOST = 15
KEY = {"idempotency_key": "0" * 32}


@pytest.fixture
def case(make_participation):
    """At the stage where a memorandum makes sense."""
    return make_participation("memorandum")


def test_the_papers_of_the_stage_are_offered_where_papers_are(client, case, coordinator):
    papers = read(client, coordinator, reverse("documents:documents", args=[case.reference]))
    case_page = text(read(client, coordinator, case.get_absolute_url()))

    for title in ("Memorandum of cooperation", "Transition record", "Next steps", "Case summary"):
        assert title in text(papers)
    assert page_url(case) in papers.content.decode()
    assert "Papers that Koraci writes for you" in case_page


@pytest.mark.parametrize(
    ("who", "status"), [("mentor", 200), ("observer", 403), ("evaluator", 403)]
)
def test_only_who_is_offered_a_paper_reads_it(client, request, person, case, who, status):
    user = person("mentor", over=case) if who == "mentor" else request.getfixturevalue(who)

    assert read(client, user, page_url(case)).status_code == status
    assert read(client, user, file_url(case)).status_code == status


def test_for_a_stranger_nothing_is_there(client, case, stranger, coordinator):
    assert read(client, stranger, page_url(case)).status_code == 404
    assert read(client, coordinator, page_url(case, "diploma")).status_code == 404


def test_looking_at_a_paper_and_fetching_it_records_nothing(client, case, coordinator):
    before = case.entries.count()

    page = read(client, coordinator, page_url(case))
    file = read(client, coordinator, file_url(case))

    assert "За општину: Кикинда" in text(page)
    assert "За општину: Кикинда" in downloaded(file)
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Disposition"].startswith("attachment")
    assert (case.entries.count(), Version.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("language", "tag", "sentence"),
    [
        ("sr", "sr-Cyrl", "За општину: Кикинда"),
        ("sr-latn", "sr-Latn", "Za opštinu: Kikinda"),
        ("bs", "bs", "Za općinu: Kikinda"),
        ("en", "en", "For the municipality: Kikinda"),
    ],
)
def test_language_and_script_are_chosen_on_the_page(
    client, case, coordinator, language, tag, sentence
):
    page = read(client, coordinator, page_url(case, language=language))

    assert sentence in text(page)
    assert f'<div class="prose" lang="{tag}">' in page.content.decode()
    assert sentence in downloaded(read(client, coordinator, file_url(case, language=language)))


def test_a_programme_that_writes_in_latin_gets_latin(client, case, programme, coordinator):
    programme.languages = ["sr-latn", "en"]
    programme.save()

    assert "Za opštinu: Kikinda" in text(read(client, coordinator, page_url(case)))


def test_what_the_address_misspells_is_the_usual(client, case, coordinator):
    page = read(client, coordinator, page_url(case, language="xx", format="exe"))

    assert "За општину: Кикинда" in text(page)
    nothing = page_url(case, "transition_record", decision="999")
    assert read(client, coordinator, nothing).status_code == 404


def test_a_kept_paper_is_a_version_like_any_other(client, case, coordinator):
    version = keep(client, coordinator, page_url(case))

    entry = case.entries.latest("seq")
    content = content_of(version)
    assert (version.number, version.by, version.role) == (1, coordinator, "coordinator")
    assert (version.sha256, version.size) == (hashlib.sha256(content).hexdigest(), len(content))
    assert version.scan == MADE_HERE
    assert (version.document.kind, version.document.visibility) == ("memorandum", "participants")
    assert entry.verb == "add_document"
    assert entry.facts["sha256"] == version.sha256
    assert (entry.facts["written"], entry.facts["language"]) == ("memorandum", "sr")
    assert verify().damages == []


def test_the_page_of_a_kept_paper_says_who_wrote_it(client, case, coordinator, auditor):
    version = keep(client, coordinator, page_url(case, language="en"))

    page = text(read(client, coordinator, version.document.get_absolute_url()))
    entry = case.entries.latest("seq")
    told = text(read(client, auditor, reverse("workflow:entry", args=[entry.pk])))

    assert "Memorandum of cooperation" in page
    assert "Written by Koraci, kept" in page
    assert "not needed: Koraci wrote this paper itself" in page
    assert "Written by Koraci Memorandum of cooperation" in told
    assert "Language and script English" in told


def test_it_is_downloaded_as_every_other_with_an_entry(client, case, coordinator, manager):
    version = keep(client, coordinator, page_url(case))

    answer = read(client, manager, download_url(version))

    assert "За општину: Кикинда" in downloaded(answer)
    assert case.entries.latest("seq").verb == "download"


def test_the_same_paper_again_is_its_next_version_with_a_reason(client, case, coordinator, manager):
    first = keep(client, coordinator, page_url(case))
    page = read(client, manager, page_url(case))

    refused = send(client, manager, page_url(case), {"reason": " "})
    second = keep(client, manager, page_url(case), reason="A new signatory.")

    assert "Keep as version 2" in buttons(page)
    assert refused.status_code == 422
    assert (second.document, second.number, second.reason) == (
        first.document, 2, "A new signatory.",
    )  # fmt: skip
    assert Document.objects.count() == 1


def test_in_another_language_it_is_another_paper(client, case, coordinator):
    first = keep(client, coordinator, page_url(case))
    other = keep(client, coordinator, page_url(case, language="bs"))

    assert first.document != other.document
    assert other.number == 1


def test_each_decision_has_a_record_of_its_own(client, case, coordinator, manager, perform):
    word = {"format": "docx", "language": "sr-latn"}
    first = keep(client, coordinator, page_url(case, "transition_record", **word))
    perform(case, "start_assessment", by=manager)
    second = keep(client, coordinator, page_url(case, "transition_record", **word))
    decisions = case.entries.transitions().order_by("seq")

    again = send(
        client, coordinator,
        page_url(case, "transition_record", decision=decisions[0].seq, **word),
        {"reason": "Once more."},
    )  # fmt: skip

    assert [one.decision for one in Written.objects.order_by("pk")[:2]] == list(decisions)
    assert first.document != second.document
    assert second.document.title == "Zapisnik o prelasku: Memorandum → Procena"
    assert again.url == first.document.get_absolute_url()
    assert "Memorandum → Procena" in words_of(second)


@needs_pango
def test_a_sheet_is_kept_as_pdf(client, case, coordinator):
    version = keep(client, coordinator, page_url(case, "next_steps"))

    assert version.content_type == "application/pdf"
    assert content_of(version).startswith(b"%PDF-")
    assert version.name.endswith("Следећи кораци.pdf")


def test_who_only_reads_is_told_who_keeps_it(client, case, auditor):
    url = page_url(case, "transition_record", format="docx")
    page = read(client, auditor, url)

    assert "It is kept by: Coordinator" in text(page)
    assert not any("Keep as version" in one for one in buttons(page))
    assert send(client, auditor, url, {"expected": "as read"} | KEY).status_code == 403


def test_for_the_step_that_asks_for_it_it_is_filed_there(
    client, make_participation, signatory, coordinator
):
    case = make_participation("memorandum", stages={"memorandum": [SIGNED]})
    step = the_step(case, "memorandum_signed")

    offered = text(read(client, signatory, step.get_absolute_url()))
    version = keep(client, signatory, page_url(case))
    loose = keep(client, coordinator, page_url(case))

    assert "Let Koraci write it: Memorandum of cooperation" in offered
    assert version.document.step == step
    assert case.entries.latest("seq").step is None
    assert loose.document.step is None  # the coordinator does not owe that step
    assert loose.document != version.document


def test_what_bears_no_signature_is_not_handed_in_by_default(client, make_participation, signatory):
    case = make_participation("memorandum", stages={"memorandum": [SIGNED]})
    version = keep(client, signatory, page_url(case))

    page = read(client, signatory, the_step(case, "memorandum_signed").get_absolute_url())

    box = page.content.decode().partition(f'value="{version.uuid}"')[2].partition(">")[0]
    assert box
    assert "checked" not in box


def test_the_queries_of_the_page_do_not_grow_with_what_is_kept(
    client, case, coordinator, manager, perform
):
    visitor, url = signed_in(coordinator), page_url(case)
    record = page_url(case, "transition_record", format="docx")
    keep(client, coordinator, url)
    few = [queries_of(visitor, one) for one in (url, record)]
    for number in range(3):
        keep(client, coordinator, url, reason=f"Number {number}.")
    perform(case, "hold", by=manager)

    assert [queries_of(visitor, one) for one in (url, record)] == few
    assert few[0] <= AT_MOST
    assert few[1] <= AT_MOST + 1  # its decisions are a choice of the page, too


def test_a_kept_paper_is_found_by_its_words_and_compared_with_the_next(client, case, coordinator):
    first = keep(client, coordinator, page_url(case))
    keep(client, coordinator, page_url(case), reason="Once more.")

    groups = read(client, coordinator, "/search/?q=potpisnik+kikinda").context["search"].groups
    page = text(read(client, coordinator, first.document.get_absolute_url()))

    assert "За општину: Кикинда" in first.read_text.text
    assert [len(one.hits) for one in groups if one.name == "papers"] == [1]
    assert "What changed since version 1" in page


def test_at_another_stage_the_page_says_so_and_leads_to_the_papers(
    client, make_participation, coordinator
):
    case = make_participation("strategy_adopted")

    page = read(client, coordinator, page_url(case))
    file = client.get(reverse("documents:written_paper", args=[case.reference, "memorandum"]))

    assert "This paper belongs to another stage than the present one." in text(page)
    assert reverse("documents:documents", args=[case.reference]) in page.content.decode()
    assert "Keep as version 1" not in buttons(page)
    assert file.url == page_url(case)
