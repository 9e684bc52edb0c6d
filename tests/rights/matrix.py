"""Reads the written matrix. Only the tests know this file; the product never does."""

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.urls import URLPattern, URLResolver, get_resolver

from tests.rights.cast import ACTORS

WRITTEN = Path(__file__).with_name("permission_matrix.yaml")
ANSWERS = {"allow", 403, 404, 405, "sign-in"}


@dataclass(frozen=True)
class Line:
    """One expectation: who, where, how, about what, and the answer."""

    url: str
    variant: str
    method: str
    thing: str
    actor: str
    answer: Any
    is_noted: bool = False  # opening the page is itself written into the log


@cache
def written() -> dict[str, Any]:
    return yaml.safe_load(WRITTEN.read_text())


def everybody_in(names: list[str]) -> set[str]:
    """Actors and groups by name, groups opened up."""
    groups = written()["groups"]
    found: set[str] = set()
    for name in names:
        found |= everybody_in(groups[name]) if name in groups else {name}
    assert found <= set(ACTORS), found - set(ACTORS)
    return found


@cache
def groups_open(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(everybody_in(list(names)))


def answer_for(actor: str, told: Any) -> Any:
    """The first line that names the actor counts; then what holds unless said otherwise."""
    if not isinstance(told, dict):
        told = {told: ["everybody signed in"]}
    for answer, names in [*told.items(), *written()["unless said otherwise"].items()]:
        if actor in groups_open(tuple(names)):
            assert answer in ANSWERS, answer
            return answer
    raise AssertionError(f"nothing is said about {actor}")


def expectations() -> Iterator[Line]:
    """Every line of the matrix, opened up: one for each actor."""
    for page in written()["pages"]:
        for url in sorted(urls_of(page)):
            for variant in page.get("with", [""]):
                yield from lines_of(page, url, variant)


def urls_of(page: dict[str, Any]) -> set[str]:
    """The pages of the product that are meant; a star stands for any word."""
    meant = {url for url in names_of_urls() if is_one_of(url, page["urls"])}
    return {url for url in meant if not is_one_of(url, page.get("but", []))}


def is_one_of(url: str, named: list[str]) -> bool:
    return any(url == one or ("*)" not in one and fnmatchcase(url, one)) for one in named)


def lines_of(page: dict[str, Any], url: str, variant: str) -> Iterator[Line]:
    for method in ("GET", "POST"):
        if method == "GET" and variant not in page.get("opened with", [variant]):
            continue
        for thing, told in things_of(page, page[method]):
            for actor in page.get("tried by", ACTORS):
                answer, is_noted = answer_for(actor, told), page.get("noted", False)
                yield Line(url, variant, method, thing, actor, answer, is_noted)


def things_of(page: dict[str, Any], told: Any) -> Iterator[tuple[str, Any]]:
    """What the page is about, each with what is said of it."""
    if told == 405:
        yield page.get("about", ["-"])[0], told  # the method is refused before anything is read
        return
    for thing in page.get("about", ["-"]):
        by_thing = "about" in page and isinstance(told, dict) and not set(told) & ANSWERS
        yield thing, told.get(thing, {}) if by_thing else told


def names_of_urls() -> set[str]:
    """Every URL of the project, as it stands now, by its full name; without one by its route."""
    return {name for name, _pattern in walk(get_resolver())}


def walk(
    resolver: URLResolver, space: str = "", route: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern, inner, here)
        else:
            yield (space + pattern.name if pattern.name else here), pattern
