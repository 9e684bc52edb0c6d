"""Every page about a participation and its steps, for everybody: whose reviews stand on it."""

import pytest
from django.urls import reverse

from tests.rights.cast import ACTORS, BLIND, CASES, READ, things
from tests.rights.oracle import reads_reviews
from tests.rights.probes import undone
from tests.stepping import the_step

ALL_IN = {BLIND: False, READ: True}


def pages_about(case) -> list[str]:
    """The pages of the steps and of the acts on them, those of the case, its whole log."""
    steps = [the_step(case, key) for key in ("blind", "read")]
    acts = ("", "accept/", "return/", "waive/", "reopen/", "review/")
    pages = [f"{step.get_absolute_url()}{act}" for step in steps for act in acts]
    entries = case.entries.filter(verb="hand_in_review")
    pages += [reverse("workflow:entry", args=[one.pk]) for one in entries]
    url = case.get_absolute_url()
    pages += [url, f"{url}?show=all&all=1", f"{url}documents/", "/my-steps/", "/reviews/"]
    return [*pages, reverse("workflow:log"), "/search/?q=remark"]


@pytest.mark.parametrize("word", ALL_IN)
@pytest.mark.parametrize("name", CASES)
def test_a_review_stands_on_the_pages_of_those_alone_who_may_read_it(world, name, word):
    thing = things()[name]

    readers = {actor for actor in ACTORS if finds(world, actor, name, word)}

    expected = {one for one in ACTORS if reads_reviews(one, thing, all_in=ALL_IN[word])}
    assert readers == expected
    assert bool(expected) == ALL_IN[word]


def finds(world, actor: str, name: str, word: str) -> bool:
    with undone():
        answers = [world.clients[actor].get(page) for page in pages_about(world.cases[name])]
    return any(word in answer.content.decode() for answer in answers)
