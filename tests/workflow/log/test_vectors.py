"""The canonical text and its hash never change: a hundred vectors, written once and for all.

`vectors.json` holds facts in both scripts, composed and decomposed, with emoji, control signs,
dates, numbers and long texts; each hash follows the one before it. They were made by a spelling of
its own, not by the code tested here.
"""

import json
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from workflow.audit.canonical import canonical, link
from workflow.audit.chain import spelt_rightly
from workflow.audit.log import COLUMNS, Actor, Line, append, spoken
from workflow.audit.models import Entry
from workflow.audit.verify import verify

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text())
NOTHING = "00" * 32


def test_every_vector_has_its_hash():
    before = NOTHING
    for vector in VECTORS:
        text = canonical(vector["facts"])
        before = link(text, before)
        assert (len(text.encode()), before) == (vector["length"], vector["hash"]), vector["facts"]
    assert len(VECTORS) == 100


def test_every_vector_comes_back_from_the_database_as_it_was(lived):
    participation = lived.participations[0]
    participation.refresh_from_db()
    written = [
        append(participation, Line("return", facts=vector["facts"]), by=Actor())
        for vector in VECTORS
    ]

    read = {entry.pk: entry for entry in Entry.objects.filter(participation=participation)}

    before = NOTHING
    for entry, vector in zip(written, VECTORS, strict=True):
        kept = read[entry.pk]
        assert kept.canonical == entry.canonical
        assert link(kept.canonical, kept.prev_hash) == kept.entry_hash == entry.entry_hash
        before = link(canonical(kept.facts), before)
        assert before == vector["hash"]


def test_composed_and_decomposed_letters_are_one_text():
    assert canonical({"text": "c\u030c"}) == canonical({"text": "č"})


@pytest.mark.parametrize(
    "value", ["a\0b", b"bytes", {1, 2}, object(), "\ud800", uuid4()], ids=str.__class__
)
def test_what_has_no_stable_spelling_is_refused(value):
    with pytest.raises(ValueError, match=r"."):
        link(canonical({"text": value}), NOTHING)


texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=40)
plain = st.recursive(
    st.none() | st.booleans() | st.integers() | texts.filter(lambda text: "\\u0000" not in text),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcабč", max_size=4), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.text("abcабč", max_size=5), plain, max_size=5))
def test_reading_and_spelling_again_changes_nothing(facts):
    text = canonical(facts)

    assert canonical(json.loads(text)) == text


@given(facts=st.dictionaries(st.text("abcабč", max_size=5), plain, max_size=5), function=texts)
def test_the_verifier_spells_as_the_log_does(facts, function):
    entry = Entry(
        seq=3, verb="accept", by_id=7, by_kind="person", role="mentor", channel="web",
        recorded_us=1_772_000_000_000_000, key_id="1",
    )  # fmt: skip
    columns = [spoken(getattr(entry, column)) for column in COLUMNS]
    told = dict(zip(COLUMNS, columns, strict=True))
    text = canonical(told | {"participation": "p", "function": function, "facts": facts})

    assert spelt_rightly(text, columns, "p")
    assert not spelt_rightly(text, columns, "q")
    assert not spelt_rightly(text.replace(":", ": ", 1), columns, "p")
    assert not spelt_rightly(text[:-1] + ',"extra":1}', columns, "p")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(reason=texts, function=texts, facts=st.dictionaries(st.text("abcабč"), plain, max_size=3))
def test_whatever_is_recorded_verifies(lived, reason, function, facts):
    with transaction.atomic():
        participation = lived.participations[5]
        participation.refresh_from_db()
        append(
            participation, Line("return", reason=reason, facts=facts), by=Actor(function=function)
        )
        from workflow.services.saving import save_head

        save_head(participation)
        report = verify([participation])
        transaction.set_rollback(True)

    assert report.damages == []
