"""A paper is downloaded at the screen, refused to a stranger, and the auditor reads who had it."""

import hashlib
from pathlib import Path

import pytest

from documents.models import Document
from tests.browser.person import Person
from tests.browser.sample import AUDITOR, KIKINDA, MRKONJIC, kikinda
from tests.browser.signing_in import sign_in
from tests.browser.telling import PHONE, seated
from tests.demo.loaded import db  # noqa: F401


@pytest.fixture
def person(db, new_context):  # noqa: F811
    """`person("sr", KIKINDA)`: signed in, in that language."""

    def before_the_screen(language: str, email: str, **options) -> Person:
        who = seated(new_context, email, language, **options)
        sign_in(who.page.context, email)
        return who

    return before_the_screen


@pytest.fixture
def draft(db) -> Document:  # noqa: F811
    """The draft of Kikinda's strategy: for those who take part, not for everybody."""
    return Document.objects.get(step__key="strategy_drafted", participation=kikinda())


def test_a_coordinator_downloads_a_stranger_does_not_and_the_auditor_reads_it(person, draft):
    newest = draft.present
    coordinator = person("sr", KIKINDA, viewport=PHONE)
    coordinator.page.goto(draft.get_absolute_url())

    had = download(coordinator, newest.name)

    assert hashlib.sha256(had).hexdigest() == newest.sha256
    assert newest.sha256 in coordinator.main.inner_text()
    stranger = person("bs", MRKONJIC)
    for url in (draft.get_absolute_url(), newest.get_absolute_url()):
        assert stranger.page.goto(url).status == 404
        assert newest.name not in stranger.page.inner_text("body")
    auditor = person("en", AUDITOR, java_script_enabled=False)
    lines = downloads_in_the_log(auditor)
    assert len(lines) == 1
    for words in ("Paper downloaded", "Kikinda", "Coordinator"):
        assert words in lines[0]


def download(who: Person, name: str) -> bytes:
    """The file behind the first link of that name, as the browser saves it."""
    with who.page.expect_download() as saving:
        who.link(name).click()
    assert saving.value.suggested_filename == name
    return Path(saving.value.path()).read_bytes()


def downloads_in_the_log(who: Person) -> list[str]:
    who.page.goto("/")  # the log is what an auditor sees first
    who.choose("kind", "download")
    who.press("Apply")
    return who.main.locator("tbody tr").all_inner_texts()
