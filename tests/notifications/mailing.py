"""Messages as tests of their pages need them: made, found, changed by hand."""

from notifications.models import Delivery, Notice
from notifications.services import tell_due, tell_happened


def tell_all() -> None:
    """Make notices of what happened and of what is due; send nothing."""
    tell_happened()
    tell_due()


def delivery_to(user, **facts) -> Delivery:
    """The newest message to this person, changed as a test needs it."""
    delivery = Delivery.objects.filter(user=user).latest("pk")
    if facts:
        Delivery.objects.filter(pk=delivery.pk).update(**facts)
    return Delivery.objects.get(pk=delivery.pk)


def notices_to(user) -> list[str]:
    """The kinds of what this person was told, in order."""
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def status_of(delivery: Delivery) -> str:
    """As it stands in the database now."""
    return Delivery.objects.get(pk=delivery.pk).status
