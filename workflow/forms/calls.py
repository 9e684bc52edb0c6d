"""What is asked about a call: its dates, another deadline, which municipality sent a paper."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.forms.models import ModelChoiceIterator
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from web.forms import DayField, Kept, PlainTextField
from web.script.content import localized
from web.script.fold import in_alphabet
from workflow.models import Track
from workflow.rules import Due


class ClockField(forms.CharField):
    """A time of the day, typed as 15:00, or 24:00 for the very end of the day."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = gettext_lazy("Write the time like this: 15:00. The end of the day is 24:00.")
        shape = RegexValidator(r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z", sentence)
        super().__init__(validators=[shape], max_length=5, **kwargs)

    def to_python(self, value: Any) -> str:
        """Also 9:30, 9.30 and blanks around it, as people write them."""
        text = (super().to_python(value) or "").replace(".", ":")
        return f"0{text}" if text[1:2] == ":" else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"class": "short", "inputmode": "numeric", "autocomplete": "off"}


class DueForm(Kept, forms.Form):
    """A deadline: the day and, where it is known, the time. `cleaned_data["due"]` is both."""

    on = DayField(label=gettext_lazy("Last day"))
    at = ClockField(
        label=gettext_lazy("Time"),
        required=False,
        help_text=gettext_lazy("For example 15:00 or 24:00. Empty means the whole day."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        on, at = cleaned.get("on"), cleaned.get("at", "")
        if at and not on and "on" not in self.errors:
            self.add_error("on", _("A time needs its day."))
        cleaned["due"] = Due(on, at, "minute" if at else "day") if on else None
        return cleaned


class ExtendCallForm(DueForm):
    """Another deadline, and why."""

    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        at_most=4000,
        lines=True,
        help_text=gettext_lazy("It is shown on the call beside both deadlines."),
    )


class InAlphabet(ModelChoiceIterator):
    """The choices by the alphabet of what the reader sees, in either script."""

    def __iter__(self) -> Iterator[Any]:
        named = in_alphabet(self.queryset, self.field.label_from_instance)
        empty = [] if self.field.empty_label is None else [("", self.field.empty_label)]
        return iter([*empty, *(self.choice(one) for one in named)])


class TrackField(forms.ModelChoiceField):
    """A track, named together with its programme."""

    iterator = InAlphabet

    def label_from_instance(self, track: Any) -> str:
        return f"{localized(track.programme.name)}: {localized(track.name)}"


class PublishCallForm(DueForm):
    """A new call of a track, with the procedure of the track in force."""

    stated_reference = PlainTextField(
        label=gettext_lazy("Reference as printed on the call"), at_most=100, required=False
    )
    published_on = DayField(label=gettext_lazy("Published on"), required=False)
    opens_on = DayField(
        label=gettext_lazy("Opens on"),
        help_text=gettext_lazy("From this day on applications can be handed in."),
    )
    field_order = ["track", "stated_reference", "published_on", "opens_on", "on", "at"]

    def __init__(self, *args: Any, tracks: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["track"] = TrackField(tracks, label=_("Track"))
        self.order_fields(self.field_order)
        self.fields["on"].label = _("Deadline: last day")
        self.fields["on"].required = False
        self.fields["on"].help_text = _(
            "Leave it empty while the deadline is to be confirmed; until then only the programme "
            "sees the call."
        )

    def clean_track(self) -> Track:
        track = self.cleaned_data["track"]
        procedure = track.procedures.first()
        if procedure is None or not procedure.begins_with_a_call:
            raise forms.ValidationError(_("The procedure of this track knows no application."))
        return track

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._refuse_before("published_on", "opens_on", _("It cannot open before it is published."))
        self._refuse_before("opens_on", "on", _("The deadline cannot lie before the opening."))
        return cleaned

    def _refuse_before(self, first: str, later: str, sentence: str) -> None:
        before, after = self.cleaned_data.get(first), self.cleaned_data.get(later)
        if before and after and after < before:
            self.add_error(later, sentence)


class ArrivalForm(Kept, forms.Form):
    """When an application on paper arrived, as its stamp says."""

    on = DayField(label=gettext_lazy("Day of arrival"))
    at = ClockField(
        label=gettext_lazy("Time of arrival"),
        help_text=gettext_lazy("As the stamp of the registry says, for example 14:30."),
    )

    def clean_on(self) -> date:
        if self.cleaned_data["on"] > timezone.localdate():
            raise forms.ValidationError(_("This date lies in the future."))
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("at") == "24:00":
            self.add_error("at", _("Write an arrival at midnight as 23:59 of that day."))
        elif cleaned.get("on") and cleaned.get("at"):
            clock = datetime.combine(cleaned["on"], time.fromisoformat(cleaned["at"]))
            cleaned["arrived_at"] = timezone.make_aware(clock)
        return cleaned
