"""The forms of an application: its texts, the consent of a member, the return for correction."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import DayField, Kept, PlainTextField
from workflow.forms.carried import CarryingForm, VersionField
from workflow.models import Application


class VersionForm(CarryingForm):
    """Carries the version of what the person saw, so that nothing is overwritten unseen."""

    expected_version = VersionField()

    @classmethod
    def opened_at(cls, versioned: Any, posted: Any = None, **kwargs: Any) -> Any:
        """Bound to what was posted, or filled with what stands in the application or question."""
        initial = {name: getattr(versioned, name, "") for name in cls.base_fields}
        return cls(posted, initial=initial | {"expected_version": versioned.version}, **kwargs)

    def at_version(self, version: int) -> Any:
        """The same typed text in a form for the application as it is now."""
        typed = {name: self.data.get(name, "") for name in self.fields}
        return type(self)(typed | {"expected_version": str(version)})


class TextsForm(VersionForm):
    """What the lead writes."""

    summary = PlainTextField(
        label=gettext_lazy("What you plan"),
        at_most=4000,
        lines=True,
        required=False,
        needed_later=True,
        help_text=gettext_lazy(
            "Which services, for whom, and who will work on them. 4,000 characters at most."
        ),
    )
    situation = PlainTextField(
        label=gettext_lazy("Present situation"),
        at_most=4000,
        lines=True,
        required=False,
        help_text=gettext_lazy(
            "Which services exist, who lacks help, which plans are in force. "
            "4,000 characters at most."
        ),
    )
    contact = PlainTextField(
        label=gettext_lazy("Contact"),
        at_most=4000,
        lines=True,
        required=False,
        help_text=gettext_lazy("Who answers questions about the application: name, phone, e-mail."),
    )

    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("summary", "situation", "contact")}


class HandInForm(VersionForm):
    """Nothing but the version that was checked."""


class WithdrawForm(VersionForm):
    """Nothing but the version that its reader gives up."""


class ConsentForm(VersionForm):
    """Yes or no of one municipality, and when it was decided."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Your answer"),
        coerce=lambda answer: answer == "yes",
        choices=[
            ("yes", gettext_lazy("We agree to this application")),
            ("no", gettext_lazy("We do not agree")),
        ],
        widget=forms.RadioSelect,
    )
    decided_on = DayField(label=gettext_lazy("Decided on"))
    field_order = ["agrees", "decided_on", "expected_version"]

    def clean_decided_on(self) -> date:
        if self.cleaned_data["decided_on"] > timezone.localdate():
            raise forms.ValidationError(_("This date lies in the future."))
        return self.cleaned_data["decided_on"]


class ReturnForm(Kept, forms.Form):
    """What has to be corrected."""

    remarks = PlainTextField(
        label=gettext_lazy("What has to be corrected"),
        at_most=4000,
        lines=True,
        help_text=gettext_lazy("The municipality reads exactly these words."),
    )


class ApplicationFilterForm(forms.Form):
    """The filters of the list, all in the address of the page."""

    q = forms.CharField(label=gettext_lazy("Municipality or reference"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"),
        required=False,
        choices=[("", gettext_lazy("all")), *Application.Status.choices],
    )
    call = forms.CharField(required=False, widget=forms.HiddenInput)
