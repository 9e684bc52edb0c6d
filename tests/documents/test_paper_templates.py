"""A programme's own templates: examined, tried out, kept for good, and papers written by them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from documents import services
from documents.models import PaperTemplate, Written
from documents.papers.catalogue import shipped
from documents.papers.problems import BrokenTemplate
from documents.services.paper_templates import ReplacedMeanwhile
from documents.template_triggers import OF_TEMPLATES
from tests.documents.arriving import arrived
from tests.documents.papers.word_files import template
from tests.documents.writing import (
    downloaded,
    keep,
    page_url,
    replace,
    send_template,
    shelf,
    template_url,
    word,
    words_of,
)
from tests.workflow.pages.reading import hidden, read, send, text
from tests.workflow.pages.visiting import queries_of, signed_in
from workflow.errors import NotAllowed, Refused
from workflow.models import KeyReused

OWN = "Наш меморандум: {{ municipality }}"
AT_MOST = 15


@pytest.fixture
def case(make_participation):
    return make_participation("memorandum")


def list_url(programme) -> str:
    return reverse("documents:paper_templates", args=[programme.key])


def return_url(programme) -> str:
    return reverse("documents:return_to_shipped", args=[programme.key, "memorandum", "sr"])


def test_the_shipped_template_is_fetched_changed_and_sent_back(
    client, case, programme, manager, coordinator, storage
):
    fetched = read(
        client, manager,
        reverse("documents:shipped_template", args=[programme.key, "memorandum", "sr"]),
    )  # fmt: skip
    assert b"".join(fetched.streaming_content) == shipped("memorandum", "sr")

    answer = send_template(client, manager, template_url(programme), word(OWN))

    row = PaperTemplate.objects.get()
    assert answer.url == template_url(programme)
    assert (row.number, row.by, row.role) == (1, manager, "programme_manager")
    assert storage.waiting() == []  # nothing stays in quarantine
    page = text(read(client, coordinator, page_url(case)))
    assert "Наш меморандум: Кикинда" in page
    assert "Written by the programme's own template." in page
    version = keep(client, coordinator, page_url(case))
    assert words_of(version).strip() == "Наш меморандум: Кикинда"
    assert Written.objects.get().template == row
    assert case.entries.latest("seq").facts["template"] == row.sha256


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_kept(client, programme, manager, storage):
    wrong = word("{{ municipalty }} {{ steps }}", "{{ programme", "{{ 2 + 2 }}")
    unknown = word("{{ municipalty }}, {{ mayor }}", "{{ steps }}")

    broken = text(send_template(client, manager, template_url(programme), wrong))
    answer = send_template(client, manager, template_url(programme), unknown)

    assert "A field is opened and not closed" in broken
    assert answer.status_code == 422
    page = text(answer)
    assert "The field “municipalty” is not known. Did you mean “municipality”?" in page
    assert "The field “mayor” is not known." in page
    assert "“steps” has parts and cannot be printed as one." in page
    assert PaperTemplate.objects.count() == 0
    assert storage.waiting() == []


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (SimpleUploadedFile("a.pdf", b"%PDF-1.7 no Word"), "Word document (DOCX)"),
        (SimpleUploadedFile("a.docx", b"no container at all"), "DOCX"),
        (SimpleUploadedFile("a.docx", b""), ""),
        (SimpleUploadedFile("a.docx", template("x") + b"MZ" * 9), ""),
    ],
)
def test_what_is_no_word_file_is_refused_as_every_upload(
    client, programme, manager, file, sentence, storage
):
    answer = send_template(client, manager, template_url(programme), file)

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert PaperTemplate.objects.count() == 0
    assert storage.waiting() == []


def test_it_counts_for_its_language_alone(client, case, programme, manager, coordinator):
    replace(programme, template(OWN), by=manager)

    page = text(read(client, coordinator, page_url(case, language="sr-latn")))

    assert "Za opštinu: Kikinda" in page
    assert "Written by the template that comes with Koraci." in page


def test_back_to_the_shipped_one_and_everything_stays_on_record(
    client, case, programme, manager, coordinator
):
    replace(programme, template(OWN), by=manager)

    answer = send(client, manager, return_url(programme))
    again = send(client, manager, return_url(programme))

    assert answer.url == template_url(programme)
    assert again.status_code == 422
    assert "by this template already" in text(again)
    assert [one.is_own for one in PaperTemplate.objects.order_by("number")] == [True, False]
    assert "За општину: Кикинда" in text(read(client, coordinator, page_url(case)))
    page = read(client, manager, template_url(programme))
    assert "counts" in text(page)
    old = reverse("documents:template_file", args=[programme.key, "memorandum", "sr", 1])
    assert old in page.content.decode()
    assert downloaded(read(client, manager, old)).strip() == OWN
    shipped_row = reverse("documents:template_file", args=[programme.key, "memorandum", "sr", 2])
    assert read(client, manager, shipped_row).status_code == 404


def test_a_paper_that_was_kept_stays_as_it_was(client, case, programme, manager, coordinator):
    version = keep(client, coordinator, page_url(case))
    before = words_of(version)

    replace(programme, template(OWN), by=manager)

    assert words_of(version) == before
    assert "Keep as version 2" in text(read(client, coordinator, page_url(case)))


def test_the_same_form_twice_keeps_one_row(programme, manager):
    key, content = uuid4(), template(OWN)
    first = replace(programme, content, by=manager, key=key)

    assert replace(programme, content, by=manager, key=key) == first
    with pytest.raises(KeyReused):
        replace(programme, template("Other: {{ municipality }}"), by=manager, key=key)
    assert PaperTemplate.objects.count() == 1


def test_who_was_slower_reads_what_came_first(client, programme, manager, deputy):
    page = read(client, manager, template_url(programme))
    replace(programme, template(OWN), by=deputy)

    client.force_login(manager)
    late = client.post(template_url(programme), hidden(page) | {"file": word("Мој: {{ track }}")})

    assert late.status_code == 409
    assert "Another template was kept meanwhile" in text(late)
    assert PaperTemplate.objects.count() == 1
    with pytest.raises(ReplacedMeanwhile):
        services.return_to_shipped(
            shelf(programme), by=manager, expected_version=0, idempotency_key=uuid4()
        )


def test_the_same_file_again_changes_nothing(programme, manager):
    content = template(OWN)
    replace(programme, content, by=manager)

    with pytest.raises(Refused, match="already"):
        replace(programme, content, by=manager, expected=1)


@pytest.mark.parametrize("who", ["coordinator", "auditor", "observer", "stranger"])
def test_nobody_else_keeps_templates(programme, request, who):
    with pytest.raises(NotAllowed):
        replace(programme, template(OWN), by=request.getfixturevalue(who))


def test_an_administrator_keeps_them_and_an_auditor_is_told_who(client, person, programme, auditor):
    administrator = person("administrator", over=programme)

    assert read(client, administrator, list_url(programme)).status_code == 200
    refused = read(client, auditor, list_url(programme))
    assert refused.status_code == 403
    assert "Programme manager" in text(refused)


def test_the_page_of_the_programme_leads_there(client, programme, manager, auditor):
    url = reverse("workflow:programme", args=[programme.key])

    assert list_url(programme) in read(client, manager, url).content.decode()
    assert list_url(programme) not in read(client, auditor, url).content.decode()


def test_every_field_is_told_on_a_page(client, programme, manager):
    url = reverse("documents:template_fields", args=[programme.key])

    page = text(read(client, manager, url))

    assert "municipality The full name of the municipality." in page
    assert "steps : All steps of the present stage." in page
    assert "steps.title What has to be done." in page
    assert "{%p for step in steps %}" in page


def test_a_template_that_cannot_be_filled_here_is_told_on_the_page(
    client, case, programme, manager, coordinator, settings
):
    """Rows of real participations are more than those it was tried out with."""
    hungry = template(
        "{%p for a in stages %}", "{%p for b in stages %}", "{{ objective }}" * 900,
        "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    replace(programme, hungry, by=manager)
    programme.objective = {"sr": "Циљ " * 250, "en": "Goal"}
    programme.save()

    page = read(client, coordinator, page_url(case))

    assert page.status_code == 200
    assert "The template of the programme cannot be filled" in text(page)
    assert "too long" in text(page)


def test_the_list_costs_the_same_few_queries_however_much_was_kept(programme, manager):
    client, urls = signed_in(manager), [list_url(programme), template_url(programme)]
    replace(programme, template(OWN), by=manager)
    few = [queries_of(client, url) for url in urls]

    for number in range(1, 5):
        replace(programme, template(f"{number} {OWN}"), by=manager, expected=number)

    assert [queries_of(client, url) for url in urls] == few
    assert max(few) <= AT_MOST


BYPASSES = {
    "another file": "UPDATE documents_papertemplate SET sha256 = 'f'",
    "other bytes": "UPDATE documents_papertemplate SET content = NULL",
    "gone": "DELETE FROM documents_papertemplate",
    "written by another": "UPDATE documents_written SET template_id = NULL",
    "not written here": "DELETE FROM documents_written",
}
ON_SQLITE = {
    "replaced": """INSERT OR REPLACE INTO documents_papertemplate (id, uuid, paper, language,
        number, name, sha256, content, scan, role, kept_at, key, by_id, programme_id)
        SELECT id, uuid, paper, language, number, 'x', 'f', content, scan, role, kept_at, key,
        by_id, programme_id FROM documents_papertemplate""",
}
ON_POSTGRESQL = {"emptied": "TRUNCATE documents_papertemplate CASCADE"}
OF_THIS = ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL


def test_the_databases_refuse_to_change_them(client, case, programme, manager, coordinator):
    replace(programme, template(OWN), by=manager)
    keep(client, coordinator, page_url(case))
    before = list(PaperTemplate.objects.values()), list(Written.objects.values())

    for statement in (BYPASSES | OF_THIS).values():
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert (list(PaperTemplate.objects.values()), list(Written.objects.values())) == before


def test_the_triggers_are_asked_for_by_the_system_check():
    from workflow.checks import wanted

    assert OF_TEMPLATES.names(connection.vendor) <= wanted(
        connection.vendor, set(OF_TEMPLATES.tables)
    )


def test_a_file_that_was_lost_on_its_way_is_told(programme, manager):
    file = arrived("obrazac.docx", template(OWN))
    file.discard()

    with pytest.raises(BrokenTemplate, match="lost"):
        services.replace_template(
            shelf(programme), file, by=manager, expected_version=0, idempotency_key=uuid4()
        )
