"""The link in optional mail that ends it with one click: signed, for one person and one group."""

from typing import Any

from django.core.signing import BadSignature, Signer
from django.urls import reverse

from notifications.kinds import OPTIONAL_GROUPS

SIGNER = Signer(salt="notifications.unsubscribe")


def unsubscribe_url(user: Any, group: str) -> str:
    return reverse("notifications:unsubscribe", args=[SIGNER.sign_object([user.pk, group])])


def told_by(token: str) -> tuple[int, str] | None:
    """Whose mail of which group; None for a token that we did not make, or of a group that went."""
    try:
        user, group = SIGNER.unsign_object(token)
    except (BadSignature, ValueError):
        return None
    return (user, group) if group in OPTIONAL_GROUPS else None
