"""Public papers on the public pages: only what was accepted, or published by the manager."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from documents.services import Target
from tests.documents.arriving import PDF, kept, published
from tests.documents.uploaded import hand_in_papers, keep, keep_loose, replace
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, send, text
from workflow import services


def public_page(client, case):
    client.logout()
    return client.get(reverse("public:municipality", args=["en", case.municipality.code]))


def programme_page(client, case):
    client.logout()
    return client.get(reverse("public:programme", args=["en", case.programme.key]))


def public_file(client, version):
    client.logout()
    answer = client.get(reverse("documents:public_download", args=[version.uuid]))
    answer.whole = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer


def test_a_paper_of_a_step_is_public_once_it_is_accepted(client, case, coordinator, manager):
    version = keep(client, coordinator, the_step(case, "strategy"))
    for page in (public_page, programme_page):
        assert "Published papers" not in text(page(client, case))
    assert public_file(client, version).status_code == 404
    hand_in_papers(case, version, by=coordinator)
    assert public_file(client, version).status_code == 404

    act_on(services.accept_step, the_step(case, "strategy"), by=manager)

    assert "Published papers Strategy (PDF, 1 kB)" in text(public_page(client, case))
    programme = text(programme_page(client, case))
    assert "Published papers Kikinda Strategy (PDF, 1 kB)" in programme
    answer = public_file(client, version)
    assert answer.whole == PDF
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_later_draft_does_not_replace_what_was_accepted(client, case, coordinator, manager):
    first = keep(client, coordinator, the_step(case, "strategy"))
    hand_in_papers(case, first, by=coordinator)
    act_on(services.accept_step, the_step(case, "strategy"), by=manager)
    act_on(services.reopen_step, the_step(case, "strategy"), by=manager, reason="A slip.")
    second = replace(client, coordinator, first)

    assert public_file(client, second).status_code == 404
    assert public_file(client, first).status_code == 200


def test_the_manager_publishes_and_takes_back(client, case, coordinator, manager):
    version = keep_loose(client, coordinator, case)
    url = reverse("documents:visibility", args=[version.document.uuid])
    told = {"visibility": "public", "reason": "Agreed.", "expected": "participants"}

    assert send(client, manager, url, told).status_code == 302
    shown = public_file(client, version).status_code
    entry = case.entries.latest("seq")
    back = {"visibility": "participants", "reason": "By mistake.", "expected": "public"}
    send(client, manager, url, back)

    assert shown == 200
    assert (entry.facts["before"], entry.facts["visibility"]) == ("participants", "public")
    assert public_file(client, version).status_code == 404
    assert "Letter" not in text(public_page(client, case))


def test_of_two_at_once_the_slower_one_reads_that_it_changed(client, case, coordinator, manager):
    version = keep_loose(client, coordinator, case)
    published(version, by=manager)
    url = reverse("documents:visibility", args=[version.document.uuid])

    answer = send(
        client, manager, url,
        {"visibility": "internal", "reason": "So.", "expected": "participants"},
    )  # fmt: skip

    assert answer.status_code == 409
    assert "Readers of a paper changed" in text(answer)


@pytest.mark.parametrize("who", ["coordinator", "auditor"])
def test_nobody_else_publishes(client, request, case, coordinator, who):
    version = keep_loose(client, coordinator, case)
    url = reverse("documents:visibility", args=[version.document.uuid])

    assert read(client, request.getfixturevalue(who), url).status_code == 403


def test_a_withdrawn_version_is_public_no_more(client, case, manager):
    from uuid import uuid4

    from documents import services as papers

    version = published(kept(Target(case), by=manager, title="Call"), by=manager)
    papers.withdraw_version(version, by=manager, reason="Wrong.", idempotency_key=uuid4())

    assert public_file(client, version).status_code == 404


def test_an_application_publishes_nothing(client, make_participation, manager):
    case = make_participation("application")
    version = published(kept(Target(case), by=manager, title="Call"), by=manager)

    assert public_file(client, version).status_code == 404


@pytest.mark.parametrize("page", [public_page, programme_page])
def test_public_pages_ask_the_same_for_one_paper_and_for_many(client, case, manager, page):
    published(kept(Target(case), by=manager, title="Call"), by=manager)
    few = queries_of(client, case, page)

    for number in range(12):
        published(kept(Target(case), by=manager, title=f"Call {number}"), by=manager)

    assert queries_of(client, case, page) == few
    assert text(page(client, case)).count("(PDF, 1 kB)") == 13


def queries_of(client, case, page) -> int:
    page(client, case)
    with CaptureQueriesContext(connection) as asked:
        page(client, case)
    return len(asked)
