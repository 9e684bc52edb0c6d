"""What is new, read once from the lists of changes: CHANGELOG.md, and its Serbian beside it.

Only the few forms that those files use are known: `## version`, paragraphs, `- ` items, `**bold**`
and `code`. A test keeps the two files in step, line by line.
"""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from web.script.content import in_script

FILES = {"en": "CHANGELOG.md", "sr": "CHANGELOG.sr.md"}
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`(.+?)`")


@dataclass
class Version:
    """One version: paragraphs and items in their order, items in one run as one list."""

    number: str
    blocks: list["Block"] = field(default_factory=list)


@dataclass
class Block:
    """A paragraph, or the items of a list."""

    is_list: bool
    texts: list[str]

    @property
    def lines(self) -> list[SafeString]:
        """As HTML, Serbian in the reader's script."""
        return [as_html(text) for text in self.texts]


def as_html(text: str) -> SafeString:
    """Bold and code of one line; every other sign is escaped. Commands keep their letters."""
    parts = CODE.split(text)
    said = [str(escape(part)) for part in parts]
    said[1::2] = [f"<code>{part}</code>" for part in said[1::2]]
    return mark_safe(BOLD.sub(r"<b>\1</b>", "".join(said)))


def whats_new(language: str) -> list[Version]:
    """All versions, newest first, for a reader of this language."""
    if language == "en":
        return versions("en")
    return [
        Version(one.number, [in_reader_script(block, language) for block in one.blocks])
        for one in versions("sr")
    ]


def in_reader_script(block: Block, language: str) -> Block:
    """What stands in `code` is left as it is, whatever the script."""
    return Block(block.is_list, [told_in_script(text, language) for text in block.texts])


def told_in_script(text: str, language: str) -> str:
    parts = CODE.split(text)
    parts[0::2] = [in_script(part, language) for part in parts[0::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return "".join(parts)


def newest_version() -> str:
    """ "0.1.0"; "" where the list of changes is not installed."""
    return next((one.number for one in versions("en")), "")


@cache
def versions(language: str) -> list[Version]:
    """As one of the files has them; none where the file is not there. Read once a process."""
    path = Path(settings.BASE_DIR, FILES[language])
    return read(path.read_text("utf-8")) if path.is_file() else []


def read(text: str) -> list[Version]:
    """The versions of a list of changes; what stands before the first is a preface."""
    found: list[Version] = []
    for piece in re.split(r"\n\s*\n", text):
        if piece.startswith("## "):
            found.append(Version(piece.removeprefix("## ").strip()))
        elif found and piece.strip():
            found[-1].blocks.append(block_of(piece))
    return found


def block_of(piece: str) -> Block:
    if not piece.lstrip().startswith("- "):
        return Block(False, [" ".join(piece.split())])
    items = re.split(r"(?:^|\n)- ", piece.strip("\n"))
    return Block(True, [" ".join(item.split()) for item in items if item.strip()])
