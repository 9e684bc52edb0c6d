"""Every page × method × actor × thing against the written matrix.

A probe looks at four things: the answer; whether the body holds a word of a thing that this actor
must not see; whether a refused form wrote anything; and whether the thing of another answers
exactly like nothing at all.
"""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import pytest

from tests.rights.cast import (
    ACTORS,
    APPLICATIONS,
    BLIND,
    BODIES,
    CASES,
    QUESTIONS,
    READ,
    canary,
    person_name,
    things,
)
from tests.rights.matrix import Line, expectations, names_of_urls, urls_of, written
from tests.rights.oracle import (
    reads_reviews,
    sees,
    sees_body,
    sees_call,
    sees_person,
    sees_question,
)
from tests.rights.probes import (
    NOTHING,
    address,
    answer_of,
    body_of,
    comparable,
    fingerprint,
    payload,
    undone,
)

LINES = list(expectations())
# Of Django and of allauth.
DJANGO_OWN = ("admin", "accounts:sign_in", "accounts:password_", "account_", "mfa_")
COUNTED: Counter[str] = Counter()
OF_NOTHING: dict[tuple[str, ...], "Seen"] = {}
ANY_THING = ("-", "A in P", "A", "P", "programmes")
WROTE: set[str] = set()  # pages whose form changed something for somebody


def test_every_page_of_the_product_is_in_the_matrix_and_no_other():
    pages = written()["pages"]
    named = set().union(*map(urls_of, pages))
    idle = [url for page in pages for url in page["urls"] if not urls_of(page | {"urls": [url]})]

    assert sorted(names_of_urls() - named) == [], "missing in the matrix"
    assert idle == [], "not in the product any more"


def test_nothing_is_said_twice():
    said = Counter((line.url, line.variant, line.method, line.thing, line.actor) for line in LINES)

    assert [line for line, times in said.items() if times > 1] == []


@pytest.mark.parametrize("actor", ACTORS)
def test_the_product_answers_as_the_matrix_says(world, actor):
    mine = [line for line in LINES if line.actor == actor]
    COUNTED.update(line.method for line in mine)

    wrong = [said for line in mine for said in probe(world, line, hidden_from(world, line))]

    assert wrong == [], "\n" + "\n".join(wrong)


def hidden_from(world, line: Line) -> list[str]:
    """Words that must not stand on any page of this person; on lists also links."""
    unseen = [name for name in (*CASES, *APPLICATIONS) if not sees(line.actor, name)]
    words = [canary(name) for name in unseen]
    words += [canary(name) for name in BODIES if not sees_body(line.actor, name)]
    words += [canary(name) for name in QUESTIONS if not sees_question(line.actor, name)]
    words += unread(line.actor)
    if line.thing == "-":
        rows = world.cases | world.applications
        unlisted = [rows[name] for name in unseen]
        unlisted += [call for name, call in world.calls.items() if not sees_call(line.actor, name)]
        words += [f'href="{one.get_absolute_url()}"' for one in unlisted]
    if line.url == "workflow:search":
        words += [person_name(one) for one in ACTORS if not sees_person(line.actor, one)]
    if line.actor == "observer of P":
        words += [person_name(other) for other in ACTORS if other != line.actor]
    return words


def unread(actor: str) -> list[str]:
    """Words of reviews: the blind ones for everybody, the others for who reads none anywhere."""
    cases = [things()[name] for name in CASES]
    return [
        word
        for word, all_in in {BLIND: False, READ: True}.items()
        if not any(reads_reviews(actor, case, all_in=all_in) for case in cases)
    ]


@dataclass(frozen=True)
class Seen:
    """What came back, and how many rows were written."""

    answer: Any
    body: str
    wrote: int
    page: tuple[int, str]  # without what differs from request to request


def seen(world, line: Line) -> Seen:
    """Asked about nothing, the answer is needed again for each thing that must look like it."""
    if line.thing != NOTHING:
        return seen_anew(world, line)
    key = (line.actor, line.url, line.variant, line.method)
    if key not in OF_NOTHING:
        OF_NOTHING[key] = seen_anew(world, line)
    return OF_NOTHING[key]


def seen_anew(world, line: Line) -> Seen:
    response, wrote = ask(world, line)
    page = response.status_code, comparable(response, response.asked)
    return Seen(answer_of(response), body_of(response).lower(), wrote, page)


