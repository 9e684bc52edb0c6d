"""Steps that ask for papers: what a rule file may demand of them."""

import pytest

from tests.workflow.rules.files import KINDS, RIGHT
from workflow.rules import check_procedure

RECORD = "evidence: record\n        demands: {paper: {sr: Образац, en: Form}}"
PAPER = "paper: {key: strategy, sr: Стратегија, en: Strategy}"
WITH_PAPERS = (*KINDS, "document", "signed_act")


def checked(evidence: str, demands: str):
    text = RIGHT.replace(RECORD, f"evidence: {evidence}\n        demands: {{{demands}}}", 1)
    return check_procedure(text, kinds=WITH_PAPERS)


def test_a_paper_is_filed_by_a_word_and_read_by_the_participants():
    rules, problems = checked("document", PAPER)

    assert problems == []
    assert rules["stages"]["application"]["steps"][0]["demands"] == {
        "paper": {"key": "strategy", "sr": "Стратегија", "en": "Strategy"},
        "visibility": "participants",
    }


def test_a_signed_act_names_its_body_and_its_paper():
    body = "body: {sr: Скупштина, en: Assembly}"
    rules, problems = checked("signed_act", f"{body}, {PAPER}, visibility: public")

    assert problems == []
    demands = rules["stages"]["application"]["steps"][0]["demands"]
    assert set(demands) == {"body", "gazette", "paper", "visibility"}


@pytest.mark.parametrize(
    ("evidence", "demands", "key"),
    [
        ("document", "visibility: public", "paper"),
        ("document", "paper: {sr: Стратегија, en: Strategy}", "paper.key"),
        ("document", f"{PAPER}, visibility: everybody", "visibility"),
        ("document", "paper: {key: strategy, sr: Strategija, en: Strategy}", "paper.sr"),
        ("signed_act", PAPER, "body"),
        ("document", f"{PAPER}, gazette: true", "gazette"),
    ],
)
def test_a_mistake_is_told_with_its_key(evidence, demands, key):
    rules, problems = checked(evidence, demands)

    assert rules is None
    assert [one.key for one in problems] == [f"stages.application.steps[0].demands.{key}"]


def test_a_deadline_may_count_from_a_signed_act():
    act = "evidence: act\n        demands: {body: {sr: Председник, en: Mayor}, gazette: true}"
    signed = f"evidence: signed_act\n        demands: {{body: {{sr: А, en: A}}, {PAPER}}}"

    _rules, problems = check_procedure(RIGHT.replace(act, signed, 1), kinds=WITH_PAPERS)

    assert problems == []
