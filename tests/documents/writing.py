"""Papers that Koraci writes, as tests ask for them: their page, their file, kept as a version."""

from io import BytesIO
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlencode
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents import services
from documents.intake import examine
from documents.models import Version
from documents.papers.catalogue import PAPERS
from documents.papers.filling import problems_in
from documents.services import Shelf, Wanted
from documents.services.store import opened
from documents.views.paper_templates import address_of
from tests.documents.arriving import arrived, read_here
from tests.documents.papers.word_files import template, words
from tests.workflow.pages.reading import send
from tests.world import step
from workflow.models import Participation, Programme

PAPER = {"key": "memorandum", "sr": "Меморандум о сарадњи", "en": "Memorandum of cooperation"}
BODY = {"sr": "Председник општине", "en": "Mayor"}
DOOR = "documents.services.paper_templates"
# A step that asks for the very paper that Koraci can write.
SIGNED = step(
    "memorandum_signed", evidence="signed_act", role="signatory",
    demands={"paper": PAPER, "body": BODY},
)  # fmt: skip


def page_url(case: Participation, key: str = "memorandum", **choice) -> str:
    url = reverse("documents:write_paper", args=[case.reference, key])
    return f"{url}?{urlencode(choice)}" if choice else url


def file_url(case: Participation, key: str = "memorandum", **choice) -> str:
    return f"{reverse('documents:written_paper', args=[case.reference, key])}?{urlencode(choice)}"


def keep(client, by, url: str, **fields) -> Version:
    """Read the page, keep what it shows; the newest version then.

    Its words are read in this process: that a child does it is told by tests/documents/reading.
    """
    with patch("documents.services.reading.read_apart", read_here):
        assert send(client, by, url, fields).status_code == 302
    return Version.objects.order_by("-pk")[0]


def wanted(case: Participation, key: str = "memorandum", language: str = "sr", **more) -> Wanted:
    """The paper as the door gets it."""
    return Wanted(Participation.objects.get(pk=case.pk), PAPERS[key], language, **more)


def content_of(version: Version) -> bytes:
    with opened(version.uuid) as file:
        return file.read()


def words_of(version: Version) -> str:
    """What the kept Word file says."""
    return words(content_of(version))


# Templates of a programme


def shelf(programme: Programme, key: str = "memorandum", language: str = "sr") -> Shelf:
    return Shelf(programme, PAPERS[key], language)


def template_url(programme: Programme, key: str = "memorandum", language: str = "sr") -> str:
    return address_of(programme, key, language)


def replace(programme: Programme, content: bytes, *, by, expected: int = 0, key=None):
    """Through the door; examined by the same rules, but no process is started."""
    file = arrived("obrazac.docx", content)
    try:
        with patch(f"{DOOR}.examine_apart", examine), patch(f"{DOOR}.problems_apart", problems):
            return services.replace_template(
                shelf(programme), file, by=by, expected_version=expected,
                idempotency_key=key or uuid4(),
            )  # fmt: skip
    finally:
        file.discard()


def problems(path: Path, *, language: str) -> list[str]:
    return problems_in(path.read_bytes())


def word(*paragraphs: str, name: str = "obrazac.docx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, template(*paragraphs))


def send_template(client, by, url: str, file: SimpleUploadedFile):
    return send(client, by, url, {"file": file})


def downloaded(answer) -> str:
    """The words of a Word file that was handed out."""
    return words(BytesIO(b"".join(answer.streaming_content)).read())
