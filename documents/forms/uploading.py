"""The form of an upload, and those of what may become of a paper."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from documents.intake import quick_look
from documents.models import Document, Visibility
from documents.quarantine import NO_ROOM, Received, limits
from documents.quarantine import TOO_LARGE as TOO_LARGE_THERE
from documents.refusals import sentence_on
from documents.services.uploading import MOST_AT_ONCE, Target
from web.forms import PlainTextField
from web.script.numbers import number
from workflow.forms.carried import KeyForm
from workflow.permissions import can

KINDS = ["pdf", "docx", "xlsx", "odt", "ods", "jpg", "jpeg", "png"]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several that have arrived in quarantine, each looked at from outside."""

    def __init__(self, *, several: bool, kinds: Sequence[str] = KINDS, **kwargs: Any) -> None:
        attrs = {"accept": ",".join(f".{kind}" for kind in kinds)}
        widget = FilesInput(attrs=attrs | {"multiple": True}) if several else forms.FileInput(attrs)
        super().__init__(widget=widget, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Received]:
        files = [one for one in (data if isinstance(data, list) else [data]) if one]
        if not files:
            raise forms.ValidationError(_("Choose the file with the paper."), code="required")
        wrong = [f"{one.shown_name}: {said}" for one in files if (said := problem_of(one))]
        if wrong:
            raise forms.ValidationError([forms.ValidationError(one) for one in wrong])
        return files


def problem_of(file: Received) -> str:
    """What is wrong with a file as far as name, size and first bytes tell; "" for nothing."""
    if file.problem == TOO_LARGE_THERE:
        limit = {"limit": number(settings.UPLOAD_LIMIT_MB)}
        return sentence_on({"problem": "too_large", "values": limit})
    if file.problem:
        return ""  # no room: not this file's fault, and told by a page of its own
    verdict = quick_look(file.shown_name, file.head, file.size or 0, limits=limits())
    if verdict.accepted:
        return ""
    return sentence_on({"problem": verdict.problem, "values": verdict.values})


class FilesForm(KeyForm):
    """A form that brings files; what became of each stands with it."""

    brought_as = "files"  # the field

    @property
    def arrived(self) -> list[Received]:
        """Every file of the request, whatever is wrong with it."""
        arrived: Any = self.files.getlist(self.brought_as) if self.files else []
        return arrived

    @property
    def has_no_room(self) -> bool:
        return any(file.problem == NO_ROOM for file in self.arrived)


class UploadForm(FilesForm):
    """Files, and as far as it is not known already what paper they are."""

    title = PlainTextField(label=gettext_lazy("What paper this is"), at_most=200)
    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), widget=forms.RadioSelect)
    reason = PlainTextField(
        label=gettext_lazy("Why it replaces the version before"), at_most=4000, lines=True
    )

    def __init__(self, *args: Any, target: Target, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        several = target.document is None
        self.fields["files"] = FilesField(
            several=several,
            label=_("Files") if several else _("File"),
            help_text=self.allowed(several=several),
        )
        if target.document:
            self.drop("title", "visibility")
        elif target.step:
            self.drop("visibility", "reason")
            self.fields["title"].required = False
            self.fields["title"].label = _("What tells it from other papers of this step")
        else:
            self.drop("reason")
            field: Any = self.fields["visibility"]
            field.choices, field.initial = choices_for(target, by), Visibility.PARTICIPANTS.value
        self.order_fields(["files", "title", "visibility", "reason"])

    def drop(self, *names: str) -> None:
        for name in names:
            del self.fields[name]

    @staticmethod
    def allowed(*, several: bool) -> str:
        kinds = ", ".join(kind.upper() for kind in KINDS if kind != "jpeg")
        told = {"kinds": kinds, "limit": number(settings.UPLOAD_LIMIT_MB)}
        each = _("%(kinds)s; at most %(limit)s MB each.") % told
        most = ngettext(
            "At most %(most)d file at once.", "At most %(most)d files at once.", MOST_AT_ONCE
        )
        return f"{each} {most % {'most': MOST_AT_ONCE}}" if several else each


def choices_for(target: Target, by: Any) -> list[tuple[str, Any]]:
    """Nobody uploads what they may not read; publishing comes later."""
    own = [Visibility.PARTICIPANTS]
    if can(by, "view_internal", target.participation):
        own.append(Visibility.INTERNAL)
    return [(one.value, one.label) for one in own]


class WithdrawForm(KeyForm):
    reason = PlainTextField(
        label=gettext_lazy("Why this version is withdrawn"), at_most=4000, lines=True
    )


class VisibilityForm(KeyForm):
    """Who may read a paper from now on; the form remembers what its reader saw."""

    visibility = forms.ChoiceField(label=gettext_lazy("Who may read it"), widget=forms.RadioSelect)
    reason = PlainTextField(label=gettext_lazy("Reason"), at_most=4000, lines=True)
    expected = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, document: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visibility"]
        field.choices, field.initial = Visibility.choices, document.visibility
        self.fields["expected"].initial = document.visibility
