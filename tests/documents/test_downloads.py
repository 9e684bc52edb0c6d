"""Downloads: the right is asked, an entry is written, and nothing is ever shown inline."""

import pytest
from django.urls import reverse

from documents.models import Visibility
from tests.documents.arriving import PDF, published
from tests.documents.stores import ON_BOTH
from tests.documents.uploaded import download_url, keep, keep_loose, pdf
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text


def fetched(client, by, version):
    answer = read(client, by, download_url(version))
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, content


@ON_BOTH
def test_it_comes_as_a_file_to_be_saved_and_nothing_in_it_runs(client, case, coordinator):
    version = keep(client, coordinator, the_step(case, "strategy"), pdf("Стратегија 2009.pdf"))

    answer, content = fetched(client, coordinator, version)

    assert content == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Length"] == str(len(PDF))
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%D0%A1")
    assert "\n" not in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["Cache-Control"] == "no-store"


def test_the_auditor_reads_who_downloaded_what(client, case, coordinator, manager, auditor):
    version = keep_loose(client, coordinator, case)

    fetched(client, manager, version)

    entry = case.entries.latest("seq")
    assert (entry.verb, entry.by, entry.role) == ("download", manager, "programme_manager")
    assert entry.facts["version"] == str(version.uuid)
    log = read(client, auditor, f"{reverse('workflow:log')}?kind=download")
    assert "Paper downloaded" in text(log)
    assert "Paper downloaded" not in text(read(client, manager, case.get_absolute_url()))


READERS = {
    "participants": {"manager", "mentor", "evaluator", "coordinator", "signatory", "auditor"},
    "internal": {"manager", "mentor", "evaluator", "auditor"},
    "public": {
        "manager", "mentor", "evaluator", "coordinator", "signatory", "auditor", "observer",
        "administrator",
    },
}  # fmt: skip
EVERYBODY = sorted(READERS["public"] | {"stranger"})


@pytest.fixture
def mentor(person, case):
    return person("mentor", over=case)


@pytest.fixture
def administrator(person, programme):
    return person("administrator", over=programme)


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("who", EVERYBODY)
def test_who_may_read_it_by_its_visibility(
    client, request, case, coordinator, manager, visibility, who
):
    version = keep_loose(client, coordinator, case)
    if visibility != "participants":
        published(version, by=manager, visibility=visibility)
    reader = request.getfixturevalue(who)
    before = case.entries.count()

    answer, content = fetched(client, reader, version)

    may = who in READERS[visibility]
    assert (content == PDF) == may
    if not may:
        sees_none = who == "stranger" or visibility == "internal"
        assert answer.status_code == (404 if sees_none else 403)
    assert case.entries.count() - before == (1 if may else 0)


@ON_BOTH
def test_a_missing_object_is_an_incident_in_words(client, case, coordinator, storage, caplog):
    version = keep_loose(client, coordinator, case)
    storage.lose(str(version.uuid))
    before = case.entries.count()

    answer, _content = fetched(client, coordinator, version)

    assert answer.status_code == 503
    assert "This is an incident" in text(answer)
    assert str(version.uuid) in text(answer)
    assert str(version.uuid) in caplog.text
    assert case.entries.count() == before


@ON_BOTH
def test_while_the_store_does_not_answer_the_page_says_so(client, case, coordinator, storage):
    version = keep_loose(client, coordinator, case)
    storage.break_down()
    before = case.entries.count()

    answer, _content = fetched(client, coordinator, version)

    assert answer.status_code == 503
    assert "The storage of the papers does not answer." in text(answer)
    assert case.entries.count() == before
    storage.mend()
    assert fetched(client, coordinator, version)[1] == PDF


def test_asking_for_the_head_alone_is_no_download(client, case, coordinator):
    version = keep_loose(client, coordinator, case)
    client.force_login(coordinator)
    before = case.entries.count()

    answer = client.head(download_url(version))

    assert answer.status_code == 405
    assert case.entries.count() == before


def test_the_right_is_judged_at_each_download(client, case, coordinator, system):
    from workflow import services

    version = keep_loose(client, coordinator, case)
    assert fetched(client, coordinator, version)[1] == PDF

    services.end_mandate(coordinator.mandates.get(), by=system)

    assert fetched(client, coordinator, version)[0].status_code == 404
