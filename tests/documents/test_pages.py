"""The pages of papers: lists, panel, the section of a step; the same queries for one and many."""

from django.urls import reverse

from documents.services import Target, record_download
from tests.documents.arriving import arrived, examine_here, kept, published, receive
from tests.documents.uploaded import hand_in_papers
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in

MANY = 200
AT_MOST = 15


def list_url(case) -> str:
    return reverse("documents:documents", args=[case.reference])


def test_papers_are_listed_with_version_and_readers(client, case, coordinator, manager):
    kept(Target(case), by=manager, name="pismo.pdf", title="Letter")

    page = text(read(client, coordinator, list_url(case)))

    assert "Letter pismo.pdf · PDF, 1 kB · version 1 of" in page
    assert "for the participants" in page


def test_an_internal_paper_is_on_no_page_of_the_municipality(client, case, coordinator, manager):
    kept(Target(case), by=manager, title="Opinion", visibility="internal")

    for url in (list_url(case), case.get_absolute_url()):
        assert "Opinion" not in text(read(client, coordinator, url))
        assert "Opinion" in text(read(client, manager, url))
    told = text(read(client, coordinator, f"{case.get_absolute_url()}?show=documents"))
    assert "Paper added" in told
    assert "An internal paper." in told


def test_the_observer_sees_what_is_public_alone(client, case, coordinator, observer):
    version = kept(Target(case, the_step(case, "strategy")), by=coordinator)

    step = text(read(client, observer, the_step(case, "strategy").get_absolute_url()))
    page = text(read(client, observer, list_url(case)))

    assert version.name not in step
    assert "Strategy" in page  # its rule says public


def test_the_timeline_tells_of_papers_under_a_choice_of_their_own(client, case, coordinator):
    kept(Target(case, the_step(case, "strategy")), by=coordinator)

    page = text(read(client, coordinator, f"{case.get_absolute_url()}?show=documents"))

    assert "Paper added: Strategy" in page
    assert "Open the paper, version 1" in page


def test_the_page_looks_again_only_while_something_waits(client, case, coordinator):
    step = the_step(case, "strategy")
    receive(Target(case, step), by=coordinator)

    waiting = read(client, coordinator, step.get_absolute_url()).content.decode()
    examine_here()
    done = read(client, coordinator, step.get_absolute_url()).content.decode()

    assert 'hx-trigger="every 3s"' in waiting
    assert "Look again" in waiting
    assert "hx-trigger" not in done.partition('id="papers"')[2]


def test_what_was_handed_in_links_to_its_papers(client, case, coordinator, manager):
    version = kept(Target(case, the_step(case, "strategy")), by=coordinator)
    hand_in_papers(case, version, by=coordinator)

    page = read(client, manager, the_step(case, "strategy").get_absolute_url()).content.decode()

    assert f'<a href="{version.get_absolute_url()}">version 1</a>' in page
    assert version.sha256[:16] in page


def test_the_same_few_queries_for_one_paper_and_for_two_hundred(case, coordinator):
    client, step = signed_in(coordinator), the_step(case, "strategy")
    kept(Target(case, step), by=coordinator)
    for _ in range(11):  # as many entries as the page of the participation tells at first
        kept(Target(case), by=coordinator, title="Letter")
    urls = [list_url(case), step.get_absolute_url(), case.get_absolute_url()]
    few = [queries_of(client, url) for url in urls]

    for number in range(0, MANY // 2, 10):
        for target, told in [(Target(case, step), {}), (Target(case), {"title": "Letter"})]:
            files = [arrived(f"{number + nth}.pdf") for nth in range(10)]
            receive(target, *files, by=coordinator, **told)
        examine_here()

    assert [queries_of(client, url) for url in urls] == few
    assert few[0] <= AT_MOST


def test_the_same_few_queries_for_one_version_and_for_two_hundred(case, coordinator):
    client = signed_in(coordinator)
    first = kept(Target(case, the_step(case, "strategy")), by=coordinator)
    url = first.document.get_absolute_url()
    few = queries_of(client, url)

    more_versions(case, first, by=coordinator)

    assert queries_of(client, url) == few


def more_versions(case, first, *, by) -> None:
    for number in range(MANY):
        receive(Target(case, first.document.step, first.document), by=by, reason=f"Nr. {number}")
        examine_here()


def test_the_auditor_reads_each_entry_in_words(client, case, coordinator, manager, auditor):
    version = kept(Target(case, the_step(case, "strategy")), by=coordinator)
    hand_in_papers(case, version, by=coordinator)
    published(version, by=manager, visibility="internal")
    record_download(version, by=manager)
    pages = {
        entry.verb: text(read(client, auditor, reverse("workflow:entry", args=[entry.pk])))
        for entry in case.entries.order_by("seq")
    }

    assert "Number of the version 1" in pages["add_document"]
    assert "Size 1 kB" in pages["add_document"]
    assert f"Papers: version 1: {version.sha256}" in pages["hand_in"]
    assert "Who may read it internal" in pages["publish_document"]
    assert "Before public" in pages["publish_document"]
    assert str(version.uuid) in pages["download"]
