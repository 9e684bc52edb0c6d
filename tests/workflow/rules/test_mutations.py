"""However a right file is damaged: a verdict with lines, never an exception."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflow.rules.files import (
    PROCEDURES,
    PROGRAMMES,
    RIGHT,
    check_programme,
    procedure,
)

TEXTS = [path.read_text() for path in PROCEDURES] + [RIGHT]
PROGRAMME_TEXTS = [path.read_text() for path in PROGRAMMES]
# Pieces that mean something to YAML or to the rules, and some that mean nothing anywhere.
PIECES = [
    "", " ", "\n", "\t", ":", ": ", "- ", "#", "&a ", "*a", "!!int ", "{", "}", "[", "]", "'", '"',
    "|", ">-", "?", ",", "null", "~", "true", "-1", "0", "24:00", "2024-02-30", "step:x", "act:",
    "rule: fixed", "{rule: recurring}", "{rule: relative, to: 3}", "[[]]", "{[]: 1}", "{rule: []}",
    "{rule: {}}", "\u202e", "\x00", "\ud800", "\x85", "9" * 30, "after: [a, [b]]", "steps: {}",
]  # fmt: skip


@st.composite
def damaged(draw, texts):
    """A right text with up to four pieces cut out, put in or written over."""
    text = draw(st.sampled_from(texts))
    for __ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 1, 2, 5, 20, 80]))
        piece = draw(st.sampled_from(PIECES) | st.text(max_size=5))
        text = text[:start] + piece + text[end:]
    return text


@st.composite
def with_another_value(draw, texts):
    """A right text in which the values of some lines are replaced by something else."""
    lines = draw(st.sampled_from(texts)).splitlines()
    for __ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(lines) - 1))
        name, colon, __rest = lines[place].partition(":")
        lines[place] = f"{name}{colon} {draw(st.sampled_from(PIECES))}"
    return "\n".join(lines)


def judge(check, text):
    normal, problems = check(text)

    assert (normal is None) == bool(problems)
    assert all(problem.line >= 1 and str(problem) for problem in problems)
    json.dumps(normal)


@settings(max_examples=400, deadline=None)
@given(damaged(TEXTS))
def test_damaged_procedures_get_a_verdict(text):
    judge(procedure, text)


@settings(max_examples=400, deadline=None)
@given(with_another_value(TEXTS))
def test_procedures_with_odd_values_get_a_verdict(text):
    judge(procedure, text)


@settings(max_examples=200, deadline=None)
@given(damaged(PROGRAMME_TEXTS) | with_another_value(PROGRAMME_TEXTS))
def test_damaged_programmes_get_a_verdict(text):
    judge(check_programme, text)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=300))
def test_anything_at_all_gets_a_verdict(source):
    judge(procedure, source)
    judge(check_programme, source)


SHAPELESS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_any_value_in_any_place_gets_a_verdict(data):
    """Takes the tree of a right file, puts something shapeless at one place and writes it again."""
    tree = json.loads(json.dumps(procedure(data.draw(st.sampled_from(TEXTS)))[0]))
    node = tree
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        key = data.draw(st.sampled_from(keys))
        inside = node[key]
        if not isinstance(inside, dict | list) or not inside or data.draw(st.booleans()):
            node[key] = data.draw(SHAPELESS)
            break
        node = inside

    judge(procedure, json.dumps(tree))  # JSON is YAML
