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


@pytest.mark.parametrize("name", CASES)
def test_a_review_stands_on_the_pages_of_those_alone_who_may_read_it(world, name):
    thing = things()[name]

    read = {actor: everything_read(world, actor, name) for actor in ACTORS}

    for word, all_in in ALL_IN.items():
        expected = {one for one in ACTORS if reads_reviews(one, thing, all_in=all_in)}
        assert {actor for actor, pages in read.items() if word in pages} == expected
        assert bool(expected) == all_in


def everything_read(world, actor: str, name: str) -> str:
    with undone():
        answers = [world.clients[actor].get(page) for page in pages_about(world.cases[name])]
    return "".join(answer.content.decode() for answer in answers)
