# ruff: noqa: F811  (fixtures are asked for by the name under which they are imported)
"""The facts of an entry are read in words, in every language; nothing of the record is lost."""

import re
from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.lived_world import (  # noqa: F401
    db,
    lived,
    lived_copy,
    municipality,
    neighbour,
    system,
)
from workflow.audit.models import Entry
from workflow.pages.facts import Fact, facts_in_words

LATIN = re.compile("[A-Za-z_]{2,}")
DUE = {"on": "2026-09-01", "at": "", "precision": "day", "version": 2, "cause": "hold"}


def every_fact(facts: list[Fact]) -> Iterator[Fact]:
    for fact in facts:
        yield fact
        yield from every_fact(fact.parts)


def told(entry: Entry) -> dict[str, str]:
    """Label and words of every fact, also of the parts."""
    return {fact.label: fact.words or fact.code for fact in every_fact(facts_in_words(entry))}


def test_no_fact_of_any_kind_of_entry_is_left_in_the_words_of_the_code(lived, person):
    person("mentor", over=lived.participations[0])
    own = {"test_", "mentor", "programme_manager", "coordinator"}  # what tests call their own

    with translation.override("sr"):
        raw = {
            (entry.verb, fact.label, word)
            for entry in Entry.objects.select_related("participation__procedure", "step")
            for fact in every_fact(facts_in_words(entry))
            for word in LATIN.findall(fact.label + " " + fact.words)
        }

    assert {one for one in raw if one[2] not in own} == set()


def entry_with(lived, **facts) -> Entry:
    entry = Entry(participation=lived.participations[0])
    entry.__dict__["told"] = {"facts": facts}
    return entry


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"status": "returned"}, {"Status": "returned"}),
        ({"key": "paper"}, {"Step": "Paper"}),
        ({"key": "gone_since"}, {"Step": "gone_since"}),
        ({"to": DUE}, {"To": "1 September 2026 (moved by the days on hold, version 2)"}),
        ({"from": "test_1/1"}, {"From": "test_1, version 1"}),
        ({"until": "2026-03-02"}, {"Until": "2 March 2026"}),
        ({"until": None}, {"Until": ""}),
        ({"new": ["paper", "visit"]}, {"New steps": "Paper, Visit"}),
        ({"municipality": "80195", "consent": "refused"},
         {"Municipality": "Kanjiža", "Consent": "refused"}),
        ({"over": "municipality"}, {"For": "municipality"}),
        ({"held_days": 1}, {"Days on hold": "1 day"}),
        ({"open_steps": [{"key": "visit", "occurrence": 2, "status": "open", "due": None}]},
         {"Still owed": "", "Visit (2)": "open"}),
        ({"evidence": {"talk.1": "ab12"}}, {"Evidence": "", "Talk": "ab12"}),
        ({"evidence": "ab12"}, {"Evidence": "ab12"}),
        ({"something_new": 3}, {"something_new": "3"}),
    ],
)  # fmt: skip
def test_a_fact_in_words(lived, facts, words):
    with translation.override("en"):
        assert told(entry_with(lived, **facts)) == words


def test_people_are_named_and_those_who_are_gone_keep_their_number(lived):
    facts = {"handed_over_to": lived.coordinator.pk, "taken_over_from": 999_999}

    with translation.override("en"):
        assert told(entry_with(lived, **facts)) == {
            "Handed over to": "coordinator",
            "Taken over from": "999999",
        }
