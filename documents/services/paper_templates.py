"""The doors of a programme's own templates: one replaces another, or the shipped one returns.

A template is examined like every upload, in a child and before anything is locked. It is no part
of any participation, so its row is the record: who, when, as whom, which file.
"""

import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from documents import quarantine
from documents.intake import examine_apart
from documents.intake.scanning import INFECTED, ScannerDown, TooLargeToScan, scan
from documents.models import PaperTemplate
from documents.papers.apart import problems_apart
from documents.papers.catalogue import Kind
from documents.papers.problems import BrokenTemplate
from documents.quarantine import Received
from documents.refusals import LOST, sentence_on
from workflow.audit.log import Actor
from workflow.errors import Refused
from workflow.models import KeyReused, Programme
from workflow.services.locks import demand


class ReplacedMeanwhile(Exception):
    """Another template was kept since the page was opened (409). Carries it."""

    def __init__(self, template: PaperTemplate) -> None:
        super().__init__(f"number {template.number} counts now")
        self.template = template


@dataclass(frozen=True)
class Shelf:
    """Where a template belongs: a paper of a programme, in one language."""

    programme: Programme
    kind: Kind
    language: str

    @property
    def rows(self) -> Any:
        """All that were ever kept here, the newest first."""
        return PaperTemplate.objects.filter(
            programme=self.programme, paper=self.kind.key, language=self.language
        )


def newest(programme: int, paper: str, language: str) -> PaperTemplate | None:
    rows = PaperTemplate.objects.filter(programme=programme, paper=paper, language=language)
    return rows.order_by("-number").first()


def replace_template(
    shelf: Shelf, file: Received, *, by: Any, expected_version: int, idempotency_key: UUID
) -> PaperTemplate:
    """From here on papers are written by this file.

    `expected_version` is the number of the newest that the person saw, 0 for none. Raises
    BrokenTemplate with every problem, NotAllowed, Refused, KeyReused, ReplacedMeanwhile.
    """
    if answer := earlier_template(by, idempotency_key, file.sha256):
        return answer
    demand_keeping_templates(shelf, by)
    scanned = examined(file)
    content = file.path.read_bytes()
    facts = {"name": file.shown_name, "content": content, "scan": scanned}
    facts["sha256"] = hashlib.sha256(content).hexdigest()
    return put_on(shelf, facts, by=by, expected=expected_version, key=idempotency_key)


def return_to_shipped(
    shelf: Shelf, *, by: Any, expected_version: int, idempotency_key: UUID
) -> PaperTemplate:
    """From here on papers are written by the template that comes with Koraci."""
    return put_on(shelf, {"sha256": ""}, by=by, expected=expected_version, key=idempotency_key)


@transaction.atomic(durable=True)
def put_on(
    shelf: Shelf, facts: dict[str, Any], *, by: Any, expected: int, key: UUID
) -> PaperTemplate:
    """The next row. Templates of a programme are kept one after the other."""
    Programme.objects.select_for_update(no_key=True).get(pk=shelf.programme.pk)
    if answer := earlier_template(by, key, facts["sha256"]):
        return answer
    actor = demand_keeping_templates(shelf, by)
    present = shelf.rows.in_short().first()
    if present and present.number != expected:
        raise ReplacedMeanwhile(present)
    refuse_same(present, facts["sha256"])
    return PaperTemplate.objects.create(
        programme=shelf.programme, paper=shelf.kind.key, language=shelf.language,
        number=present.number + 1 if present else 1, by=by, role=actor.role, key=key, **facts,
    )  # fmt: skip


def demand_keeping_templates(shelf: Shelf, by: Any) -> Actor:
    return demand(by, "keep_templates", shelf.programme)


def earlier_template(by: Any, key: UUID, sha256: str) -> PaperTemplate | None:
    """The row that this very form made the first time. KeyReused for another file."""
    before = PaperTemplate.objects.in_short().filter(by=by, key=key).first()
    if before and before.sha256 != sha256:
        raise KeyReused
    return before


def refuse_same(present: PaperTemplate | None, sha256: str) -> None:
    if sha256 == (present.sha256 if present else ""):
        raise Refused(_("Papers are written by this template already."))


def examined(file: Received) -> str:
    """What the scan says of a sound template. Raises BrokenTemplate with all that is wrong."""
    if not file.path.exists() or quarantine.digest_of(file.path) != file.sha256:
        raise BrokenTemplate([sentence_on({"problem": LOST})])
    verdict = examine_apart(file.path, file.shown_name, limits=quarantine.limits())
    if not verdict.accepted:
        refusal = {"problem": verdict.problem, "values": verdict.values}
        raise BrokenTemplate([sentence_on(refusal)])
    scanned = scanned_as(file)
    if found := problems_apart(file.path, language=get_language() or ""):
        raise BrokenTemplate(found)
    return scanned


def scanned_as(file: Received) -> str:
    """ "clean", or that no scanner is set up. A scanner that is needed and down refuses."""
    try:
        scanned = scan(file.path)
    except TooLargeToScan as error:
        raise BrokenTemplate([sentence_on({"problem": error.problem})]) from error
    except ScannerDown as error:
        said = _("The virus scanner does not answer, so nothing is kept. Try again later.")
        raise Refused(said) from error
    if scanned.startswith(INFECTED):
        values = {"name": scanned.removeprefix(INFECTED)}
        raise BrokenTemplate([sentence_on({"problem": "infected", "values": values})])
    return scanned
