"""The text of a PDF, page by page. No picture is read: a scan has no text."""

from collections.abc import Iterator
from pathlib import Path

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from documents.reading.limits import Limits
from documents.reading.mending import paragraphs_of_page
from documents.reading.problems import Locked, TooLong


def pages(path: Path, limits: Limits) -> Iterator[str | None]:
    """The text of each page with something on it; None for a page that cannot be read.

    A file that only forbids printing or copying has an empty password and is read; one that
    asks for a password is not.
    """
    with path.open("rb") as stream:
        reader = PdfReader(stream, strict=False)
        if reader.is_encrypted and not _opens_without_password(reader):
            raise Locked
        for number, page in enumerate(reader.pages):
            if number == limits.pages:
                raise TooLong
            yield _text_of_page(page)


def _opens_without_password(reader: PdfReader) -> bool:
    try:
        return bool(reader.decrypt(""))
    except (PyPdfError, NotImplementedError):  # a cipher that pypdf does not know
        return False


def _text_of_page(page: PageObject) -> str | None:
    try:
        return paragraphs_of_page(page.extract_text()) + "\n"
    except Exception:  # a damaged page raises whatever it likes; the others are still good
        return None
