"""The form by which a programme takes a municipality into a track that has no call."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from web.forms import DayField, PlainTextField
from workflow.forms.calls import TrackField
from workflow.forms.carried import KeyForm
from workflow.models import Track


class PlacesField(TrackField):
    """A track, named together with its programme and the places that are left."""

    widget = forms.RadioSelect

    def label_from_instance(self, track: Any) -> str:
        return f"{super().label_from_instance(track)} ({places_in_words(track)})"


def places_in_words(track: Track) -> str:
    left = track.places_left()
    if left is None:
        return _("places not limited")
    if left <= 0:
        return _("no place left")
    return ngettext("%d place left", "%d places left", left) % left


class OpenForm(KeyForm):
    """Into which track, decided when, on what ground."""

    decided_on = DayField(label=gettext_lazy("Decided on"))
    reason = PlainTextField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("What it rests on: a decision, an agreement, a list."),
        at_most=4000,
        lines=True,
        required=False,
    )
    field_order = ["track", "decided_on", "reason"]

    def __init__(self, *args: Any, tracks: QuerySet[Track], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        only = tracks[0].pk if len(tracks) == 1 else None
        self.fields["track"] = PlacesField(tracks, label=_("Track"), initial=only, empty_label=None)
        self.fields["decided_on"].initial = timezone.localdate()
        self.order_fields(self.field_order)
