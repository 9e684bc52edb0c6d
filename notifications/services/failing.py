"""An address that refuses: remembered with the person, told to those who can mend it."""

from django.db import transaction
from django.utils import timezone

from notifications.kinds import MANAGER
from notifications.models import Delivery, Notice, Preferences
from notifications.services.posting import post
from workflow.models import Participation
from workflow.permissions import holders


@transaction.atomic
def note_failure(delivery: Delivery) -> None:
    """The person's address fails since now; the managers of what it was about are told once."""
    kept, _made = Preferences.objects.get_or_create(user=delivery.user)
    if kept.mail_fails_since:
        return
    kept.mail_fails_since = timezone.now()
    kept.save(update_fields=["mail_fails_since"])
    about = Participation.objects.filter(notices__delivery=delivery).distinct()
    held = holders(about.select_related("municipality"), [MANAGER])
    first = {
        mandate.user_id: (mandate, pk) for pk, mandates in held.items() for mandate in mandates
    }
    post(
        [
            Notice(
                user=mandate.user, role=MANAGER, kind="mail_failed", needs_action=True,
                participation_id=pk, facts={"person": delivery.user_id},
            )
            for mandate, pk in first.values()
            if mandate.user_id != delivery.user_id
        ]
    )  # fmt: skip


def note_success(delivery: Delivery) -> None:
    """The address works again, if it did not."""
    kept = getattr(delivery.user, "notification_preferences", None)
    if kept and kept.mail_fails_since:
        kept.mail_fails_since = None
        kept.save(update_fields=["mail_fails_since"])
