"""The rule files of the project, and a small right one that tests break in many ways."""

from pathlib import Path
from typing import Any

from django.conf import settings

if not settings.configured:  # these rules need no Django but its gettext
    settings.configure(USE_I18N=False)

from workflow import rules
from workflow.rules import Problem, check_procedure, check_programme

KINDS = ("record", "act", "rating", "meeting", "document", "signed_act")
FOLDER = Path(rules.__file__).parents[1] / "procedures"
PROGRAMMES = sorted(FOLDER.glob("*.programme.yaml"))
PROCEDURES = sorted(set(FOLDER.glob("*.yaml")) - set(PROGRAMMES))


def procedure(text: str | bytes) -> tuple[dict[str, Any] | None, list[Problem]]:
    return check_procedure(text, kinds=KINDS)


def assert_one_mistake(old: str, new: str, places: list[tuple[int, str]]) -> None:
    """The right file with `old` replaced is refused, at these lines and keys and no others."""
    assert old in RIGHT

    normal, problems = procedure(RIGHT.replace(old, new, 1))

    assert normal is None
    assert [(problem.line, problem.key) for problem in problems] == places
    assert all(problem.found and problem.expected for problem in problems)


def rules_of(key: str) -> dict[str, Any]:
    """The normal form of one of our own procedures."""
    normal, problems = procedure((FOLDER / f"{key}.yaml").read_bytes())
    assert normal is not None, problems
    return normal


def programme_of(key: str) -> dict[str, Any]:
    normal, problems = check_programme((FOLDER / f"{key}.programme.yaml").read_bytes())
    assert normal is not None, problems
    return normal


def steps_of(rules: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """All steps of a procedure by their key."""
    return {step["key"]: step for stage in rules["stages"].values() for step in stage["steps"]}


RIGHT = """\
key: trial
programme: trial_programme
country: RS
track:
  key: trial
  name: {sr: Проба, en: Trial}
  code: TRIAL-1
  places: 24
  note: {sr: Напомена, en: Note}
route: [application, memorandum, assessment]
second_person: [start_assessment]
joint_applications: true
eligibility:
  - rule: kind
    values: [municipality, city]
    sentence: {sr: Општине и градови., en: Municipalities and cities.}
call:
  reference: "17/1"
  published_on: 2024-01-15
  opens_on: 2024-01-19
  deadline: {rule: fixed, on: 2024-03-04, at: 24:00}
  questions_until: {days_before: 21}
  answers_until: {days_before: 11}
stages:
  application:
    limit_days: 60
    steps:
      - key: applied
        title: {sr: Пријава, en: Application}
        role: signatory
        evidence: record
        demands: {paper: {sr: Образац, en: Form}}
        accepted_by: programme_manager
        deadline: {rule: month, month: 2007-12}
  memorandum:
    steps:
      - key: signed
        title: {sr: Меморандум, en: Memorandum}
        role: signatory
        evidence: record
        deadline: {rule: relative, to: stage, days: 30}
  assessment:
    steps:
      - key: founded
        title: {sr: Решење, en: Decision}
        role: signatory
        evidence: act
        demands: {body: {sr: Председник, en: Mayor}, gazette: true}
        when: {joint: true}
      - key: session
        title: {sr: Седница, en: Session}
        role: coordinator
        evidence: meeting
        after: [founded]
        deadline: {rule: relative, to: "act:founded", working_days: 10}
        reminders: [7, 1]
      - key: rated
        title: {sr: Оцена, en: Rating}
        role: evaluator
        evidence: rating
        after: [session]
        deadline: {rule: recurring, every: quarter, times: 4, days: 60}
"""
