"""The words of a version as the databases index them, and how they are asked for.

Koraci takes a text apart itself, by `fold`, so that both databases find the same in both scripts:
PostgreSQL keeps the words as a `tsvector` without any dictionary, SQLite in a table of FTS5 that
triggers of a migration fill from this column.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db import models

from web.script.fold import fold

WORD = re.compile(r"[^\W_]+")
LONGEST_WORD = 40  # letters; what is longer was not written to be found
MOST_BYTES = 500_000  # of all words of a version; PostgreSQL takes a megabyte with its own marks
BEGINNINGS_FROM = 3  # letters; a shorter word is found as a whole, or everything would be


def words_of(*texts: str) -> list[str]:
    """Every word of these texts once, folded, as many as an index takes."""
    found: dict[str, None] = {}
    left = MOST_BYTES
    for word in folded_words(*texts):
        if word in found or len(word) > LONGEST_WORD:
            continue
        left -= len(word.encode()) + 1
        if left < 0:
            break
        found[word] = None
    return list(found)


def folded_words(*texts: str) -> Iterator[str]:
    """Each word as it is written is folded once: texts repeat theirs a hundred times."""
    for text in texts:
        written = dict.fromkeys(WORD.findall(unicodedata.normalize("NFC", text)))
        for raw in written:
            yield from WORD.findall(fold(raw))


def asked_words(text: str) -> list[str]:
    """What somebody typed, as `words_of` would keep it."""
    return list(dict.fromkeys(WORD.findall(fold(text))))


class WordsField(models.Field):
    """A list of words. Only `holds` asks for it; reading it back gives what the database keeps."""

    def db_type(self, connection: Any) -> str:
        return "tsvector" if connection.vendor == "postgresql" else "text"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "array_to_tsvector(%s)" if connection.vendor == "postgresql" else "%s"

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or connection.vendor == "postgresql":
            return value
        return " ".join(value)


@WordsField.register_lookup
class Holds(models.Lookup):
    """All of these words, each by its beginning where it is long enough."""

    lookup_name = "holds"

    def get_prep_lookup(self) -> list[str]:
        return [word for word in self.rhs if WORD.fullmatch(word)]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        """By the key of the row: an FTS5 table knows no other."""
        key, _none = compiler.compile(self.lhs.target.model._meta.pk.get_col(self.lhs.alias))
        asked = " AND ".join(f'"{word}"{star(word)}' for word in self.rhs) or '""'
        index = f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s"
        return f"{key} IN ({index})", [asked]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        column, values = self.process_lhs(compiler, connection)
        asked = " & ".join(f"'{word}'{star(word, ':*')}" for word in self.rhs)
        return f"{column} @@ %s::tsquery", [*values, asked]


INDEX = "documents_words"


def star(word: str, sign: str = "*") -> str:
    return sign if len(word) >= BEGINNINGS_FROM else ""
