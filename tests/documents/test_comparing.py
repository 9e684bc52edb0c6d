"""Two versions of a paper beside each other: their text where both have one, their files always."""

import pytest
from django.urls import reverse

from documents.models import Version, VersionText
from documents.services import Target
from tests.documents.arriving import arrived, examine_here, receive
from tests.documents.intake.good_pictures import png
from tests.documents.reading.printed import pdf
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text

DRAFT = "Strategija socijalne politike\nUsluga pomoć u kući za 40 korisnika.\nRok je 2011.\n"
MENDED = "Strategija socijalne politike\nUsluga pomoć u kući za 60 korisnika.\nNosilac je Centar.\n"


@pytest.fixture
def version_of(case, coordinator):
    """`version_of(None, "a.pdf", "text")` begins a paper; with a document it is its next one."""

    def brought(document, name: str, content: bytes | str) -> Version:
        content = pdf(content.split("\n")) if isinstance(content, str) else content
        target = Target(case, the_step(case, "strategy"), document)
        [intake] = receive(target, arrived(name, content), by=coordinator, reason="Mended.")
        examine_here()
        return Version.objects.get(uuid=intake.uuid)

    return brought


@pytest.fixture
def two(version_of) -> list[Version]:
    first = version_of(None, "nacrt.pdf", DRAFT)
    return [first, version_of(first.document, "strategija.pdf", MENDED)]


def compare_url(version: Version, query: str = "") -> str:
    return reverse("documents:compare", args=[version.document.uuid]) + query


def test_changed_added_and_removed_words_are_marked(client, two, manager):
    page = read(client, manager, compare_url(two[0])).content.decode()

    assert "<del>40</del><ins>60</ins>" in page
    assert "<del>Rok je 2011.</del>" in page
    assert "<ins>Nosilac je Centar.</ins>" in page
    assert "1 line changed, 1 line added, 1 line removed." in page


def test_the_newest_two_are_compared_unless_others_are_chosen(client, two, version_of, manager):
    version_of(two[0].document, "konačno.pdf", MENDED)

    newest = text(read(client, manager, compare_url(two[0])))
    chosen = text(read(client, manager, compare_url(two[0], "?from=3&to=1")))

    assert "version 2 and version 3" in newest
    assert "Both are the same file, byte for byte." in newest
    assert "The text is the same." in newest
    assert "version 1 and version 3" in chosen
    assert "1 line changed" in chosen


@pytest.mark.parametrize("query", ["?from=7", "?from=x", "?from=1&to=-1", "?from=%00", "?to="])
def test_versions_that_are_not_there_are_not_found(client, two, manager, query):
    assert read(client, manager, compare_url(two[0], query)).status_code == 404


def test_one_version_alone_cannot_be_compared(client, version_of, manager):
    version = version_of(None, "nacrt.pdf", DRAFT)

    assert read(client, manager, compare_url(version)).status_code == 404
    paper = text(read(client, manager, version.document.get_absolute_url()))
    assert "What changed since" not in paper


def test_the_page_of_the_paper_leads_there(client, two, manager):
    page = read(client, manager, two[0].document.get_absolute_url()).content.decode()

    assert compare_url(two[0], "?from=1&amp;to=2") in page


def test_without_two_texts_the_record_alone_is_compared(client, version_of, case, manager):
    first = version_of(None, "plakat.png", png("RGB"))
    second = version_of(first.document, "plakat.pdf", DRAFT)

    page = text(read(client, manager, compare_url(first)))

    assert "There are not two texts that can be compared" in page
    assert first.sha256[:16] in page
    assert second.sha256[:16] in page
    assert not case.entries.filter(verb="compare_versions").exists()  # nothing was shown


def test_only_the_script_of_the_text_differs(client, version_of, manager):
    first = version_of(None, "nacrt.pdf", "Стратегија")
    version_of(first.document, "strategija.pdf", "Strategija")

    assert "Only the script differs" in text(read(client, manager, compare_url(first)))


def test_reading_the_texts_is_an_entry_as_a_download_is(client, two, case, mentor_here):
    read(client, mentor_here, compare_url(two[0]))

    entry = case.entries.get(verb="compare_versions")
    assert (entry.by, entry.role) == (mentor_here, "mentor")
    assert entry.facts == {
        "document": str(two[1].document.uuid),
        "version": str(two[1].uuid),
        "number": 2,
        "compared_with": str(two[0].uuid),
    }


@pytest.fixture
def mentor_here(person, case):
    return person("mentor", over=case)


def test_who_may_not_read_the_paper_compares_nothing(
    client, two, case, manager, observer, stranger
):
    from tests.documents.arriving import published

    published(two[0], by=manager, visibility="internal")

    assert read(client, two[0].by, compare_url(two[0])).status_code == 404
    assert read(client, observer, compare_url(two[0])).status_code == 404
    assert read(client, stranger, compare_url(two[0])).status_code == 404
    assert not case.entries.filter(verb="compare_versions").exists()


def test_hostile_text_is_shown_as_text(client, version_of, manager):
    first = version_of(None, "nacrt.pdf", "a <script>alert(1)</script>\n")
    version_of(first.document, "nacrt.pdf", "b <img src=x onerror=alert(1)>\n")

    page = read(client, manager, compare_url(first)).content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page.split("<main")[1]


def test_a_page_shows_so_many_lines_and_says_that_there_are_more(client, two, manager):
    for version, word in zip(two, ("staro", "novo"), strict=True):
        long = "".join(f"{word} {number}\n" for number in range(2_500))
        VersionText.objects.filter(version=version).update(text=f"isto\n{long}")

    page = read(client, manager, compare_url(two[0])).content.decode()

    assert "There is more than one page can show." in page
    assert page.count("<li") < 2_100
    assert "<del>staro</del><ins>novo</ins> 0" in page


def test_a_change_after_many_unchanged_lines_is_shown(client, two, manager):
    same = "".join(f"red {number}\n" for number in range(5_000))
    for version, last in zip(two, ("2011", "2012"), strict=True):
        VersionText.objects.filter(version=version).update(text=f"{same}Rok je {last}.")

    page = text(read(client, manager, compare_url(two[0])))

    assert "4,997 unchanged lines" in page or "4997 unchanged lines" in page
    assert "Rok je 2011 2012 ." in page
    assert "There is more" not in page
