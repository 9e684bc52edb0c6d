"""What a form carries unseen: the version that its reader saw, and a key against double clicks."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from web.forms import Kept

CARRIED = ("expected_version", "idempotency_key")
INCOMPLETE = gettext_lazy(
    "The page was not complete when it was sent, so nothing was recorded. It is opened anew here, "
    "with what you typed: check it, then send it again."
)


class CarryingForm(Kept, forms.Form):
    """A form whose page fills in hidden fields. Without them it is opened anew, not explained."""

    def full_clean(self) -> None:
        super().full_clean()
        lost = [name for name in CARRIED if name in self.errors]
        if lost:
            self.open_anew(lost)

    def open_anew(self, lost: list[str]) -> None:
        """Nobody can type a version or a key: give the form those of the page as it is now."""
        sent: Any = self.data
        fresh = sent.copy()
        for name in lost:
            del self.errors[name]
            fresh[self.add_prefix(name)] = self.get_initial_for_field(self.fields[name], name)
        self.data = fresh
        if not self.was_interrupted:
            self.add_error(None, str(INCOMPLETE))


class KeyForm(CarryingForm):
    """A form that, sent twice, acts once."""

    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class VersionField(forms.IntegerField):
    """The version of the thing as its reader saw it."""

    def __init__(self) -> None:
        super().__init__(min_value=0, widget=forms.HiddenInput)
