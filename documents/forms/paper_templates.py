"""The forms of a programme's own templates: a Word file, or back to the shipped one."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.forms.uploading import FilesField
from documents.quarantine import NO_ROOM, Received
from workflow.forms.carried import KeyForm, VersionField

WORD = ".docx"


class TemplateForm(KeyForm):
    """One Word file; the form remembers which template counted when it was opened."""

    file = FilesField(
        several=False,
        kinds=["docx"],
        label=gettext_lazy("Template"),
        help_text=gettext_lazy("A Word document (DOCX), at most 2 MB."),
    )
    expected_version = VersionField()

    def __init__(self, *args: Any, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = expected

    def clean_file(self) -> Received:
        [file] = self.cleaned_data["file"]
        if not file.shown_name.lower().endswith(WORD):
            raise forms.ValidationError(_("A template is a Word document (DOCX)."))
        return file

    @property
    def arrived(self) -> list[Received]:
        """Every file of the request, whatever is wrong with it."""
        arrived: Any = self.files.getlist("file") if self.files else []
        return arrived

    @property
    def has_no_room(self) -> bool:
        return any(file.problem == NO_ROOM for file in self.arrived)


class ReturnForm(KeyForm):
    """Back to the template that comes with Koraci."""

    expected_version = VersionField()

    def __init__(self, *args: Any, expected: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["expected_version"].initial = expected
