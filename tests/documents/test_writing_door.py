"""The door of the papers that Koraci writes: once for each form, whole or not at all."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import connection

from documents import services
from documents.models import Document, Version
from documents.services.sweeping import sweep
from documents.services.writing import CHANGED
from documents.storage.disk import DiskStorage
from documents.template_triggers import OF_TEMPLATES
from tests.clock import after
from tests.documents.arriving import read_here
from tests.documents.writing import SIGNED, page_url, wanted
from tests.stepping import the_step
from tests.workflow.pages.reading import hidden, read, send, text
from workflow.errors import NotAllowed, Refused
from workflow.gaps import find_gaps
from workflow.models import KeyReused


@pytest.fixture
def case(make_participation):
    return make_participation("memorandum")


def keep(paper, *, by, **told):
    usual = {"expected": paper.fingerprint, "idempotency_key": uuid4()}
    with patch("documents.services.reading.read_apart", read_here):
        return services.keep_written(paper, by=by, **usual | told)


def test_the_same_form_twice_keeps_one_version(case, coordinator, storage):
    key, paper = uuid4(), wanted(case)

    first = keep(paper, by=coordinator, idempotency_key=key)
    again = keep(wanted(case), by=coordinator, idempotency_key=key, expected=paper.fingerprint)

    assert again == first
    assert Version.objects.count() == 1
    assert len(storage.objects()) == 1


def test_the_same_key_with_another_paper_is_refused(case, coordinator):
    key = uuid4()
    keep(wanted(case), by=coordinator, idempotency_key=key)

    with pytest.raises(KeyReused):
        keep(wanted(case, language="bs"), by=coordinator, idempotency_key=key)


def test_while_the_storage_is_down_nothing_is_on_record(client, case, coordinator, storage):
    before = case.entries.count()
    storage.documents.parent.joinpath("documents").touch()  # where the folder would be

    answer = send(client, coordinator, page_url(case))

    assert answer.status_code == 503
    assert "Nothing was kept; try later." in text(answer)
    assert (Document.objects.count(), Version.objects.count()) == (0, 0)
    assert case.entries.count() == before
    storage.documents.unlink()
    assert client.post(page_url(case), hidden(answer)).status_code == 302


def test_only_what_was_read_is_kept(client, case, coordinator, manager, perform):
    """Somebody decided in between: the page is shown anew, and what it shows now is kept."""
    page = read(client, coordinator, page_url(case, "next_steps", format="docx"))
    perform(case, "start_assessment", by=manager)

    url = page_url(case, "next_steps", format="docx")
    late = client.post(url, hidden(page))
    then = client.post(url, hidden(late))

    assert late.status_code == 422
    assert str(CHANGED) in text(late)
    assert "Процена" in text(late)
    assert then.status_code == 302


def test_who_was_slower_says_why_theirs_replaces_the_other(client, case, coordinator, manager):
    page = read(client, manager, page_url(case))
    keep(wanted(case), by=coordinator)

    client.force_login(manager)
    late = client.post(page_url(case), hidden(page))

    assert late.status_code == 422
    assert "This paper is kept already." in text(late)
    assert "Why it replaces the version before" in text(late)
    assert "Keep as version 2" in text(late)
    assert Version.objects.count() == 1


def test_a_change_after_the_first_look_is_found_inside_the_lock(case, coordinator, settings):
    """While the object is being stored a second person keeps the same paper."""
    there = settings.STORAGES["documents"] | {"BACKEND": f"{__name__}.Slow"}
    settings.STORAGES = settings.STORAGES | {"documents": there}
    Slow.meanwhile = [lambda: keep(wanted(case), by=coordinator)]

    with pytest.raises(Refused, match="has changed"):
        keep(wanted(case), by=coordinator)

    assert Version.objects.get().number == 1


class Slow(DiskStorage):
    """A storage that takes so long that other things happen."""

    meanwhile: list[Callable[[], Any]] = []

    def _save(self, name: str, content: Any) -> str:
        if self.meanwhile:
            self.meanwhile.pop()()
        return super()._save(name, content)


@pytest.mark.parametrize("who", ["auditor", "observer", "evaluator", "stranger"])
def test_nobody_else_keeps_a_paper(case, request, who):
    with pytest.raises(NotAllowed):
        keep(wanted(case), by=request.getfixturevalue(who))


def test_only_who_owes_the_step_keeps_a_paper_for_it(make_participation, coordinator, signatory):
    case = make_participation("memorandum", stages={"memorandum": [SIGNED]})
    step = the_step(case, "memorandum_signed")

    with pytest.raises(NotAllowed):
        keep(wanted(case, step=step), by=coordinator)
    with pytest.raises(Refused, match="another paper"):
        keep(wanted(case, "appointment_decision", step=step), by=signatory)


def test_at_another_stage_it_is_not_written(make_participation, coordinator):
    case = make_participation("assessment")

    with pytest.raises(Refused, match="another stage"):
        keep(wanted(case), by=coordinator)


def test_once_ended_nothing_is_kept_but_everything_is_read(
    client, case, signatory, manager, perform
):
    perform(case, "withdraw", by=manager)
    url = page_url(case, "next_steps", format="docx")

    page = read(client, signatory, url)

    assert "This participation has ended" in text(page)
    with pytest.raises(Refused, match="has ended"):
        keep(wanted(case, "next_steps"), by=signatory)


def test_the_quota_counts_it_and_the_object_without_a_row_is_swept_away(
    case, coordinator, settings, storage
):
    settings.UPLOAD_QUOTA_MB = 0

    with pytest.raises(Refused, match="used up"):
        keep(wanted(case), by=coordinator)

    assert Version.objects.count() == 0
    assert len(storage.objects()) == 1
    with after(hours=25):
        sweep()
    assert storage.objects() == []


TAMPERINGS = {
    "another language": "UPDATE documents_written SET language = 'bs'",
    "another paper": "UPDATE documents_written SET paper = 'next_steps'",
    "no longer written here": "DELETE FROM documents_written",
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_what_was_changed_of_it_behind_the_doors_is_named(case, coordinator, name):
    keep(wanted(case), by=coordinator)
    assert find_gaps().damages == []
    with connection.cursor() as cursor:
        for removal in OF_TEMPLATES.removals(connection.vendor):
            cursor.execute(removal)
        cursor.execute(TAMPERINGS[name])

    told = [str(damage) for damage in find_gaps().damages]

    assert any("is not what the log says it is" in one for one in told), told
