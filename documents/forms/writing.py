"""The forms of the papers that Koraci writes: what is wanted, and that it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.papers.catalogue import DOCX, LANGUAGES, PDF
from documents.services.wanted import Wanted
from web.context import OWN_NAMES
from web.forms import PlainTextField
from web.script.dates import long_date
from workflow.audit.models import Entry
from workflow.forms.carried import KeyForm
from workflow.pages.timeline import title_of

FORMATS = {"docx": DOCX, "pdf": PDF}
NAMES = {content_type: name for name, content_type in FORMATS.items()}
IN_WORDS = {
    DOCX: gettext_lazy("Word (DOCX), to be worked on"),
    PDF: gettext_lazy("PDF, a finished sheet"),
}


class ChoiceForm(forms.Form):
    """What stands in the address of the page: language, format, and which decision."""

    language = forms.ChoiceField(
        label=gettext_lazy("Language and script"),
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
    )
    format = forms.ChoiceField(label=gettext_lazy("Kind of file"))
    decision = forms.ChoiceField(label=gettext_lazy("Decision"))

    def __init__(self, wanted: Wanted, decisions: list[Entry]) -> None:
        super().__init__(initial=address_of(wanted))
        fields: Any = self.fields
        fields["format"].choices = [(NAMES[one], IN_WORDS[one]) for one in wanted.kind.formats]
        fields["decision"].choices = [
            (one.seq, f"{title_of(one)}, {long_date(one.decided_on)}") for one in decisions
        ]
        if len(wanted.kind.formats) == 1:
            del fields["format"]
        if not decisions:
            del fields["decision"]


def address_of(wanted: Wanted) -> dict[str, Any]:
    """The choice as the address of a page says it."""
    told: dict[str, Any] = {"language": wanted.language, "format": NAMES[wanted.chosen_type]}
    return told | ({"decision": wanted.decision.seq} if wanted.decision else {})


class KeepForm(KeyForm):
    """Keep what was read; a paper that was kept before is replaced with a reason."""

    reason = PlainTextField(
        label=gettext_lazy("Why it replaces the version before"), at_most=4000, lines=True
    )
    expected = forms.CharField(widget=forms.HiddenInput)
    refused_with = 422

    def __init__(self, *args: Any, wanted: Wanted, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected"].initial = wanted.fingerprint
        if not wanted.before:
            del self.fields["reason"]

    @property
    def status(self) -> int:
        """Of the page that shows it."""
        return self.refused_with if self.is_bound else 200

    def not_stored(self) -> None:
        """Nothing is on record, and it is nobody's fault here: sent again later, it is taken."""
        self.refused_with = 503
        self.add_error(
            None, _("The storage of the papers does not answer. Nothing was kept; try later.")
        )

    def read_again(self, wanted: Wanted) -> None:
        """The page shows what the paper says now; that is what may be kept next."""
        sent: Any = self.data
        fresh = sent.copy()
        fresh["expected"] = wanted.fingerprint
        self.data = fresh
