"""The two questions asked of a rule file: is it right, and what does it say in full?"""

from collections.abc import Collection
from typing import Any

from workflow.rules.crossings import judge_crossings
from workflow.rules.problems import Findings, Problem, in_order
from workflow.rules.procedures import procedure_shape
from workflow.rules.programmes import programme_shape
from workflow.rules.reading import read
from workflow.rules.shapes import Shape

Checked = tuple[dict[str, Any] | None, list[Problem]]


def check_procedure(text: str | bytes, *, kinds: Collection[str]) -> Checked:
    """A procedure file in normal form, all defaults filled in, ready to be stored as JSON.

    `kinds` are the evidence kinds this installation knows. A broken file gives `None` and every
    problem found in it, in the order of its lines. Never raises.
    """
    return check(text, procedure_shape(kinds), judge_crossings)


def check_programme(text: str | bytes) -> Checked:
    """A programme file in normal form, or `None` and every problem found. Never raises."""
    return check(text, programme_shape, lambda programme, findings: None)


def check(text: str | bytes, shape: Shape, judge: Any) -> Checked:
    document, problems = read(text)
    if document is None:
        return None, problems
    findings = Findings(document)
    normal = shape(document.content, "", findings)
    judge(normal, findings)
    problems = in_order([*problems, *findings.problems])
    return (None, problems) if problems else (normal, [])
