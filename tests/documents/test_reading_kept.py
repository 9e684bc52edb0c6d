"""What a paper says is read when it arrives, and kept beside its version."""

import pytest
from django.core.management import CommandError, call_command

from documents.models import Version, VersionText
from documents.services import Target
from documents.services import intake as worker
from documents.words import MOST_BYTES, words_of
from tests.documents.arriving import arrived, examine_here, receive
from tests.documents.reading.printed import pdf
from tests.documents.reading.signing import SIGNER, Authority
from tests.documents.stores import ON_BOTH
from tests.stepping import the_step
from tests.workflow.pages.reading import read, text

SAID = "Општина Кикинда усваја стратегију социјалне политике."


@pytest.fixture(scope="module")
def authority():
    return Authority()


@pytest.fixture
def bring(case, coordinator):
    """`bring("plan.pdf", b"…")`: a paper of the step, uploaded and examined."""

    def brought(name: str, content: bytes) -> Version:
        [intake] = receive(
            Target(case, the_step(case, "strategy")), arrived(name, content), by=coordinator
        )
        examine_here()
        return Version.objects.get(uuid=intake.uuid)

    return brought


def test_the_text_of_a_paper_is_kept(bring):
    version = bring("strategija.pdf", pdf([SAID]))

    assert version.read_text.text == SAID
    assert version.read_text.problem == ""


def test_a_picture_has_no_text_and_no_problem(bring):
    from tests.documents.intake.good_pictures import png

    version = bring("plakat.png", png("RGB"))

    assert (version.read_text.text, version.read_text.problem) == ("", "")


def test_who_signed_is_told_on_the_page_of_the_paper_and_of_its_step(
    client, bring, case, manager, observer, authority
):
    version = bring("potpisano.pdf", authority.issue().sign(pdf([SAID])))

    for url in (version.document.get_absolute_url(), version.document.step.get_absolute_url()):
        page = text(read(client, manager, url))
        assert f"Signed by {SIGNER} on" in page
        assert "The file was not changed since." in page
        assert "no list of trusted issuers is set up" in page
        assert SIGNER not in text(read(client, observer, url))


def test_no_signature_is_said_of_a_paper_without_one(client, bring, manager):
    version = bring("strategija.pdf", pdf([SAID]))

    page = text(read(client, manager, version.document.get_absolute_url()))

    assert version.signatures == []
    assert "Signatures" not in page


def test_trusted_issuers_are_asked_for_when_papers_are_read_anew(
    bring, authority, settings, tmp_path, capsys
):
    version = bring("potpisano.pdf", authority.issue().sign(pdf([SAID])))
    settings.SIGNATURE_ROOTS = str(authority.trusted_in(tmp_path / "roots"))

    call_command("read_documents")

    [before], [after] = version.told_signatures, again(version).told_signatures
    assert (before.trust, after.trust) == ("not verifiable", "trusted")
    assert "Papers read: 1." in capsys.readouterr().out


def again(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


@ON_BOTH
def test_a_paper_that_cannot_be_had_is_named_and_the_others_are_read(bring, storage, capsys):
    gone, there = bring("prvi.pdf", pdf(["prvi"])), bring("drugi.pdf", pdf(["drugi"]))
    VersionText.objects.all().delete()
    storage.lose(str(gone.uuid))

    with pytest.raises(CommandError, match="could not be had: 1"):
        call_command("read_documents")

    assert f"{gone.uuid}: The file itself cannot be had." in capsys.readouterr().out
    assert [one.text for one in VersionText.objects.all()] == ["drugi"]
    assert again(there).read_text.text == "drugi"


def test_what_cannot_be_read_is_kept_and_said(client, bring, manager, monkeypatch):
    from documents.reading import Reading

    monkeypatch.setattr(worker, "read", lambda path, kind: Reading(problem="gave_up"))
    version = bring("strategija.pdf", pdf([SAID]))

    page = text(read(client, manager, version.document.get_absolute_url()))

    assert "Reading this file took too much time or memory and was given up." in page


def test_nothing_is_kept_of_a_reading_whose_paper_is_not_recorded(bring, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("killed")

    monkeypatch.setattr(worker.log, "append", broken)
    with pytest.raises(RuntimeError):
        bring("strategija.pdf", pdf([SAID]))

    assert Version.objects.count() == VersionText.objects.count() == 0


def test_words_are_folded_once_each_and_bounded():
    assert words_of("Чачак, čačak и CACAK!", "06-1/2008") == ["cacak", "i", "06", "1", "2008"]
    many = words_of(" ".join(f"reč{number}" for number in range(200_000)))
    assert sum(len(word) + 1 for word in many) <= MOST_BYTES
    assert words_of("x" * 41, "y" * 40, "_", "") == ["y" * 40]
