"""What a hostile file of the corpus is."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Hostile:
    """A file that must be refused, and for which reasons it may be."""

    what: str
    name: str
    content: bytes
    problems: tuple[str, ...]
    # Bytes of nothing behind the content, which take no place on the disk.
    hole: int = 0


Corpus = Iterator[Hostile]
