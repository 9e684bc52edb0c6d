"""Forms of the acts: each carries the version that was looked at and a key against double clicks.

Field names are those of the doors, so that cleaned data goes through as it is.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import DayField, PlainTextField
from web.script.content import in_script
from web.script.dates import long_date, without_double_stops
from workflow.forms.carried import KeyForm, VersionField
from workflow.models import Participation, Step
from workflow.models.step import StepStatus
from workflow.readiness import find_transition
from workflow.rules import Due
from workflow.services.locks import lines_of

HOUR = re.compile(r"(24:00|(?:[01]?\d|2[0-3]):[0-5]\d)")


class VersionedForm(KeyForm):
    """A form that knows which version of the thing its reader saw."""

    expected_version = VersionField()

    @classmethod
    def opened_at(cls, thing: Any, sent: Any = None, **more: Any) -> Any:
        """The form as its page shows it now, or as it was `sent`."""
        return cls(sent, initial={"expected_version": thing.version}, **more)


class TransitionForm(VersionedForm):
    """When it was decided, and why."""

    decided_on = DayField(label=gettext_lazy("Date of the decision"))
    reason = PlainTextField(label=gettext_lazy("Reason"), at_most=4000, lines=True, required=False)
    field_order = ["decided_on", "reason"]

    def __init__(self, *args: Any, participation: Participation, name: str, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.participation = participation
        self.fields["decided_on"].initial = timezone.localdate()
        self.fields["decided_on"].help_text = _(
            "From %(earliest)s (the previous decision) to today. For example 12.10.2007."
        ) % {"earliest": long_date(participation.decided_on)}
        move = find_transition(participation, name)
        self.fields["reason"].required = bool(move and move.custom["reason"])

    def clean(self) -> None:
        """Bounds are said at the field; of a stale page the door says that it is stale."""
        told = self.cleaned_data
        is_fresh = told.get("expected_version") == self.participation.version
        if is_fresh and "decided_on" in told:
            self.refuse_out_of_bounds(told["decided_on"])

    def refuse_out_of_bounds(self, day: date) -> None:
        earliest, today = self.participation.decided_on, timezone.localdate()
        if day > today:
            self.add_error("decided_on", _("This date lies in the future."))
        elif day < earliest:
            sentence = _("The previous decision was on %s. Write that day or a later one.")
            self.add_error("decided_on", without_double_stops(sentence % long_date(earliest)))


class ProposalForm(KeyForm):
    """The second person's answer: yes, or no with a reason."""

    answer = forms.ChoiceField(
        choices=[("approve", ""), ("decline", "")],
        widget=forms.HiddenInput,
        error_messages={"required": gettext_lazy("Choose: approve or decline.")},
    )
    reason = PlainTextField(
        label=gettext_lazy("Why you do not agree"),
        help_text=gettext_lazy("Only needed when you decline."),
        at_most=4000,
        lines=True,
        required=False,
    )

    def clean(self) -> None:
        declines = self.cleaned_data.get("answer") == "decline"
        if declines and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why you do not agree."))


class HandInForm(VersionedForm):
    """What handing in carries besides: what is handed in, the form of its kind asks."""

    ticked = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, remarks: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["ticked"]
        field.choices = [(place, in_script(text)) for place, text in enumerate(remarks)]

    @classmethod
    def opened_at(cls, thing: Any, sent: Any = None, **more: Any) -> Any:
        """With the remarks of a return, so that they can be ticked off."""
        last = thing.evidence.first() if thing.status == StepStatus.RETURNED else None
        return super().opened_at(thing, sent, remarks=last.remarks if last else (), **more)


class AcceptForm(VersionedForm):
    reason = PlainTextField(
        label=gettext_lazy("Note"),
        help_text=gettext_lazy("It stands in the log beside the acceptance."),
        at_most=4000,
        lines=True,
        required=False,
    )


class ReturnForm(VersionedForm):
    remarks = PlainTextField(
        label=gettext_lazy("What has to be corrected"),
        help_text=gettext_lazy("It becomes the list of corrections: one thing a line."),
        at_most=4000,
        lines=True,
    )

    def clean_remarks(self) -> list[str]:
        return lines_of(self.cleaned_data["remarks"])


class WaiveForm(VersionedForm):
    reason = PlainTextField(
        label=gettext_lazy("Why this step is not needed"), at_most=4000, lines=True
    )


class ReopenForm(VersionedForm):
    reason = PlainTextField(
        label=gettext_lazy("Why the step is opened again"), at_most=4000, lines=True
    )


class DeadlineForm(VersionedForm):
    """Another deadline: a day, an hour where one was named, and why it moves."""

    on = DayField(label=gettext_lazy("New deadline"))
    at = forms.CharField(
        label=gettext_lazy("Until what time"),
        help_text=gettext_lazy("For example 15:00, or 24:00 for midnight. Empty: the whole day."),
        required=False,
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    reason = PlainTextField(label=gettext_lazy("Why the deadline moves"), at_most=4000, lines=True)

    def clean_at(self) -> str:
        hour = self.cleaned_data["at"].strip().replace(".", ":")
        if hour and not HOUR.fullmatch(hour):
            raise forms.ValidationError(_("Write the time like this: 15:00."))
        return hour.zfill(5) if hour else ""

    def clean(self) -> dict[str, Any]:
        """The door asks for one `due` in place of day and hour."""
        told = self.cleaned_data
        if "on" in told and "at" in told:
            on, at = told.pop("on"), told.pop("at")
            told["due"] = Due(on, at, "minute" if at else "day")
        return told


FORMS: dict[str, type[VersionedForm]] = {
    "accept": AcceptForm,
    "return": ReturnForm,
    "waive": WaiveForm,
    "reopen": ReopenForm,
    "move_deadline": DeadlineForm,
}


def form_for(act: str, step: Step, sent: Any = None) -> VersionedForm:
    """The form of an act on a step. KeyError for an unknown act."""
    return FORMS[act].opened_at(step, sent)
