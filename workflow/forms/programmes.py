"""Files that a programme's people upload: a procedure, a list of municipalities."""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import DayField, PlainTextField
from workflow.forms.carried import INCOMPLETE, KeyForm
from workflow.rules.reading import LARGEST

SALT = "workflow.publish"


class BoundedFileField(forms.FileField):
    """A file of at most so many bytes; `clean` gives its bytes."""

    def __init__(self, *, at_most: int, ends: str, **kwargs: Any) -> None:
        self.at_most = at_most
        super().__init__(widget=forms.FileInput(attrs={"accept": ends}), **kwargs)

    def clean(self, value: UploadedFile | None, initial: Any = None) -> bytes:
        file = super().clean(value, initial)
        if file.size > self.at_most:
            told = {"most": self.at_most // 1000}
            raise ValidationError(_("The file is too large: at most %(most)d kB.") % told)
        return file.read()


class ProcedureFileForm(forms.Form):
    """A procedure file, to be looked at before anything is published."""

    file = BoundedFileField(
        label=gettext_lazy("Procedure file"),
        help_text=gettext_lazy("A YAML file, at most 1 MB. Nothing is published yet."),
        at_most=LARGEST,
        ends=".yaml,.yml",
        allow_empty_file=True,  # the check of the file says what is missing in it
    )


class PublishForm(forms.Form):
    """The very text that was rehearsed, signed, with the newest version that was there then."""

    carried = forms.CharField(widget=forms.HiddenInput)

    @classmethod
    def carrying(cls, text: bytes, seen: int) -> "PublishForm":
        told = {"text": text.decode(), "seen": seen}
        return cls(initial={"carried": signing.dumps(told, salt=SALT, compress=True)})

    def clean_carried(self) -> dict[str, Any]:
        """`{"text": …, "seen": …}` as it left the page of the rehearsal."""
        try:
            return signing.loads(self.cleaned_data["carried"], salt=SALT)
        except signing.BadSignature:
            raise ValidationError(str(INCOMPLETE)) from None


class ListFileForm(forms.Form):
    """A list of municipalities as a file."""

    file = BoundedFileField(
        label=gettext_lazy("List of municipalities"),
        help_text=gettext_lazy(
            "XLSX or CSV with a column “code” or “name”, at most 1,000 rows and 1 MB. Nothing is "
            "recorded yet."
        ),
        at_most=1_000_000,
        ends=".xlsx,.csv",
    )


class TakeInForm(KeyForm):
    """The municipalities of a list that can be taken in: when it was decided, on what ground."""

    codes = forms.CharField(widget=forms.HiddenInput)
    decided_on = DayField(label=gettext_lazy("Decided on"))
    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What it rests on: a decision, an agreement, a list."),
        at_most=4000,
        lines=True,
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].initial = timezone.localdate()

    def clean_codes(self) -> list[str]:
        return self.cleaned_data["codes"].split()
