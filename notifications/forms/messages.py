"""Forms about messages."""

from django import forms
from django.utils.translation import gettext_lazy

from notifications.services.deliveries import CHANGES
from workflow.forms.carried import KeyForm


class ChangeForm(KeyForm):
    """What to do with a message: the button says it."""

    change = forms.ChoiceField(
        choices=[(change, "") for change in CHANGES],
        widget=forms.HiddenInput,
        error_messages={
            "required": gettext_lazy("Choose what to do with the message."),
            "invalid_choice": gettext_lazy("Choose what to do with the message."),
        },
    )


class RemindForm(KeyForm):
    """Carries the fingerprint of who was shown. The steps stand beside it, see the view."""

    expected = forms.CharField(widget=forms.HiddenInput, max_length=64)
