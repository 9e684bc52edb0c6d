"""The templates of a programme: which counts for each paper and language, and what may be used."""

from dataclasses import dataclass
from typing import Any

from documents.models import PaperTemplate
from documents.papers.catalogue import KINDS, LANGUAGES, Kind
from documents.papers.fields.listed import FIELDS, Field
from documents.papers.speaking import chosen
from documents.services.paper_templates import Shelf
from web.context import OWN_NAMES, html_lang
from workflow.models import Programme

# How templates say it, as people copy it into Word.
EXAMPLES = {
    "field": "{{ municipality }}",
    "blank": "{{ mentor or blank }}",
    "begin": "{%p for step in steps %}",
    "row": "{{ step.title }}",
    "end": "{%p endfor %}",
    "begin_row": "{%tr for step in steps %}",
    "end_row": "{%tr endfor %}",
    "choice": "{% if step.due %}{{ step.due }}{% endif %}",
}


@dataclass(frozen=True)
class Line:
    """A paper in one language, and the row that counts for it, if there is any."""

    kind: Kind
    language: str
    row: PaperTemplate | None
    is_usual: bool  # the language in which the programme's papers are written

    @property
    def own(self) -> PaperTemplate | None:
        return self.row if self.row and self.row.is_own else None

    @property
    def language_name(self) -> str:
        return OWN_NAMES[self.language]

    @property
    def lang(self) -> str:
        return html_lang(self.language)


def templates_page(programme: Programme) -> dict[str, Any]:
    """Every paper that takes templates, in every language. One query."""
    rows = PaperTemplate.objects.in_short().filter(programme=programme).select_related("by")
    counting = {(row.paper, row.language): row for row in rows.order_by("number")}
    usual = chosen(programme, programme.country)
    papers = [
        (kind, [
            Line(kind, language, counting.get((kind.key, language)), language == usual)
            for language in LANGUAGES
        ])
        for kind in KINDS
        if kind.takes_templates
    ]  # fmt: skip
    return {"programme": programme, "papers": papers}


def template_page(shelf: Shelf) -> dict[str, Any]:
    """One paper in one language: what counts, and all that ever did. One query."""
    rows = list(shelf.rows.in_short().select_related("by").order_by("-number"))
    return {
        "programme": shelf.programme,
        "kind": shelf.kind,
        "line": Line(shelf.kind, shelf.language, rows[0] if rows else None, False),
        "rows": rows,
    }


@dataclass(frozen=True)
class Group:
    """A list or a group of fields, with its parts."""

    field: Field
    parts: list[Field]


def fields_page(programme: Programme) -> dict[str, Any]:
    """Every name that a template may use: single ones, then lists and groups with their parts."""
    wholes = [field for field in FIELDS if "." not in field.name]
    groups = [Group(field, parts_of(field)) for field in wholes]
    return {
        "programme": programme,
        "single": [one.field for one in groups if not one.parts],
        "groups": [one for one in groups if one.parts],
        "examples": EXAMPLES,
    }


def parts_of(whole: Field) -> list[Field]:
    return [field for field in FIELDS if field.name.startswith(f"{whole.name}.")]
