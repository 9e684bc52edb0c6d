"""What can be wrong with a template, in words; and what is raised where a paper cannot be made."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

# Of Debian; they bring what WeasyPrint draws with.
PACKAGES = ["libpango-1.0-0", "libpangoft2-1.0-0"]


class BrokenTemplate(Exception):
    """A template that cannot be filled. `problems` are sentences for the person who sent it."""

    def __init__(self, problems: Iterable[Any]) -> None:
        self.problems = [str(problem) for problem in problems]
        super().__init__(" ".join(self.problems))


class PdfUnavailable(Exception):
    """This machine cannot make PDF files. `sentence` says what is missing and who helps."""

    def __init__(self) -> None:
        self.sentence = _(
            "PDF files cannot be made here yet. "
            "Ask whoever runs this server to install %(packages)s."
        ) % {"packages": ", ".join(PACKAGES)}
        super().__init__(str(self.sentence))


UNREADABLE = _(
    "This template could not be read within the limits of time and memory. Save it anew in Word, "
    "with fewer pictures and fields, and send it again."
)
NOT_WORD = _("This is not a whole Word document. Save it as DOCX and send it again.")
TOO_LARGE = _("The template is too large. At most %(limit)s megabytes are allowed, unpacked.")
UNSAFE_XML = _("The document declares a type of its own in its XML. Save it anew in Word.")
UNCLOSED = _("A field is opened and not closed in the same paragraph: “%(where)s”.")
TOO_MANY_TAGS = _("The template has too many fields. At most %(limit)s are allowed.")
SYNTAX = _("This cannot be read as a field: “%(where)s”. Check its brackets and its words.")
NOT_POSSIBLE = _(
    "“%(where)s” uses what templates cannot do. "
    "They can print a field, repeat rows with “%(repeat)s”, and choose with “%(choose)s”."
)
FILTER = _("“%(name)s” is not a way to print a field. Possible are: %(known)s.")
TOO_DEEP = _("Rows are repeated inside repeated rows more than twice. Repeat them side by side.")
TOO_NESTED = _("Fields and choices stand inside one another too deeply. Put them side by side.")
TOO_MANY_LOOPS = _("Rows are repeated in too many places. At most %(limit)s are allowed.")
UNKNOWN = _("The field “%(name)s” is not known.")
UNKNOWN_NEAR = _("The field “%(name)s” is not known. Did you mean “%(near)s”?")
NOT_ROWS = _("“%(name)s” is a single text; it cannot be repeated.")
NOT_TEXT = _("“%(name)s” has parts and cannot be printed as one. Print one of them: %(parts)s.")
TOO_LONG = _("The filled paper would be too long. Repeat fewer rows.")
TORN = _(
    "The filled paper would be damaged. The beginning and the end of a repetition or a choice must "
    "stand in the same kind of place: both in paragraphs of their own, or both in rows of "
    "their own."
)
