"""Papers that Koraci writes itself: DOCX from templates, PDF sheets. No doors, no pages.

    fields_of(participation, language="sr-latn")   what templates may use, as plain text
    fill(template, fields)                         a filled DOCX
    unknown_fields(template, known)                fields that a template uses and nobody knows
    problems_in(template)                          all that is wrong with a template, in words
    sheet("next_steps", context, language="sr")    a PDF/A of our own
    catalogue.made("memorandum", participation, language="bs", by=user)   what a door calls

The libraries behind them take up to two seconds to load and are loaded on first use.
"""

from documents.papers.fields import FIELDS, fields_of
from documents.papers.filling import fill, known_fields, preview, problems_in, unknown_fields
from documents.papers.problems import BrokenTemplate, PdfUnavailable
from documents.papers.sheets import sheet

__all__ = [
    "FIELDS",
    "BrokenTemplate",
    "PdfUnavailable",
    "fields_of",
    "fill",
    "known_fields",
    "preview",
    "problems_in",
    "sheet",
    "unknown_fields",
]
