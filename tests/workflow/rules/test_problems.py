"""How problems read, and that all of them are told at once."""

import pytest

from tests.workflow.rules import test_broken_procedures, test_broken_steps
from tests.workflow.rules.files import RIGHT, check_procedure, procedure

BROKEN = test_broken_procedures.BROKEN | test_broken_steps.BROKEN


def broken(*names: str) -> str:
    """The right file with these mistakes in it."""
    text = RIGHT
    for name in names:
        old, new, __ = BROKEN[name]
        text = text.replace(old, new, 1)
    return text


def test_the_file_is_right_before_it_is_broken():
    normal, problems = procedure(RIGHT)

    assert problems == []
    assert normal is not None


# mistake: the whole sentence that the author reads
SENTENCES = {
    "a misspelt role": (
        "line 59, stages.assessment.steps[2].role: found “evaluater”, expected one of"
        " programme_manager, mentor, evaluator, coordinator, signatory;"
        " did you mean “evaluator”?"
    ),
    "an unknown key": (
        "line 8, track.placez: found the unknown key “placez”, expected one of"
        " key, name, code, places, places_are, note; did you mean “places”?"
    ),
    "a missing title": (
        "line 37, stages.memorandum.steps[0].title: found nothing, expected this key with a value"
    ),
    "after a step that is not there": (
        "line 61, stages.assessment.steps[2].after[0]: found “sesion”, expected one of"
        " applied, signed, founded, session; did you mean “session”?"
    ),
    "25 o'clock": (
        "line 21, call.deadline.at: found “25:00”,"
        " expected a time between 00:00 and 24:00, such as “15:00”"
    ),
    "a hidden direction mark": (
        "line 9, track.note.sr: found “НапU+202Eомена”, expected text without control characters"
    ),
    "two units of time": (
        "line 41, stages.memorandum.steps[0].deadline: found 2 of them,"
        " expected exactly one unit of time: days, working_days, months"
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_problem_reads_as_a_sentence(name):
    __, [problem] = procedure(broken(name))

    assert str(problem) == SENTENCES[name]


def test_every_mistake_is_told_at_once_and_in_the_order_of_the_lines():
    names = ["an unknown country", "25 o'clock", "an unknown role", "never again", "a ring of two"]

    __, problems = procedure(broken(*names))

    told = [(problem.line, problem.key) for problem in problems]
    assert told == sorted(place for name in names for place in BROKEN[name][2])


def test_evidence_kinds_are_those_of_the_installation():
    text = RIGHT.replace("evidence: meeting", "evidence: inspection\n        demands: {area: 3}")

    normal, problems = check_procedure(text, kinds=["record", "act", "rating", "inspection"])

    assert problems == []
    assert normal["stages"]["assessment"]["steps"][1]["demands"] == {"area": 3}
