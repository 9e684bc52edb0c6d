"""What a sound file still leaves open: every "to be confirmed" with the line where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from web.script.content import localized
from workflow.rules.reading import read


@dataclass(frozen=True)
class OpenPoint:
    """One open point: its line in the file, its key, and its words in the reader's language."""

    line: int
    key: str
    words: str


def open_points(text: str | bytes, rules: dict[str, Any]) -> list[OpenPoint]:
    """Those of a file that was checked; `rules` is its normal form. In the order of its lines."""
    document, _problems = read(text)
    line_of = document.line_of if document else lambda key: 1
    found = [
        OpenPoint(line_of(key), key, localized(words)) for key, words in said_open(rules) if words
    ]
    return sorted(found, key=lambda point: point.line)


def said_open(rules: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for place, words in enumerate(rules["to_be_confirmed"]):
        yield f"to_be_confirmed[{place}]", words
    yield "call.to_be_confirmed", rules["call"].get("to_be_confirmed")
    for stage, inside in rules["stages"].items():
        for place, step in enumerate(inside["steps"]):
            yield f"stages.{stage}.steps[{place}].to_be_confirmed", step["to_be_confirmed"]
