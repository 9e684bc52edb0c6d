"""What the worker does, step by step, as tests of notices need it."""

from notifications.models import Delivery, Notice
from notifications.services import Sender, record_sent, tell_due, tell_happened
from tests.clock import Clock


def tell_all() -> None:
    """Make notices of what happened and of what is due; send nothing."""
    tell_happened()
    tell_due()


def send_all() -> None:
    sender = Sender()
    while sender.send_next():
        pass


def work(clock: Clock) -> None:
    """Tell, wait until the messages are due, send, record."""
    tell_all()
    clock.let_pass(minutes=2)
    send_all()
    record_sent()


def delivery_to(user, **facts) -> Delivery:
    """The newest message to this person, changed as a test needs it."""
    delivery = Delivery.objects.filter(user=user).latest("pk")
    if facts:
        Delivery.objects.filter(pk=delivery.pk).update(**facts)
    return Delivery.objects.get(pk=delivery.pk)


def notices_to(user) -> list[str]:
    """The kinds of what this person was told, in order."""
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))
