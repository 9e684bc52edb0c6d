"""Which papers Koraci writes, for which stage, offered to whom; and the one way to make one."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from documents.papers.fields.filled import fields_of
from documents.papers.filling import fill, preview
from documents.papers.sheets import body_of, sheet
from municipalities.roles import Role
from workflow.audit.models import Entry
from workflow.models import Participation
from workflow.stages import Stage

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
ENDINGS = {DOCX: "docx", PDF: "pdf"}
TEMPLATES = Path(settings.BASE_DIR) / "documents" / "papers" / "templates"
LANGUAGES = [code for code, _name in settings.LANGUAGES]

MANAGER, MENTOR, AUDITOR = Role.PROGRAMME_MANAGER, Role.MENTOR, Role.AUDITOR
MUNICIPALITY = [Role.COORDINATOR, Role.SIGNATORY]


@dataclass(frozen=True)
class Kind:
    """One paper that Koraci can write.

    `formats` are content types, the usual one first; `stages` are those where it is offered, none
    meaning all; `roles` are offered it. All of these may see names of people, which papers hold.
    """

    key: str
    title: Any
    formats: tuple[str, ...]
    roles: tuple[Role, ...]
    stages: tuple[Stage, ...] = ()

    @property
    def takes_templates(self) -> bool:
        """Whether a programme can replace its template by one of its own."""
        return DOCX in self.formats

    @property
    def is_about_a_decision(self) -> bool:
        """Whether there is one for each decision."""
        return self.key == "transition_record"


@dataclass(frozen=True)
class Made:
    """A paper as it was made: what it is called, what it is, and its bytes."""

    name: str
    content_type: str
    content: bytes


KINDS = [
    Kind(
        "memorandum", _("Memorandum of cooperation"), (DOCX,), (MANAGER, MENTOR, *MUNICIPALITY),
        (Stage.APPLICATION, Stage.MEMORANDUM),
    ),
    Kind(
        "appointment_decision", _("Decision on the appointment of the planning body"), (DOCX,),
        (MANAGER, MENTOR, *MUNICIPALITY), (Stage.MEMORANDUM, Stage.ASSESSMENT),
    ),
    Kind(
        "transition_record", _("Transition record"), (PDF, DOCX),
        (MANAGER, MENTOR, AUDITOR, *MUNICIPALITY),
    ),
    Kind("next_steps", _("Next steps"), (PDF, DOCX), (MANAGER, MENTOR, *MUNICIPALITY)),
    Kind("case_summary", _("Case summary"), (PDF,), (MANAGER, MENTOR, AUDITOR, *MUNICIPALITY)),
]  # fmt: skip
PAPERS = {kind.key: kind for kind in KINDS}


def offered(participation: Participation, roles: Collection[str]) -> list[Kind]:
    """The papers that make sense at the present stage, for somebody with these roles there."""
    return [
        kind
        for kind in KINDS
        if has_its_time(kind, participation.stage) and not set(roles).isdisjoint(kind.roles)
    ]


def has_its_time(kind: Kind, stage: str) -> bool:
    """Whether a paper makes sense at a stage."""
    return not kind.stages or stage in kind.stages


def shipped(key: str, language: str) -> bytes:
    """The template that comes with Koraci, for a programme to fetch, change and send back."""
    return (TEMPLATES / language / f"{key}.docx").read_bytes()


def made(
    key: str,
    participation: Participation,
    *,
    language: str,
    by: Any,
    template: bytes | None = None,
    content_type: str = "",
    entry: Entry | None = None,
    fields: dict[str, Any] | None = None,
) -> Made:
    """Write a paper. BrokenTemplate, PdfUnavailable; KeyError for one that does not exist.

    Without `content_type` it is the usual one of its kind, and DOCX where a `template` of the
    programme is given. `entry` is the decision that a transition record is about; `fields` are
    those that a door has filled already.
    """
    kind, chosen = PAPERS[key], content_type or (DOCX if template else "")
    chosen = chosen or kind.formats[0]
    if chosen not in kind.formats:
        raise ValueError(f"{key} is not made as {chosen}")
    fields = fields or fields_of(participation, language=language, entry=entry)
    if chosen == DOCX:
        content = fill(template or shipped(key, language), fields)
    else:
        told = fields | {"made_by": str(by), "made_at": timezone.now()}
        content = sheet(key, told, language=language)
    return Made(name_of(kind, participation, language, chosen), chosen, content)


def name_of(kind: Kind, participation: Participation, language: str, content_type: str) -> str:
    """ "SWS-2007-001 Меморандум о сарадњи.docx"."""
    with translation.override(language):
        return f"{participation.reference} {kind.title}.{ENDINGS[content_type]}"


def previewed(
    key: str,
    participation: Participation,
    *,
    language: str,
    template: bytes | None = None,
    content_type: str = "",
    entry: Entry | None = None,
    fields: dict[str, Any] | None = None,
) -> SafeString:
    """What `made` would write, as HTML for the page before it is kept. Needs no Pango."""
    kind = PAPERS[key]
    fields = fields or fields_of(participation, language=language, entry=entry)
    if template or (content_type or kind.formats[0]) == DOCX:
        return preview(template or shipped(key, language), fields)
    return body_of(key, fields, language=language)
