"""DOCX files as templates: opened within bounds, filled in the sandbox, checked afterwards."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from documents.papers import problems
from documents.papers.problems import BrokenTemplate
from documents.papers.sandbox import Sandbox

MEGABYTE = 1_000_000
LARGEST = 2 * MEGABYTE  # packed
LARGEST_UNPACKED = 20 * MEGABYTE
LARGEST_PART = 2 * MEGABYTE  # of the parts with text, which are searched again and again
MOST_ENTRIES = 500
MOST_TAGS = 1_000

BODY = "word/document.xml"
WITH_FIELDS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes)\.xml|docProps/core\.xml")
# What the libraries raise on a file that is no proper DOCX, or one that somebody altered.
UNREADABLE = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, PackageNotFoundError, AttributeError,
    EOFError, IndexError, KeyError, NotImplementedError, OSError, RuntimeError, TypeError,
    ValueError,
)  # fmt: skip

_OPENS = re.compile(r"\{[{%#]")
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_PARSER = {"resolve_entities": False, "no_network": True, "huge_tree": False}


class Word(DocxTemplate):
    """A template whose body must still be whole XML once it is filled."""

    def fix_tables(self, xml: str) -> Any:
        # The library would mend what was torn, and lose text with it.
        try:
            etree.fromstring(xml.encode(), etree.XMLParser(**_PARSER))
        except etree.XMLSyntaxError as error:
            raise BrokenTemplate([problems.TORN]) from error
        return super().fix_tables(xml)


def filled(template: bytes, fields: dict[str, Any]) -> bytes:
    """The filled paper. Raises BrokenTemplate and nothing else, whatever the file is."""
    parts_with_fields(template)
    try:
        word = Word(BytesIO(template))
        word.render(clean(fields), Sandbox(), autoescape=True)
        paper = BytesIO()
        word.save(paper)
    except TemplateError as error:
        raise BrokenTemplate([sentence_of(error)]) from error
    except UNREADABLE as error:
        raise BrokenTemplate([problems.NOT_WORD]) from error
    return paper.getvalue()


def sentence_of(error: TemplateError) -> str:
    """A mistake in a tag, in the words around it, as far as the library knows where it is."""
    where = " ".join(" ".join(getattr(error, "docx_context", [])).split())
    tags = _TAG.findall(where)
    return problems.SYNTAX % {"where": (tags[0] if tags else where or str(error))[:120]}


def clean(value: Any) -> Any:
    """Plain text, lists and dicts alone, without signs that XML cannot hold."""
    if isinstance(value, dict):
        return {str(key): clean(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [clean(inner) for inner in value]
    return _NOT_XML.sub("", "" if value is None else str(value))


def parts_with_fields(template: bytes) -> dict[str, str]:
    """The XML of each part that may hold fields, by its name. BrokenTemplate out of bounds."""
    if len(template) > LARGEST:
        raise BrokenTemplate([problems.TOO_LARGE % {"limit": LARGEST_UNPACKED // MEGABYTE}])
    try:
        with zipfile.ZipFile(BytesIO(template)) as container:
            refuse_bombs(container)
            names = [name for name in container.namelist() if WITH_FIELDS.fullmatch(name)]
            parts = {name: container.read(name).decode("utf-8") for name in names}
    except UNREADABLE as error:
        raise BrokenTemplate([problems.NOT_WORD]) from error
    if BODY not in parts:
        raise BrokenTemplate([problems.NOT_WORD])
    refuse_odd_parts(parts)
    return parts


def refuse_bombs(container: zipfile.ZipFile) -> None:
    entries = container.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    longest = max((e.file_size for e in entries if WITH_FIELDS.fullmatch(e.filename)), default=0)
    if unpacked > LARGEST_UNPACKED or longest > LARGEST_PART or len(entries) > MOST_ENTRIES:
        raise BrokenTemplate([problems.TOO_LARGE % {"limit": LARGEST_UNPACKED // MEGABYTE}])


def refuse_odd_parts(parts: dict[str, str]) -> None:
    """Before any library reads them: no types of their own, few tags, each closed where it opens.

    The patterns of the library behind take very long on tags that never close.
    """
    if any("<!DOCTYPE" in xml or "<!ENTITY" in xml for xml in parts.values()):
        raise BrokenTemplate([problems.UNSAFE_XML])
    tags = 0
    for words in (words for xml in parts.values() for words in paragraphs(xml)):
        tags += len(_TAG.findall(words))
        rest = _TAG.sub("", words)
        if left := _OPENS.search(rest):
            raise BrokenTemplate([problems.UNCLOSED % {"where": rest[left.start() :][:120]}])
    if tags > MOST_TAGS:
        raise BrokenTemplate([problems.TOO_MANY_TAGS % {"limit": MOST_TAGS}])


def paragraphs(xml: str) -> Iterator[str]:
    """The text of each paragraph of a part, tags that Word split over several runs made whole."""
    return map(words_of, re.split(r"</w:p>", xml))


def words_of(xml: str) -> str:
    return unescape(re.sub(r"<[^<>]*>", "", xml)).strip()
