"""Papers in numbers: the search in the text of 20,000, and the list of 1,000 of one participation.

python -m bench.papers [few many]

The texts are made of the words of our own Serbian catalogue, common ones often and rare ones seldom
as in a language, and of words that hardly any other text has. Rows are written in bulk, as the
worker writes them one by one, but for the entries of the log, which neither page reads.
"""

import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.http import QueryDict  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.databases import is_durable, is_sqlite, new_database, remove  # noqa: E402
from bench.many import SETTLED, run  # noqa: E402
from bench.world import make_world  # noqa: E402
from documents.models import Document, Version, VersionText  # noqa: E402
from documents.words import words_of  # noqa: E402
from workflow.models import Participation  # noqa: E402
from workflow.pages.search import search  # noqa: E402

SIZES = [1_000, 20_000]
WORDS_OF_A_TEXT = 1_500  # five pages
IN_A_LIST = 1_000
AT_ONCE = 500
ROUNDS = 40
GOAL = "goal: 95 of 100 within 200 ms on PostgreSQL at 20,000"
SEARCHES = {
    "a word of one text": "jedinstveno7kraj",
    "a word of every text": "opštine",
    "two common words": "opštine rok",
    "three letters": "str",
    "a common and a rare one": "opštine jedinstveno7kraj",
    "a word of no text": "sanitarije",
    "a municipality": "kikinda",
}
CATALOGUE = Path(__file__).parent.parent / "locale" / "sr" / "LC_MESSAGES" / "django.po"


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or SIZES
    print(f"{connection.vendor}: search in the text of papers ({GOAL})")
    found = [in_a_database_of(size) for size in sizes]
    for name in SEARCHES:
        ratio = statistics.median(found[-1][name]) / statistics.median(found[0][name])
        print(f"  {name}: ratio {ratio:.2f}")


def in_a_database_of(size: int) -> dict[str, list[float]]:
    database = f"var/bench-papers-{size}.sqlite3" if is_sqlite() else f"koraci_bench_papers_{size}"
    new_database(database)
    manager, cases = make_world(40)
    make_papers(cases, size, manager)
    for statement in SETTLED[connection.vendor]:
        run(statement)
    print(f" {Version.objects.count():,} papers, {is_durable()}", flush=True)
    client = Client()
    client.force_login(manager)
    times = {name: timed(client, manager, words, name) for name, words in SEARCHES.items()}
    list_papers(client, cases)
    remove(database)
    return times


def timed(client: Client, person: Any, words: str, name: str) -> list[float]:
    asked = QueryDict(mutable=True)
    asked["q"] = words
    path = f"/search/?{asked.urlencode()}"
    told = queries_of(client, path)
    found = {one.name: one.count for one in search(person, asked).groups}.get("papers", "0")
    times = [taken(client, path) for _round in range(ROUNDS)]
    worst = statistics.quantiles(times, n=20)[-1]
    print(
        f"  {name} ({found} found): p50 {statistics.median(times):.1f} ms, p95 {worst:.1f} ms, "
        f"{told} queries",
        flush=True,
    )
    return times


def queries_of(client: Client, path: str) -> int:
    asked: list[str] = []
    with connection.execute_wrapper(lambda do, *told: asked.append(told[0]) or do(*told)):
        client.get(path)
    return len(asked)


def taken(client: Client, path: str) -> float:
    began = time.perf_counter()
    if client.get(path).status_code != 200:
        raise RuntimeError(path)
    return (time.perf_counter() - began) * 1000


def list_papers(client: Client, cases: list[Participation]) -> None:
    """The list of a participation with many papers beside one of a participation with few."""
    few, many = cases[1], cases[0]
    for name, case in (("few", few), ("many", many)):
        path = f"/participations/{case.reference}/documents/"
        told = queries_of(client, path)
        times = [taken(client, path) for _round in range(ROUNDS)]
        print(
            f"  list of {case.documents.count():,} papers ({name}): "
            f"p50 {statistics.median(times):.1f} ms, {told} queries",
            flush=True,
        )


# Writing


def make_papers(cases: list[Participation], size: int, by: Any) -> None:
    """The first participation has `IN_A_LIST`, the second one, the others share the rest."""
    texts = texts_of(size)
    places = [cases[0]] * min(IN_A_LIST, size // 2) + [cases[1]]
    places += [cases[2 + number % (len(cases) - 2)] for number in range(size - len(places))]
    for start in range(0, size, AT_ONCE):
        make_some(places[start : start + AT_ONCE], texts, by)


def make_some(places: list[Participation], texts: Iterator[tuple[str, list[str]]], by: Any) -> None:
    documents = Document.objects.bulk_create(
        Document(participation=case, title="Нацрт плана") for case in places
    )
    versions = Version.objects.bulk_create(version_of(document, by) for document in documents)
    VersionText.objects.bulk_create(
        VersionText(version=version, text=text, words=words)
        for version, (text, words) in zip(versions, texts, strict=False)
    )


def version_of(document: Document, by: Any) -> Version:
    uuid = uuid4()
    return Version(
        uuid=uuid, document=document, number=1, name="nacrt.pdf", size=120_000,
        sha256=sha256(uuid.bytes).hexdigest(), content_type="application/pdf", by=by,
        role="programme_manager", received_at=timezone.now(), scan="clean",
    )  # fmt: skip


def texts_of(size: int) -> Iterator[tuple[str, list[str]]]:
    """Each with its words. The words are folded once, not in each text."""
    chance = random.Random(2008)
    common = list(dict.fromkeys(re.findall(r"[а-шђљњћџ]{2,}", CATALOGUE.read_text())))
    rare = [f"{word}{number}" for word in common for number in range(10)]
    keys = {word: words_of(word)[0] for word in (*common, *rare)}
    weights = [1 / place for place in range(1, len(common) + 1)]
    for number in range(size):
        words = chance.choices(common, weights, k=WORDS_OF_A_TEXT) + chance.choices(rare, k=30)
        own = ["општине", f"јединствено{number}крај"]
        text = " ".join([*own, *words])
        yield text, list({keys[word] for word in words}) + words_of(*own)


if __name__ == "__main__":
    main()
