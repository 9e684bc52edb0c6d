"""How a person is told, and whether mail reaches them."""

from typing import Any

from django.http import HttpRequest

from notifications.forms.preferences import PreferencesForm
from notifications.models import Preferences


def kept_for(request: HttpRequest) -> Preferences:
    """What the person has chosen; of who never has, an unsaved row that chooses nothing."""
    return Preferences.objects.filter(user=request.user.pk).first() or Preferences()


def preferences_page(request: HttpRequest, form: PreferencesForm) -> dict[str, Any]:
    return {"form": form, "mail_fails_since": kept_for(request).mail_fails_since}