def probe(world, line: Line, hidden: list[str]) -> list[str]:
    """What is wrong, in words; nothing when all is as it should be."""
    found = seen(world, line)
    answer, wrote = found.answer, found.wrote
    wrong = [] if answer == line.answer else [f"{answer} in place of {line.answer}"]
    if not is_read_by_superuser(line):
        wrong += [f"shows {word}" for word in hidden if word.lower() in found.body]
    if wrote and (answer != "allow" or (line.method == "GET" and not line.is_noted)):
        wrong.append(f"wrote {wrote} rows")
    elif line.is_noted and answer == "allow" and not wrote:
        wrong.append("noted nothing")
    elif wrote:
        WROTE.add(line.url)
    if answer == 404 and not is_like_nothing(world, line, found):
        wrong.append("does not look like nothing there")
    return [f"{line.method} {line.url} {line.variant} {line.thing}: {one}" for one in wrong]


def is_like_nothing(world, line: Line, found: Seen) -> bool:
    """Asked about nothing, the same person reads the very same page."""
    if line.thing in ("-", NOTHING):
        return True
    return seen(world, replace(line, thing=NOTHING)).page == found.page


def is_read_by_superuser(line: Line) -> bool:
    """The administration shows everything to whoever runs the system."""
    return line.actor == "superuser" and line.url.startswith("admin")


def ask(world, line: Line):
    """The response, and how many rows were written; all of it undone."""
    client = world.clients[line.actor]
    cookies = client.cookies.copy()
    where = address(world, line.url, line.thing, line.variant)
    told = payload(world, line.url, line.thing, line.variant)
    with undone() as rows_written:
        response = client.post(where, told) if line.method == "POST" else client.get(where)
        body_of(response)  # what is streamed asks the database only now
        wrote = rows_written()
    client.cookies = cookies
    response.asked = where
    return response, wrote


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_no_page_takes_another_method(world, method):
    """As the manager of P. Django's own pages take PUT for POST, and lead on who is signed in."""
    answers = {}
    for line in LINES:
        if line.actor == "manager of P" and line.method == "GET" and line.thing in ANY_THING:
            with undone():
                where = address(world, line.url, line.thing, line.variant)
                answers[line.url] = getattr(world.clients[line.actor], method)(where).status_code
    COUNTED[method.upper()] += len(answers)

    others = {url: status for url, status in answers.items() if status != 405}
    assert {url for url in others if not url.startswith(DJANGO_OWN)} == set()


def test_what_was_refused_left_every_row_as_it_was(world):
    """Rows are counted at every probe; here all of them are read, before and after."""
    before = fingerprint()
    refused = [line for line in LINES if line.method == "POST" and line.answer in (403, 404)]
    for line in refused[::40]:
        client = world.clients[line.actor]
        where = address(world, line.url, line.thing, line.variant)
        client.post(where, payload(world, line.url, line.thing, line.variant))

    assert fingerprint() == before


def test_the_count_of_rows_sees_a_write(world):
    with undone() as rows_written:
        world.system.save()
        wrote = rows_written()

    assert wrote >= 1


def test_every_form_that_somebody_may_send_was_taken_at_least_once():
    """Otherwise "allow" would only mean that the form found something wrong."""
    forms = {line.url for line in LINES if line.method == "POST" and line.answer == "allow"}
    own = {url for url in forms if not url.startswith((*DJANGO_OWN, "web:language"))}

    assert own - WROTE == set()


def test_there_were_enough_probes(capsys):
    with capsys.disabled():
        told = ", ".join(f"{count} {method}" for method, count in sorted(COUNTED.items()))
        print(f"\nrights: {COUNTED.total()} probes ({told}), {len(ACTORS)} actors")  # noqa: T201

    assert COUNTED.total() >= 5_000


def test_the_search_finds_something_for_whoever_may_see_it(world):
    """Otherwise that it hides everything would be no proof."""
    asked = [line for line in LINES if line.url == "workflow:search" and line.method == "GET"]
    signs = {name: canary(name) for name in CASES}
    rows = world.applications | world.calls
    signs |= {name: f'href="{one.get_absolute_url()}"' for name, one in rows.items()}
    shown = {name: set() for name in signs}
    for line in asked:
        body = ask(world, line)[0].content.decode()
        for name, sign in signs.items():
            if sign in body:
                shown[name].add(line.actor)

    assert shown == {name: {actor for actor in ACTORS if may_find(actor, name)} for name in signs}


def may_find(actor: str, name: str) -> bool:
    return sees_call(actor, name) if "call of" in name else sees(actor, name)
