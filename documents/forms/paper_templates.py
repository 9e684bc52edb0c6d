"""The forms of a programme's own templates: a Word file, or back to the shipped one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms.uploading import FilesField, FilesForm
from documents.quarantine import Received
from workflow.forms.carried import KeyForm, VersionField

WORD = ".docx"


class ReturnForm(KeyForm):
    """Back to the template that comes with Koraci; it remembers which one counted at opening."""

    expected_version = VersionField()

    def __init__(self, *args: Any, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = expected


class TemplateForm(ReturnForm, FilesForm):
    """One Word file in place of the one that counted."""

    brought_as = "file"
    file = FilesField(
        several=False,
        kinds=["docx"],
        label=gettext_lazy("Template"),
        help_text=gettext_lazy("A Word document (DOCX), at most 2 MB."),
    )

    def clean_file(self) -> Received:
        [file] = self.cleaned_data["file"]
        if not file.shown_name.lower().endswith(WORD):
            raise forms.ValidationError(_("A template is a Word document (DOCX)."))
        return file
