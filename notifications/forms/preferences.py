"""How a person wants to be told: what they choose on one page."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.kinds import OPTIONAL_GROUPS
from notifications.models import Preferences, Rhythm
from notifications.services.posting import INBOX_ONLY, USUAL
from web.forms import Kept

RHYTHMS = [(INBOX_ONLY, gettext_lazy("in the inbox only")), *Rhythm.choices]


class HourField(forms.TimeField):
    """A time of the day, typed as 20:00; a text input, which every browser shows alike."""

    default_error_messages = {"invalid": gettext_lazy("Write the time like this: 20:00.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"class": "short", "autocomplete": "off"}
        kwargs |= {"input_formats": ["%H:%M", "%H.%M"], "required": False}
        super().__init__(widget=forms.TimeInput(format="%H:%M", attrs=attrs), **kwargs)


class PreferencesForm(Kept, forms.Form):
    """A rhythm for each optional group, then the quiet hours. No group of what needs action."""

    quiet_from = HourField(
        label=gettext_lazy("Quiet from"),
        help_text=gettext_lazy("For example 20:00, by the clock of Belgrade."),
    )
    quiet_until = HourField(
        label=gettext_lazy("Quiet until"),
        help_text=gettext_lazy("For example 7:00. What comes meanwhile is sent then."),
    )
    quiet_weekends = forms.BooleanField(
        label=gettext_lazy("No mail on Saturdays and Sundays"), required=False
    )

    def __init__(self, kept: Preferences, told: Any = None) -> None:
        hours = {name: getattr(kept, name) for name in QUIET}
        super().__init__(told, initial=USUAL | kept.rhythms | hours)
        for group, label in OPTIONAL_GROUPS.items():
            self.fields[group] = forms.ChoiceField(
                label=label, choices=RHYTHMS, widget=forms.RadioSelect(attrs={"class": "beside"})
            )
        self.order_fields([*OPTIONAL_GROUPS, *QUIET])

    def clean(self) -> dict[str, Any]:
        """Quiet hours begin and end, or there are none."""
        told = super().clean() or self.cleaned_data
        hours = [told.get("quiet_from"), told.get("quiet_until")]
        if not self.errors and any(hours) and (None in hours or hours[0] == hours[1]):
            self.add_error("quiet_until", _("Write when they begin and when they end, or neither."))
        return told

    def choices(self) -> dict[str, Any]:
        """Of a valid form, as `choose` takes them."""
        told = self.cleaned_data
        rhythms = {group: told[group] for group in OPTIONAL_GROUPS}
        return {"rhythms": rhythms} | {name: told[name] for name in QUIET}

    @property
    def rhythm_fields(self) -> list[forms.BoundField]:
        return [self[group] for group in OPTIONAL_GROUPS]

    @property
    def quiet_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in QUIET]


QUIET = ["quiet_from", "quiet_until", "quiet_weekends"]
