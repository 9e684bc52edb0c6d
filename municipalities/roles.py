"""The roles that a mandate can give. What each may do stands in `workflow/permissions.py`."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    PROGRAMME_MANAGER = "programme_manager", _("Programme manager")
    MENTOR = "mentor", _("Mentor")
    EVALUATOR = "evaluator", _("Evaluator")
    COORDINATOR = "coordinator", _("Coordinator")
    SIGNATORY = "signatory", _("Signatory")
    AUDITOR = "auditor", _("Auditor")
    OBSERVER = "observer", _("Observer")
    ADMINISTRATOR = "administrator", _("Administrator")


# A right of this name on the place of the mandate, one per role: `act_as_mentor`.
RIGHTS: list[tuple[str, Any]] = [
    (f"act_as_{role.value}", f"Acts here as {role.value}") for role in Role
]


def right_of(role: str) -> str:
    return f"act_as_{role}"
