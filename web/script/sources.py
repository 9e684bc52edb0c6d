"""What the sources ask to have translated, found without any program of GNU gettext.

Python is read by its own parser, templates through Django's `templatize`. A test compares the
result with xgettext where that is installed.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# Which arguments of a call are what: context, message, plural.
_ARGUMENTS = {
    "_": ("message",),
    "gettext": ("message",),
    "gettext_lazy": ("message",),
    "gettext_noop": ("message",),
    "ngettext": ("message", "plural"),
    "ngettext_lazy": ("message", "plural"),
    "pgettext": ("context", "message"),
    "pgettext_lazy": ("context", "message"),
    "npgettext": ("context", "message", "plural"),
    "npgettext_lazy": ("context", "message", "plural"),
}
_NOT_SOURCES = {"locale", "tests", "docs", "bench", "migrations", "node_modules", "staticfiles"}
_STRING = r"""u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_CALL_IN_TEMPLATE = re.compile(
    rf"(?<!\w)(?:_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*(?:{_STRING}|count))*\s*\)"
)


@dataclass(frozen=True)
class Message:
    """One text to translate; `place` is the file it was found in and does not identify it."""

    message: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        return self.context, self.message


def messages_in(root: Path) -> dict[tuple[str, str], Message]:
    """Every message below a folder by context and text; tests, docs and hidden folders are not
    sources. Raises SyntaxError for a file that is no Python or no template.
    """
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(_sources(root)):
        place = path.relative_to(root).as_posix()
        read = messages_in_python if path.suffix == ".py" else messages_in_template
        for message in read(path.read_text(encoding="utf-8"), place):
            known = found.get(message.key)
            if known is None or (message.plural and not known.plural):
                found[message.key] = message
    return found


def messages_in_python(source: str, place: str = "") -> Iterator[Message]:
    """The literal arguments of every gettext call."""
    for node in ast.walk(ast.parse(source, place or "<source>")):
        if isinstance(node, ast.Call) and (message := _message(node, place)):
            yield message


def messages_in_template(source: str, place: str = "") -> Iterator[Message]:
    """The texts of translate and blocktranslate tags and of `_("…")` in other tags."""
    for call in _CALL_IN_TEMPLATE.finditer(templatize(source, origin=place)):
        yield from messages_in_python(call[0], place)


def _sources(root: Path) -> Iterator[Path]:
    for path in root.iterdir():
        if path.name.startswith(".") or path.name in _NOT_SOURCES:
            continue
        if path.is_dir():
            yield from _sources(path)
        elif path.suffix == ".py" or (path.suffix in {".html", ".txt"} and _is_template(path)):
            yield path


def _is_template(path: Path) -> bool:
    return "templates" in path.parts


def _message(call: ast.Call, place: str) -> Message | None:
    name = getattr(call.func, "id", getattr(call.func, "attr", ""))
    wanted = _ARGUMENTS.get(name, ())
    given = [part.value for part in call.args[: len(wanted)] if isinstance(part, ast.Constant)]
    texts = [text for text in given if isinstance(text, str) and text]
    if not wanted or len(texts) < len(wanted):
        return None
    return Message(place=place, **dict(zip(wanted, texts, strict=True)))
