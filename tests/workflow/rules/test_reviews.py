"""The review form of a step: its normal form, and every mistake with its line and key."""

import pytest

from tests.workflow.rules.files import RIGHT, check_procedure, procedure

KINDS = ("record", "act", "rating", "meeting", "document", "signed_act")
FORM = """\
        review:
          reviewers: 3
          questions:
            - key: goals
              text: {sr: Циљеви, en: Goals}
              kind: yes_no_partly
            - key: costs
              text: {sr: Трошкови, en: Costs}
              kind: points
              max: 20
"""
ASKED = RIGHT.rstrip("\n") + "\n" + FORM
IN_RATED = "stages.assessment.steps[2].review"


def rated(text: str) -> dict:
    normal, problems = procedure(text)
    assert problems == []
    return normal["stages"]["assessment"]["steps"][2]


def test_in_normal_form_it_is_blind_unless_the_file_says_otherwise():
    goals = {"key": "goals", "text": {"sr": "Циљеви", "en": "Goals"}, "kind": "yes_no_partly"}
    costs = {"key": "costs", "text": {"sr": "Трошкови", "en": "Costs"}, "kind": "points", "max": 20}

    assert rated(ASKED)["review"] == {"reviewers": 3, "blind": True, "questions": [goals, costs]}
    open_one = ASKED.replace("reviewers: 3", "reviewers: 3\n          blind: false")
    assert rated(open_one)["review"]["blind"] is False


@pytest.mark.parametrize("nothing", ["", "        review: {}\n", "        review:\n"])
def test_without_one_a_step_reads_as_before_there_were_any(nothing):
    assert "review" not in rated(RIGHT.rstrip("\n") + "\n" + nothing)


# mistake: what is replaced in the form, by what, and the place within the review
BROKEN = {
    "no number of reviewers": ("          reviewers: 3\n", "", ".reviewers", "review:"),
    "nobody reviews": ("reviewers: 3", "reviewers: 0", ".reviewers", "reviewers:"),
    "a crowd reviews": ("reviewers: 3", "reviewers: 10", ".reviewers", "reviewers:"),
    "reviewers in words": ("reviewers: 3", "reviewers: three", ".reviewers", "reviewers:"),
    "half blind": ("reviewers: 3", "reviewers: 3\n          blind: half", ".blind", "blind:"),
    "a word of another language": (
        "reviewers: 3", "reviewers: 3\n          slepo: true", ".slepo", "slepo:",
    ),
    "a kind that is none": (
        "kind: points", "kind: stars", ".questions[1].kind", "kind: stars",
    ),
    "points without an end": (
        "              max: 20\n", "", ".questions[1].max", "- key: costs",
    ),
    "a thousand points": ("max: 20", "max: 1000", ".questions[1].max", "max:"),
    "no point at all": ("max: 20", "max: 0", ".questions[1].max", "max:"),
    "points of a yes": (
        "kind: yes_no_partly", "kind: yes_no_partly\n              max: 5",
        ".questions[0].max", "max: 5",
    ),
    "the same question twice": ("key: costs", "key: goals", ".questions[1].key", "key: goals"),
    "a key with a blank": ("key: costs", "key: the costs", ".questions[1].key", "key: the costs"),
    "a question in one language": (
        "{sr: Трошкови, en: Costs}", "{sr: Трошкови}", ".questions[1].text.en", "{sr: Трошкови}",
    ),
    "a question that is a word": (
        "            - key: goals\n              text: {sr: Циљеви, en: Goals}\n"
        "              kind: yes_no_partly\n",
        "            - goals\n", ".questions[0]", "- goals",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_refused_with_line_and_key(name):
    old, new, key, on = BROKEN[name]
    assert old in FORM
    text = ASKED.replace(FORM, FORM.replace(old, new, 1))
    line = max(nth for nth, each in enumerate(text.splitlines(), 1) if on in each)

    normal, problems = procedure(text)

    assert normal is None
    assert [(one.line, one.key) for one in problems] == [(line, IN_RATED + key)]


@pytest.mark.parametrize("form", ["review: three", "review: [3]", "review: 3"])
def test_a_form_that_is_no_block_is_refused(form):
    normal, problems = procedure(RIGHT.rstrip("\n") + f"\n        {form}\n")

    assert normal is None
    assert {one.key for one in problems} == {IN_RATED}


def test_without_questions_there_is_no_form():
    text = ASKED[: ASKED.index("          questions:")] + "          questions: []\n"

    normal, problems = procedure(text)

    assert normal is None
    assert [one.key for one in problems] == [f"{IN_RATED}.questions"]


@pytest.mark.parametrize(
    ("evidence", "key"),
    [("meeting", ".review"), ("record", ".review"), ("document", ".accepted_by")],
)
def test_it_is_asked_for_only_where_somebody_then_decides(evidence, key):
    """A rating decides by itself; of a paper whoever accepts it, so there must be somebody."""
    paper = "\n        demands: {paper: {key: plan, sr: План, en: Plan}}"
    text = ASKED.replace(
        "evidence: rating", f"evidence: {evidence}" + (paper if evidence == "document" else "")
    )

    normal, problems = check_procedure(text, kinds=KINDS)

    assert normal is None
    assert [one.key for one in problems] == ["stages.assessment.steps[2]" + key]


def test_a_paper_that_somebody_accepts_may_be_reviewed():
    text = ASKED.replace(
        "evidence: rating",
        "evidence: document\n        accepted_by: programme_manager\n"
        "        demands: {paper: {key: plan, sr: План, en: Plan}}",
    )

    normal, problems = check_procedure(text, kinds=KINDS)

    assert problems == []
    assert normal["stages"]["assessment"]["steps"][2]["review"]["reviewers"] == 3
