"""Which papers there are, to whom they are offered, and how a door makes one."""

import pytest

from documents.papers import catalogue
from documents.papers.catalogue import DOCX, PAPERS, PDF, made, offered, previewed
from documents.papers.layouts import LAYOUTS
from tests.documents.papers.test_sheets import needs_pango
from tests.documents.papers.word_files import template, words
from workflow.permissions import MAY


def test_papers_hold_names_and_are_offered_to_who_may_see_them():
    roles = {role for kind in PAPERS.values() for role in kind.roles}

    assert roles <= set(MAY["view_people"])


def test_every_paper_that_takes_templates_has_one_shipped_in_every_language():
    with_templates = {key for key, kind in PAPERS.items() if kind.takes_templates}

    assert with_templates == set(LAYOUTS)
    assert {path.parent.name for path in catalogue.TEMPLATES.glob("*/*.docx")} == set(
        catalogue.LANGUAGES
    )


@pytest.mark.parametrize(
    ("stage", "role", "keys"),
    [
        (
            "memorandum",
            "coordinator",
            ["memorandum", "appointment_decision", "transition_record", "next_steps"],
        ),
        ("assessment", "mentor", ["appointment_decision", "transition_record", "next_steps"]),
        ("cofinancing", "programme_manager", ["transition_record", "next_steps"]),
        ("cofinancing", "auditor", ["transition_record"]),
        ("memorandum", "observer", []),
    ],
)
def test_papers_are_offered_by_stage_and_role(make_participation, stage, role, keys):
    kinds = offered(make_participation(stage), [role])

    summary = [] if role == "observer" else ["case_summary"]
    assert [kind.key for kind in kinds] == keys + summary


@pytest.mark.parametrize("key", ["memorandum", "appointment_decision"])
def test_a_paper_is_made_from_the_shipped_template(case, manager, key):
    paper = made(key, case, language="sr", by=manager)

    assert paper.content_type == DOCX
    assert paper.name == f"{case.reference} {name_in_cyrillic(key)}.docx"
    assert "Чачак" in words(paper.content)


def name_in_cyrillic(key: str) -> str:
    return {
        "memorandum": "Меморандум о сарадњи",
        "appointment_decision": "Решење о образовању тела за планирање",
    }[key]


def test_a_programme_can_replace_a_template(case, manager):
    own = template("Naš memorandum: {{ municipality }}")

    paper = made("memorandum", case, language="sr-latn", by=manager, template=own)

    assert words(paper.content).strip() == "Naš memorandum: Čačak"
    assert previewed("memorandum", case, language="sr", template=own) == (
        "<p>Naš memorandum: Чачак</p>"
    )


@needs_pango
def test_a_sheet_is_made_as_pdf_and_where_asked_as_docx(case, manager):
    sheet = made("next_steps", case, language="bs", by=manager)
    paper = made("next_steps", case, language="bs", by=manager, content_type=DOCX)

    assert (sheet.content_type, sheet.content[:5]) == (PDF, b"%PDF-")
    assert sheet.name == f"{case.reference} Sljedeći koraci.pdf"
    assert "Sljedeći koraci: Čačak" in words(paper.content)


def test_what_is_not_made_is_refused(case, manager):
    with pytest.raises(ValueError, match="not made as"):
        made("memorandum", case, language="sr", by=manager, content_type=PDF)
    with pytest.raises(ValueError, match="not made as"):
        made("case_summary", case, language="sr", by=manager, template=template("x"))
    with pytest.raises(KeyError):
        made("diploma", case, language="sr", by=manager)


@pytest.mark.parametrize("key", PAPERS)
def test_each_paper_can_be_read_before_it_is_made(case, key):
    html = previewed(key, case, language="sr")

    assert "Чачак" in html
    assert "<html" not in html


def test_names_of_files_fit_wherever_they_are_kept(case, manager):
    for language in catalogue.LANGUAGES:
        for key, kind in PAPERS.items():
            name = catalogue.name_of(PAPERS[key], case, language, kind.formats[0])
            assert len(name.encode()) <= 150
            assert "/" not in name
