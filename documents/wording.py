"""Papers in words: how large a file is, what it is, a version in one line."""

from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.models import Version
from web.script.dates import date_and_time
from web.script.numbers import number


def size_in_words(size: int) -> str:
    """412 kB, 1,2 MB."""
    if size < 1_000_000:
        return _("%s kB") % number(max(1, round(size / 1_000)))
    return _("%s MB") % number(round(size / 1_000_000, 1))


def type_in_words(version: Version) -> str:
    """PDF, DOCX: how people call it, by the end of its name, which its content agrees with."""
    return PurePath(version.name).suffix.removeprefix(".").upper()


def reviews_in_words(round: Any) -> str:
    """ "2 of 3 reviews handed in." """
    said = ngettext(
        "%(there)d of %(wanted)d review handed in.",
        "%(there)d of %(wanted)d reviews handed in.",
        round.wanted,
    )
    return said % {"there": round.count, "wanted": round.wanted}


def in_short(version: Version) -> str:
    """ "strategy.pdf, version 2, 412 kB, 3 March 2026 at 9:30"."""
    parts = [
        version.name,
        _("version %d") % version.number,
        size_in_words(version.size),
        date_and_time(version.received_at),
    ]
    return ", ".join(parts)
