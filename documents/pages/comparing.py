"""Two versions of a paper beside each other: what changed in the text, and what the record says."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpRequest

from documents.models import Document, Version, VersionText
from documents.reading import Difference, differences
from documents.reading.differences import FOLDED
from documents.reading.wording import comparison_in_words

MOST_LINES = 2_000  # on one page; who wants more reads both files


@dataclass(frozen=True)
class Compared:
    """The text of both, line by line, as much of it as a page takes."""

    summary: str
    shown: list[Difference]
    is_cut: bool


def compared(earlier: str, later: str) -> Compared:
    found = differences(earlier, later)
    shown, left = [], MOST_LINES
    for one in found:
        lines = 1 if one.kind == FOLDED else one.count
        if lines > left:
            shown += [replace(one, lines=one.lines[:left])] if left else []
            return Compared(comparison_in_words(earlier, later, found), shown, is_cut=True)
        shown.append(one)
        left -= lines
    return Compared(comparison_in_words(earlier, later, found), shown, is_cut=False)


@dataclass(frozen=True)
class Pair:
    """The two versions that a reader chose."""

    earlier: Version
    later: Version
    numbers: list[int]  # of all versions of the paper, to choose from

    @property
    def texts(self) -> tuple[str, str] | None:
        """Both texts; None where one of the files has none that could be read."""
        one, other = text_of(self.earlier), text_of(self.later)
        return (one.text, other.text) if one and other and one.text and other.text else None

    @property
    def problems(self) -> list[tuple[int, str]]:
        """The numbers of versions of which not everything could be read, and why."""
        texts = [(one.number, text_of(one)) for one in (self.earlier, self.later)]
        return [(number, text.told_problem) for number, text in texts if text and text.problem]


def text_of(version: Version) -> VersionText | None:
    return getattr(version, "read_text", None)


def pair_of(document: Document, request: HttpRequest) -> Pair:
    """Those that the address names by their numbers; else the newest and the one before it."""
    numbers = sorted(document.versions.values_list("number", flat=True))
    if len(numbers) < 2:
        raise Http404
    chosen = [request.GET.get("from", str(numbers[-2])), request.GET.get("to", str(numbers[-1]))]
    if not set(chosen) <= set(map(str, numbers)):
        raise Http404
    rows = document.versions.select_related("by", "read_text").defer("read_text__words")
    found = {one.number: one for one in rows.filter(number__in=chosen)}
    earlier, later = (found[number] for number in sorted(map(int, chosen)))
    return Pair(earlier, later, numbers)


def compare_page(document: Document, pair: Pair) -> dict[str, Any]:
    """The page object; `text` is None where there are no two texts."""
    return {
        "document": document,
        "participation": document.participation,
        "pair": pair,
        "sides": [pair.earlier, pair.later],
        "numbers": pair.numbers,
        "text": compared(*pair.texts) if pair.texts else None,
    }
