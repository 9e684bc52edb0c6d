"""Samples of the papers that Koraci writes, and of the templates of a programme."""

from collections.abc import Iterator
from uuid import uuid4

from documents.services.paper_templates import put_on, return_to_shipped
from tests.browser.sample import (
    AUDITOR,
    KIKINDA,
    MANAGER,
    OBSERVER,
    Sample,
    kikinda,
    page,
    sample_cases,
)
from tests.browser.samples_of_papers import by
from tests.documents.papers.word_files import template
from tests.documents.writing import shelf
from workflow.models import Participation, Programme
from workflow.stages import Stage

DOCX = "?format=docx"


def of_writing() -> Iterator[Sample]:
    """Kikinda's decisions are many; the sample has somebody at the stage of the memorandum."""
    case = kikinda()
    for who in (KIKINDA, AUDITOR):
        yield page("documents:write_paper", who, case.reference, "transition_record")
    yield page("documents:write_paper", KIKINDA, case.reference, "transition_record", query=DOCX)
    for key in ("next_steps", "case_summary"):
        yield page("documents:write_paper", MANAGER, case.reference, key)
    yield page("documents:write_paper", OBSERVER, case.reference, "next_steps", status=403)
    yield page("documents:write_paper", MANAGER, signing().reference, "memorandum")
    yield page("documents:write_paper", MANAGER, signing().reference, "next_steps", query=DOCX)
    yield page("documents:write_paper", MANAGER, assessed().reference, "appointment_decision")
    yield page("documents:documents", MANAGER, signing().reference)
    yield from of_templates()


def signing() -> Participation:
    return sample_cases().filter(stage=Stage.MEMORANDUM)[0]


def assessed() -> Participation:
    return sample_cases().filter(stage=Stage.ASSESSMENT)[0]


def of_templates() -> Iterator[Sample]:
    """One paper has a template of its own, one is back at the shipped one, the others had none."""
    programme = Programme.objects.get(key="sample")
    for language in ("sr", "bs"):
        put_on(
            shelf(programme, "memorandum", language),
            {"name": "меморандум.docx", "content": template("{{ track }}"), "sha256": "0" * 64},
            by=by(MANAGER), expected=0, key=uuid4(),
        )  # fmt: skip
    return_to_shipped(
        shelf(programme, "memorandum", "bs"), by=by(MANAGER), expected_version=1,
        idempotency_key=uuid4(),
    )  # fmt: skip
    yield page("documents:paper_templates", MANAGER, programme.key)
    yield page("documents:template_fields", MANAGER, programme.key)
    for key, language in (("memorandum", "sr"), ("memorandum", "bs"), ("next_steps", "en")):
        yield page("documents:paper_template", MANAGER, programme.key, key, language)
    yield page("documents:return_to_shipped", MANAGER, programme.key, "memorandum", "sr")
    yield page("documents:paper_templates", AUDITOR, programme.key, status=403)
