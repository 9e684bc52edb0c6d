"""What the nightly checks found, told to those who answer for it."""

from django.db import transaction

from municipalities.models import Mandate
from municipalities.roles import Role
from notifications.models import Notice
from notifications.services.posting import post

ANSWERABLE = [Role.AUDITOR, Role.ADMINISTRATOR, Role.PROGRAMME_MANAGER]


@transaction.atomic
def alarm(about: str) -> None:
    """Tell auditors, administrators and managers that the log, or what hangs on it, is damaged."""
    mandates = Mandate.objects.acting().filter(role__in=ANSWERABLE)
    people = {one.user_id: one.user for one in mandates}
    post(
        [
            Notice(user=user, kind="alarm", needs_action=True, facts={"about": about})
            for user in people.values()
        ]
    )
