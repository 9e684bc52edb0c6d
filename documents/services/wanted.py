"""A paper that somebody wants Koraci to write: of what, in which language, in which format."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from django.db.models import Count
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from documents.models import Document, PaperTemplate, Version
from documents.papers.catalogue import DOCX, Kind, Made, made, previewed
from documents.papers.fields.filled import fields_of
from documents.papers.problems import BrokenTemplate, PdfUnavailable
from documents.services.paper_templates import newest
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.models import Participation, Step
from workflow.services.locks import digest

NOT_SAID = ("today", "blank")  # they change by themselves, or never


@dataclass(frozen=True)
class Wanted:
    """Everything that decides what the paper says; it is filled once and then stays so."""

    participation: Participation
    kind: Kind
    language: str
    content_type: str = ""
    decision: Entry | None = None  # that a transition record is about; of other papers none
    step: Step | None = None  # with whose papers it is filed

    def of(self, participation: Participation, step: Step | None) -> Self:
        """The same of the rows as they are now."""
        return replace(self, participation=participation, step=step)

    @cached_property
    def template(self) -> PaperTemplate | None:
        """The programme's own, where it has one that counts."""
        if not self.kind.takes_templates:
            return None
        found = newest(self.participation.programme_id, self.kind.key, self.language)
        return found if found and found.is_own else None

    @cached_property
    def chosen_type(self) -> str:
        """What was asked for; else what the programme's own template makes, else the usual."""
        return self.content_type or (DOCX if self.template else self.kind.formats[0])

    @property
    def is_from_a_template(self) -> bool:
        """A sheet is drawn without one."""
        return self.chosen_type == DOCX

    @cached_property
    def used_template(self) -> PaperTemplate | None:
        return self.template if self.is_from_a_template else None

    @cached_property
    def fields(self) -> dict[str, Any]:
        return fields_of(self.participation, language=self.language, entry=self.decision)

    @cached_property
    def title(self) -> str:
        """What the kept paper is called; of records each by its decision."""
        with override(self.language):
            title, decision = str(self.kind.title), self.fields["transition"]["title"]
            return f"{title}: {decision}"[:200] if self.decision else title

    @cached_property
    def _last_kept(self) -> Version | None:
        """The newest version that was written so, with how many its paper has by now."""
        same = Version.objects.filter(
            document__participation=self.participation, document__step=self.step,
            written__paper=self.kind.key, written__language=self.language,
            written__decision=self.decision,
        )  # fmt: skip
        counted = same.annotate(of_its_paper=Count("document__versions"))
        return counted.select_related("document__step").order_by("pk").last()

    @property
    def before(self) -> Document | None:
        """The paper of which this would be the next version."""
        return self._last_kept.document if self._last_kept else None

    @property
    def next_number(self) -> int:
        return self._last_kept.of_its_paper + 1 if self._last_kept else 1  # type: ignore[attr-defined]

    @cached_property
    def fingerprint(self) -> str:
        """Of all that its reader saw before it is kept; another one means: read it again."""
        said = {name: value for name, value in self.fields.items() if name not in NOT_SAID}
        used = self.used_template.sha256 if self.used_template else ""
        kept_as = [self.step.pk if self.step else "", self.next_number]
        return digest(self.kind.key, self.language, self.chosen_type, used, said, *kept_as)

    def preview(self) -> SafeString:
        """As HTML, to be read on a page. Raises Refused."""
        with in_words():
            return previewed(self.kind.key, self.participation, **self._how())

    def write(self, *, by: Any) -> Made:
        """The file. Raises Refused."""
        with in_words():
            return made(self.kind.key, self.participation, by=by, **self._how())

    def _how(self) -> dict[str, Any]:
        used = self.used_template
        return {
            "language": self.language,
            "content_type": self.chosen_type,
            "template": bytes(used.content) if used else None,
            "fields": self.fields,
        }


@contextmanager
def in_words() -> Iterator[None]:
    """What hinders writing becomes a sentence for the page."""
    try:
        yield
    except PdfUnavailable as error:
        raise Refused(error.sentence) from error
    except BrokenTemplate as error:
        said = _("The template of the programme cannot be filled: %s")
        raise Refused(said % " ".join(error.problems)) from error
