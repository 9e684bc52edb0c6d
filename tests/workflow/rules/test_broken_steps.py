"""One mistake at a time in the steps: role, evidence, order, conditions, deadlines, reminders."""

import pytest

from tests.workflow.rules.files import assert_one_mistake

SIGNED_STEP = """\
      - key: signed
        title: {sr: Меморандум, en: Memorandum}
        role: signatory
        evidence: record
        deadline: {rule: relative, to: stage, days: 30}"""

# mistake: (what is replaced in the right file, by what, line and key of every problem)
BROKEN = {
    "an unknown role": (
        "role: evaluator",
        "role: mayor",
        [(59, "stages.assessment.steps[2].role")],
    ),
    "a role that only reads": (
        "role: evaluator",
        "role: auditor",
        [(59, "stages.assessment.steps[2].role")],
    ),
    "a misspelt role": (
        "role: evaluator",
        "role: evaluater",
        [(59, "stages.assessment.steps[2].role")],
    ),
    "an unknown evidence": (
        "evidence: meeting",
        "evidence: photograph",
        [(53, "stages.assessment.steps[1].evidence")],
    ),
    "an act without its body": (
        "demands: {body: {sr: Председник, en: Mayor}, gazette: true}",
        "demands: {gazette: true}",
        [(48, "stages.assessment.steps[0].demands.body")],
    ),
    "demands of another kind": (
        "demands: {paper: {sr: Образац, en: Form}}",
        "demands: {gazette: true}",
        [(32, "stages.application.steps[0].demands.gazette")],
    ),
    "an unknown acceptor": (
        "accepted_by: programme_manager",
        "accepted_by: observer",
        [(33, "stages.application.steps[0].accepted_by")],
    ),
    "a step key twice": (
        "- key: rated",
        "- key: session",
        [(57, "stages.assessment.steps[2].key")],
    ),
    "after a step that is not there": (
        "after: [session]",
        "after: [sesion]",
        [(61, "stages.assessment.steps[2].after[0]")],
    ),
    "after a later stage": (
        "        evidence: record\n        deadline: {rule: relative,",
        "        evidence: record\n        after: [founded]\n        deadline: {rule: relative,",
        [(41, "stages.memorandum.steps[0].after[0]")],
    ),
    "after itself": (
        "after: [session]",
        "after: [rated]",
        [(61, "stages.assessment.steps[2].after")],
    ),
    "a ring of two": (
        "after: [founded]",
        "after: [rated]",
        [(54, "stages.assessment.steps[1].after"), (61, "stages.assessment.steps[2].after")],
    ),
    "a condition that does not exist": (
        "when: {joint: true}",
        "when: {join: true}",
        [(49, "stages.assessment.steps[0].when.join")],
    ),
    "two conditions": (
        "when: {joint: true}",
        "when: {joint: true, kind: [city]}",
        [(49, "stages.assessment.steps[0].when")],
    ),
    "a joint condition without joint applications": (
        "joint_applications: true",
        "joint_applications: false",
        [(49, "stages.assessment.steps[0].when.joint")],
    ),
    "an entity in Serbia": (
        "when: {joint: true}",
        "when: {entity: [FBiH]}",
        [(49, "stages.assessment.steps[0].when.entity")],
    ),
    "an unknown deadline rule": (
        "rule: month, month: 2007-12",
        "rule: monthly, month: 2007-12",
        [(34, "stages.application.steps[0].deadline.rule")],
    ),
    "a month that does not exist": (
        "month: 2007-12",
        "month: 2007-13",
        [(34, "stages.application.steps[0].deadline.month")],
    ),
    "a key of another deadline rule": (
        "month: 2007-12",
        "month: 2007-12, days: 3",
        [(34, "stages.application.steps[0].deadline.days")],
    ),
    "no unit of time": (
        "to: stage, days: 30",
        "to: stage",
        [(41, "stages.memorandum.steps[0].deadline")],
    ),
    "two units of time": (
        "to: stage, days: 30",
        "to: stage, days: 30, months: 1",
        [(41, "stages.memorandum.steps[0].deadline")],
    ),
    "a hundred years": (
        "to: stage, days: 30",
        "to: stage, days: 36500",
        [(41, "stages.memorandum.steps[0].deadline.days")],
    ),
    "a deadline after an act that is none": (
        "act:founded",
        "act:signed",
        [(55, "stages.assessment.steps[1].deadline.to")],
    ),
    "a deadline after a step that is not there": (
        "act:founded",
        "step:found",
        [(55, "stages.assessment.steps[1].deadline.to")],
    ),
    "a deadline after nothing known": (
        "act:founded",
        "founded",
        [(55, "stages.assessment.steps[1].deadline.to")],
    ),
    "an unknown period": (
        "every: quarter",
        "every: fortnight",
        [(62, "stages.assessment.steps[2].deadline.every")],
    ),
    "never again": (
        "times: 4",
        "times: 0",
        [(62, "stages.assessment.steps[2].deadline.times")],
    ),
    "a negative reminder": (
        "reminders: [7, 1]",
        "reminders: [7, -1]",
        [(56, "stages.assessment.steps[1].reminders[1]")],
    ),
    "reminders in words": (
        "reminders: [7, 1]",
        "reminders: weekly",
        [(56, "stages.assessment.steps[1].reminders")],
    ),
    "a stage without a limit of days": (
        "limit_days: 60",
        "limit_days: sixty",
        [(26, "stages.application.limit_days")],
    ),
    "a deadline in words": (
        "deadline: {rule: relative, to: stage, days: 30}",
        "deadline: soon",
        [(41, "stages.memorandum.steps[0].deadline")],
    ),
    "a step that is a word": (
        SIGNED_STEP,
        "      - signed",
        [(37, "stages.memorandum.steps[0]")],
    ),
    "a stage without steps": (
        SIGNED_STEP + "\n",
        "",
        [(36, "stages.memorandum.steps")],
    ),
    "a number so long": (
        "places: 24",
        "places: 99999999999999999999",
        [(8, "track.places")],
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_step_is_refused_with_line_and_key(name):
    assert_one_mistake(*BROKEN[name])
