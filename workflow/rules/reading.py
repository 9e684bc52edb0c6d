"""YAML with line numbers: plain values, and on which line each stands. Never a traceback.

Built from PyYAML's events, so that nothing is ever constructed: no tags, no anchors and aliases
(a few lines with them can unfold to gigabytes), no second document, no key twice, no deep nesting.
Words stay as typed: `24:00`, `2018-08-03` and the key `on` are text here, which plain YAML 1.1
would read as 86400 seconds, a date and `true`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from django.utils.translation import gettext as _

from workflow.rules.problems import Problem, quoted

LARGEST = 1_000_000  # bytes
DEEPEST = 12  # levels; a procedure needs eight
LONGEST_KEY = 80  # characters
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

WHOLE_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})")
WORDS = {"": None, "~": None, "null": None, "true": True, "false": False}
# What people upload by mistake, told by its first bytes.
FOREIGN = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"PK\x03\x04": "ZIP, XLSX, DOCX",
    b"\xd0\xcf\x11\xe0": "XLS, DOC",
    b"{\\rtf": "RTF",
}


@dataclass
class Document:
    """A file as plain dicts, lists and scalars, with the line of every path in it."""

    content: Any = None
    lines: dict[str, int] = field(default_factory=dict)

    def line_of(self, path: str) -> int:
        """The line of a path, or of the nearest block around it."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.lines.get("", 1)


class Refused(Exception):
    """The file cannot be read any further; `problem` says why."""

    def __init__(self, line: int, key: str, found: str, expected: str):
        super().__init__(found)
        self.problem = Problem(line, key, found, expected)


def read(source: str | bytes) -> tuple[Document | None, list[Problem]]:
    """Read one YAML document.

    Returns the document and the problems met (keys that stand twice, odd keys), or `None` and
    the one problem that made reading impossible.
    """
    try:
        text = text_of(source)
        return Walk(text).document()
    except Refused as refused:
        return None, [refused.problem]
    except yaml.YAMLError as error:
        return None, [syntax_problem(error)]
    except (ValueError, RecursionError) as error:  # a parser's own limits
        return None, [Problem(1, "", quoted(str(error)), _("a YAML file"))]


def text_of(source: str | bytes) -> str:
    """The text of a file: at most 1 MB of UTF-8, and no picture, PDF or spreadsheet."""
    try:
        raw = source.encode() if isinstance(source, str) else bytes(source)
    except UnicodeEncodeError:
        raise Refused(1, "", _("characters that cannot be stored"), _("UTF-8 text")) from None
    for start, name in FOREIGN.items():
        if raw.lstrip().startswith(start):
            raise Refused(1, "", _("a file of the kind %(kind)s") % {"kind": name}, yaml_wanted())
    if len(raw) > LARGEST:
        found = _("a file of %(size)d bytes") % {"size": len(raw)}
        raise Refused(1, "", found, _("at most %(size)d bytes") % {"size": LARGEST})
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Refused(line, "", _("bytes that are not UTF-8"), yaml_wanted()) from None
    if "\0" in text:
        raise Refused(1, "", _("a binary file"), yaml_wanted())
    return text


def yaml_wanted() -> str:
    return _("a YAML file, which is plain text in UTF-8")


def syntax_problem(error: yaml.YAMLError) -> Problem:
    """PyYAML's complaint as one of ours; its words stay English, they name YAML's own terms."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line = mark.line + 1 if mark else 1
    told = getattr(error, "problem", None) or getattr(error, "reason", None) or str(error)
    return Problem(line, "", quoted(str(told)), _("YAML that can be read up to its end"))


class Walk:
    """One pass over the events of a text."""

    def __init__(self, text: str):
        self.text = text
        self.lines: dict[str, int] = {}
        self.problems: list[Problem] = []

    def document(self) -> tuple[Document, list[Problem]]:
        self.events = yaml.parse(self.text, Loader=LOADER)
        next(self.events)  # the stream begins
        event = next(self.events)
        if isinstance(event, yaml.StreamEndEvent):
            raise Refused(1, "", _("an empty file"), _("a block of keys and values"))
        content = self.value(next(self.events), "", 0)
        next(self.events)  # the document ends
        if not isinstance(event := next(self.events), yaml.StreamEndEvent):
            found = _("a second document in one file")
            raise Refused(line_at(event), "", found, _("one document"))
        return Document(content, self.lines), self.problems

    def value(self, event: yaml.Event, path: str, depth: int) -> Any:
        self.lines.setdefault(path, line_at(event))
        refuse_tricks(event, path)
        if isinstance(event, yaml.ScalarEvent):
            return scalar(event)
        if depth >= DEEPEST:
            line = line_at(event)
            found = _("blocks inside blocks, more than %(number)d deep") % {"number": DEEPEST}
            raise Refused(line, path, found, _("a flatter file"))
        if isinstance(event, yaml.SequenceStartEvent):
            return self.sequence(path, depth)
        return self.mapping(path, depth)

    def sequence(self, path: str, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.value(event, f"{path}[{len(items)}]", depth + 1))
        return items

    def mapping(self, path: str, depth: int) -> dict[str, Any]:
        block: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            refuse_tricks(event, path)
            line = line_at(event)
            if not isinstance(event, yaml.ScalarEvent):
                raise Refused(line, path, _("a key that is a block"), _("a key of one word"))
            if len(event.value) > LONGEST_KEY:
                raise Refused(line, path, quoted(event.value), _("a key of one word"))
            inside = f"{path}.{event.value}" if path else event.value
            if event.value in block:
                self.twice(inside, line)
                self.value(next(self.events), f"{inside} ({line})", depth + 1)
                continue
            self.lines[inside] = line
            block[event.value] = self.value(next(self.events), inside, depth + 1)
        return block

    def twice(self, path: str, line: int) -> None:
        found = _("this key a second time")
        expected = _("it only once (line %(line)d)") % {"line": self.lines[path]}
        self.problems.append(Problem(line, path, found, expected))


def line_at(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def refuse_tricks(event: yaml.Event, path: str) -> None:
    """Anchors, aliases and tags: never needed in a rule file, and they can blow it up."""
    line = line_at(event)
    anchor = getattr(event, "anchor", None)  # an alias has one, too
    if anchor:
        found = _("an anchor or alias (%(name)s)") % {"name": quoted(str(anchor))}
        raise Refused(line, path, found, _("the text itself, written out"))
    tag = getattr(event, "tag", None)
    if tag not in (None, "!"):  # a bare “!” only says: this is text
        found = _("a tag (%(name)s)") % {"name": quoted(str(tag))}
        raise Refused(line, path, found, _("a plain value"))


def scalar(event: yaml.ScalarEvent) -> Any:
    """`null`, `true`, `false` and whole numbers when unquoted; everything else is text."""
    if event.style or event.tag == "!":
        return event.value
    if event.value in WORDS:
        return WORDS[event.value]
    return int(event.value) if WHOLE_NUMBER.fullmatch(event.value) else event.value
