"""Samples of messages: who was told what, what waits, what was refused, what is due."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from notifications.letters import letter
from notifications.models import Delivery, Notice
from notifications.services.posting import post
from tests.browser.sample import (
    AUDITOR,
    EVALUATOR,
    KIKINDA,
    MANAGER,
    MENTOR,
    NOBODY,
    Sample,
    clerk,
    kikinda,
    page,
    sample_cases,
)
from workflow.models import Participation, Step


def of_messages() -> Iterator[Sample]:
    case, running = kikinda(), sample_cases().filter(stage="assessment")[0]
    told = [told_of_a_step(running, status) for status in ("new", "failed", "sent", "paused")]
    for who in (MANAGER, AUDITOR, KIKINDA):
        yield page("notifications:told", who, case.reference)
    for who in (MANAGER, AUDITOR):
        yield page("notifications:told", who, running.reference)
    yield page("notifications:told", EVALUATOR, running.reference, status=403)
    for query in ("", "?status=failed&programme=sample", "?status=cancelled"):
        yield page("notifications:deliveries", MANAGER, query=query)
    yield page("notifications:deliveries", AUDITOR)
    yield page("notifications:deliveries", KIKINDA, status=403)
    for who in (MANAGER, AUDITOR):
        yield page("notifications:programme_deliveries", who, "sample")
    for message in told:
        yield page("notifications:delivery", MANAGER, message.uuid)
    yield page("notifications:delivery", AUDITOR, told[1].uuid)
    for query in ("", "?programme=sample", "?programme=nema_takvog"):
        yield page("notifications:due", MANAGER, query=query)
    yield page("notifications:due", MENTOR)
    yield page("notifications:due", AUDITOR, status=403)
    yield page("notifications:remind", MANAGER, query=f"?{steps_of_the_sample()}")
    yield page("notifications:remind", MANAGER)  # leads back to where steps are ticked
    yield page("notifications:remind", AUDITOR, status=403)


def of_the_demos_mail() -> Iterator[Sample]:
    """Its mailbox with the mails of two people, and one of them."""
    for case in sample_cases().filter(stage="memorandum")[:2]:
        message = told_of_a_step(case, "sent")
        letter(message, list(message.notices.all())).send()
    yield Sample("demo_mailbox", NOBODY, reverse("demo_mailbox"))
    newest = max(Path(settings.DEMO_MAILBOX).glob("*.eml")).stem
    yield Sample("demo_mail", NOBODY, reverse("demo_mail", args=[newest]))


def steps_of_the_sample() -> str:
    """Some that are owed, by people and by nobody, and one that is settled."""
    steps = Step.objects.filter(participation__programme__is_sample=True)
    running = list(steps.running().order_by("due_at", "pk")[:12])
    chosen = [*running, steps.filter(status="accepted").first()]
    return urlencode([("step", one.uuid) for one in chosen if one])


def told_of_a_step(case: Participation, status: str) -> Delivery:
    """A message to a clerk of the municipality, an hour late and in this status."""
    user = User.objects.get(email=clerk(case.municipality))
    step = case.steps.filter(stage=case.stage)[0]
    facts = {"user": user, "role": "coordinator", "participation": case}
    post([Notice(kind="step_opened", step=step, needs_action=True, **facts)])
    post([Notice(kind="moved", **facts)])
    message = Delivery.objects.filter(user=user).latest("pk")
    message.status, message.due_at = status, timezone.now() - timedelta(hours=1)
    if status == "failed":
        message.attempts, message.last_reply = 1, "550 5.1.1 no such user"
    if status == "sent":
        message.sent_at, message.last_reply = timezone.now(), "250 2.0.0 Ok: queued as 4F2A"
    message.save()
    return message
