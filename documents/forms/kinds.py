"""The kinds of evidence that consist of uploaded papers: the paper alone, or an act with it."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import MADE_HERE, Document, Version
from documents.services.keeping import papers_in
from documents.wording import in_short, size_in_words
from web.forms import PlainTextField
from workflow.evidence import KINDS, EvidenceKind, Section, Shown
from workflow.forms.kinds import GAZETTE, ISSUED_BY, NOTE, NUMBER, ActForm, EvidenceForm
from workflow.forms.kinds import shown as shown_fields
from workflow.forms.kinds import told as told_as_text
from workflow.models import Evidence, Step

GONE = gettext_lazy("This version can no longer be handed in. Choose another one.")


def offered(step: Step) -> list[Version]:
    """Of each paper uploaded for the step its newest version that was not withdrawn."""
    documents = Document.objects.filter(step=step).with_versions().order_by("pk")
    return [present for one in documents if (present := one.present)]


class PapersForm(EvidenceForm):
    """Which of the papers uploaded for the step are handed in."""

    papers = forms.MultipleChoiceField(
        label=gettext_lazy("Papers"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": GONE},
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.offered = {str(one.uuid): one for one in offered(step)}
        field: Any = self.fields["papers"]
        field.choices = [(uuid, in_short(one)) for uuid, one in self.offered.items()]
        # What Koraci wrote bears no signature yet.
        field.initial = [uuid for uuid, one in self.offered.items() if one.scan != MADE_HERE]
        field.error_messages["required"] = (
            _("Choose at least one paper.") if self.offered else _("Upload the paper first.")
        )
        if not self.offered:
            field.help_text = _("Nothing is uploaded for this step yet, or nothing examined.")

    @property
    def can_be_sent(self) -> bool:
        return bool(self.offered)

    def clean_papers(self) -> list[dict[str, Any]]:
        return [told_of(self.offered[uuid]) for uuid in self.cleaned_data["papers"]]


class DocumentForm(PapersForm):
    """A paper of a kind, with the day that it bears."""

    note = PlainTextField(label=NOTE, at_most=4000, lines=True, required=False)
    field_order = ["papers", "dated_on", "note"]

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.fields["dated_on"].label = _("Date on the paper")


class SignedActForm(PapersForm, ActForm):
    """A formal decision together with the paper that bears its signature."""

    field_order = ["papers", "body", "number", "dated_on", "gazette"]


def told_of(version: Version) -> dict[str, Any]:
    """What evidence keeps of a version; its name stays with the version alone."""
    return {
        "uuid": str(version.uuid),
        "number": version.number,
        "sha256": version.sha256,
        "size": version.size,
        "content_type": version.content_type,
    }


def facts(evidence: Evidence) -> dict[str, Any]:
    """The fingerprints on which the entry relies."""
    return {"papers": papers_in(evidence)}


def paper_links(evidence: Evidence) -> SafeString:
    links = [
        format_html(
            '<a href="{}">{}</a>, {}, <code>{}</code>',
            reverse("documents:download", args=[paper["uuid"]]),
            _("version %d") % paper["number"],
            size_in_words(paper["size"]),
            paper["sha256"][:16],
        )
        for paper in papers_in(evidence)
    ]
    return format_html_join("\n", "{}", ((link,) for link in links))


def shown(*labelled: tuple[str, Any]) -> Any:
    """As of the core's kinds, with a link to each paper."""
    of_fields = shown_fields(*labelled)

    def show(evidence: Evidence) -> Shown:
        return [(_("Papers"), paper_links(evidence)), *of_fields(evidence)]

    return show


def register_kinds(section: Section) -> None:
    """Called once, from `apps.py`."""
    act = shown(("body", ISSUED_BY), ("number", NUMBER), ("gazette", GAZETTE))
    brought = [
        ("document", gettext_lazy("paper"), DocumentForm, shown(("note", NOTE))),
        ("signed_act", gettext_lazy("signed act"), SignedActForm, act),
    ]
    for name, label, form, show in brought:
        KINDS.register(
            EvidenceKind(name, label, form, told_as_text, show, facts=facts, section=section)
        )
