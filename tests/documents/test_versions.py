"""A version never changes: it may be withdrawn, once, and stays in the record."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from documents.models import Document, Version
from documents.triggers import OF_PAPERS
from tests.documents.uploaded import hand_in_papers, keep, replace
from tests.stepping import act_on, the_step
from tests.workflow.pages.reading import read, send, text
from workflow import services

BYPASSES = {
    "another name": "UPDATE documents_version SET name = 'x.pdf'",
    "another fingerprint": "UPDATE documents_version SET sha256 = 'f'",
    "another size": "UPDATE documents_version SET size = 1",
    "another number": "UPDATE documents_version SET number = 7",
    "another type": "UPDATE documents_version SET content_type = 'text/html'",
    "another person": "UPDATE documents_version SET by_id = (SELECT MIN(id) FROM accounts_user)",
    "another role": "UPDATE documents_version SET role = 'mentor'",
    "another time": "UPDATE documents_version SET received_at = '2001-01-01'",
    "another uuid": "UPDATE documents_version SET uuid = '{uuid}'",
    "another reason": "UPDATE documents_version SET reason = 'x'",
    "gone": "DELETE FROM documents_version",
    "the paper gone": "DELETE FROM documents_document",
    "the paper without its step": "UPDATE documents_document SET step_id = NULL",
    "the paper of another kind": "UPDATE documents_document SET kind = 'x'",
}
ON_SQLITE = {
    "replaced": """INSERT OR REPLACE INTO documents_version SELECT id, uuid, number, 'x.pdf', size,
        sha256, content_type, role, received_at, reason, scan, signatures, withdrawn_at,
        withdrawn_because, by_id, document_id, withdrawn_by_id FROM documents_version""",
}
ON_POSTGRESQL = {
    "emptied": "TRUNCATE documents_version CASCADE",
    "as a replica": "SET LOCAL session_replication_role = replica;"
    "UPDATE documents_version SET name = 'x.pdf'",
}
OF_THE_OTHER = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL
ALL = BYPASSES | OF_THE_OTHER


@pytest.fixture
def version(client, case, coordinator):
    return keep(client, coordinator, the_step(case, "strategy"))


@pytest.mark.parametrize("name", ALL)
def test_the_database_itself_refuses(version, name):
    before = list(Version.objects.values()), list(Document.objects.values())
    statement = ALL[name].format(uuid="0" * 32)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert (list(Version.objects.values()), list(Document.objects.values())) == before


def test_so_does_saving_a_changed_one(version):
    version.name = "other.pdf"

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()


def test_the_triggers_are_asked_for_by_the_system_check():
    from workflow.checks import wanted

    assert OF_PAPERS.names(connection.vendor) <= wanted(connection.vendor, set(OF_PAPERS.tables))


def withdraw(client, by, version, reason="Wrong file."):
    url = reverse("documents:withdraw_version", args=[version.uuid])
    return send(client, by, url, {"reason": reason})


def test_its_uploader_withdraws_it_with_a_reason(client, version, coordinator, case):
    answer = withdraw(client, coordinator, version)

    assert answer.url == version.document.get_absolute_url()
    version.refresh_from_db()
    assert version.is_withdrawn
    assert version.withdrawn_because == "Wrong file."
    assert case.entries.latest("seq").verb == "withdraw_version"
    page = text(read(client, coordinator, version.document.get_absolute_url()))
    assert "Version 1 withdrawn" in page
    assert "Wrong file." in page


def test_once_withdrawn_it_stays_so(client, version, coordinator):
    withdraw(client, coordinator, version)
    version.refresh_from_db()
    version.withdrawn_at, version.withdrawn_by, version.withdrawn_because = None, None, ""

    with pytest.raises(DatabaseError), transaction.atomic():
        version.save()

    assert "withdrawn already" in text(withdraw(client, coordinator, version))


@pytest.mark.parametrize(("who", "status"), [("manager", 302), ("signatory", 403)])
def test_nobody_else_but_the_manager_withdraws_it(client, request, version, who, status):
    assert withdraw(client, request.getfixturevalue(who), version).status_code == status


def test_a_version_on_which_a_step_rests_is_not_withdrawn(
    client, version, case, coordinator, manager
):
    hand_in_papers(case, version, by=coordinator)
    page = version.document.get_absolute_url()

    offered = "Withdraw this version" in text(read(client, coordinator, page))
    waiting = withdraw(client, coordinator, version)
    act_on(
        services.return_step, the_step(case, "strategy"), by=manager, remarks=["Mend the figures."]
    )
    offered_then = "Withdraw this version" in text(read(client, coordinator, page))
    returned = withdraw(client, coordinator, version)

    assert (offered, offered_then) == (False, True)

    assert waiting.status_code == 422
    assert "A step rests on this version." in text(waiting)
    assert returned.status_code == 302


def test_only_the_newest_version_that_counts_is_offered(client, version, case, coordinator):
    second = replace(client, coordinator, version)
    url = the_step(case, "strategy").get_absolute_url()

    assert offered(read(client, coordinator, url)) == [str(second.uuid)]
    withdraw(client, coordinator, second)
    assert offered(read(client, coordinator, url)) == [str(version.uuid)]


def offered(page) -> list[str]:
    html = page.content.decode()
    return [str(one.uuid) for one in Version.objects.all() if f'value="{one.uuid}"' in html]


def test_a_version_of_another_step_is_not_taken(
    client, make_participation, coordinator, version, case
):
    from tests.documents.uploaded import STEP, assessed, evidence_of
    from tests.world import step

    version_there = version
    other = assessed(make_participation, step("plan", **STEP))
    owed = the_step(other, "plan")

    with pytest.raises(services.steps.InvalidEvidence, match="can no longer be handed in"):
        services.hand_in(
            owed, evidence_of(version_there), by=coordinator, expected_version=owed.version,
            idempotency_key="0" * 32,
        )  # fmt: skip
