"""A memorandum in Cyrillic, from the page to the file in the coordinator's hands.

And the programme's own template: sent with a mistake, told, mended, used.
"""

import pytest

from tests.conftest import make_municipality
from tests.documents.uploaded import download_url
from tests.documents.writing import (
    downloaded,
    keep,
    page_url,
    send_template,
    template_url,
    word,
    words_of,
)
from tests.workflow.pages.reading import read, text

# Every letter that goes wrong, in both scripts.
NAME = "Љубовија-Њгђћџ Чачак"
LATIN = "Ljubovija-Njgđćdž Čačak"


@pytest.fixture
def municipality(db):
    return make_municipality("71242", LATIN, NAME)


@pytest.fixture
def case(make_participation):
    return make_participation("memorandum")


def test_the_coordinator_keeps_her_memorandum_and_finds_the_name_right(client, case, coordinator):
    preview = text(read(client, coordinator, page_url(case)))
    version = keep(client, coordinator, page_url(case))
    paper = downloaded(read(client, coordinator, download_url(version)))

    for said in (preview, paper):
        assert f"За општину: {NAME}" in said
        assert "Меморандум о сарадњи" in said
        assert "\ufffd" not in said
    assert version.name == f"{case.reference} Меморандум о сарадњи.docx"
    told = [case.entries.latest("seq").verb, case.entries.order_by("-seq")[1].verb]
    assert told == ["download", "add_document"]


def test_in_latin_no_letter_is_lost(client, case, coordinator):
    version = keep(client, coordinator, page_url(case, language="sr-latn"))

    paper = words_of(version)
    assert f"Za opštinu: {LATIN}" in paper
    assert not any("Ѐ" <= sign <= "ӿ" for sign in paper)


def test_the_manager_mends_a_template_and_papers_are_written_by_it(
    client, case, programme, manager, coordinator
):
    url = template_url(programme)

    told = text(send_template(client, manager, url, word("Општина {{ municipalty }}")))
    mended = send_template(client, manager, url, word("Општина {{ municipality }} пристаје."))

    assert "The field “municipalty” is not known. Did you mean “municipality”?" in told
    assert mended.status_code == 302
    version = keep(client, coordinator, page_url(case))
    assert words_of(version).strip() == f"Општина {NAME} пристаје."
