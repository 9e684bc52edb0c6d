"""Every refusal has its sentence, and every sentence a refusal."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from documents import intake
from documents.intake.problems import PROBLEMS
from documents.intake.scanning import TooLargeToScan

ROOM = Path(intake.__file__).parent


def reasons_named() -> set[str]:
    """The first argument of each `Unfit(…)` and each `problem=…`, also one of two."""
    found = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "Unfit":
                found |= constants(node.args[0])
            elif isinstance(node, ast.keyword) and node.arg == "problem":
                found |= constants(node.value)
    return found


def constants(node: ast.expr) -> set[str]:
    if isinstance(node, ast.IfExp):
        return constants(node.body) | constants(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) else set()


def test_reasons_and_sentences_are_the_same():
    assert reasons_named() | {TooLargeToScan.problem} == set(PROBLEMS)


@pytest.mark.parametrize("language", ["sr", "sr-latn", "bs"])
@pytest.mark.parametrize("problem", PROBLEMS)
def test_every_sentence_says_what_is_allowed_in_every_language(problem, language):
    with translation.override("en"):
        assert "llowed" in str(PROBLEMS[problem])
        english = str(PROBLEMS[problem])
    with translation.override(language):
        told = str(PROBLEMS[problem])

    assert told != english
    assert "ozvoljen" in told or "озвољен" in told
