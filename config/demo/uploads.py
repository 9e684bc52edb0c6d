"""Files of the demo through the door of the uploads: received, examined, kept as any other."""

import time
from typing import Any
from uuid import uuid4

from django.utils.translation import gettext as _

from config.demo.papers import Sample, content_of
from documents import services
from documents.models import Document, Intake, Version
from documents.quarantine import Incoming, Received
from documents.services import Target
from workflow.models import Participation, Step

LONGEST, PAUSE = 60.0, 0.1  # seconds


class NotKept(Exception):
    """A file of the demo was not kept; the text says which, and what to look at."""


def upload(step: Step, sample: Sample, *, by: Any) -> Version:
    """For a step; where a paper was uploaded for it before, as its next version."""
    document = Document.objects.filter(step=step).order_by("pk").first()
    target = Target(step.participation, step, document)
    return kept(target, sample, by=by, reason=sample.replaces if document else "")


def upload_loose(participation: Participation, sample: Sample, *, by: Any) -> Version:
    """A paper that belongs to no step, under its own title."""
    return kept(Target(participation), sample, by=by, title=sample.title)


def kept(target: Target, sample: Sample, *, by: Any, **told: str) -> Version:
    file = arrived(sample)
    [intake] = services.receive(target, [file], by=by, idempotency_key=uuid4(), **told)
    examine(intake)
    version = Version.objects.filter(uuid=intake.uuid).first()
    if version is None:
        raise NotKept(
            _(
                "The file %s of the demo was not kept. Is the virus scanner running that is set "
                "up, and the storage of the papers? Then start anew with --reset."
            )
            % sample.name
        )
    return version


def arrived(sample: Sample) -> Received:
    """A file in quarantine, as the form of an upload leaves it."""
    incoming = Incoming()
    incoming.write(content_of(sample))
    return incoming.finish(sample.name)


def examine(intake: Intake) -> None:
    """Do what waits until this file is done; a worker that runs already may be at it."""
    until = time.monotonic() + LONGEST
    while Intake.objects.running().filter(pk=intake.pk).exists():
        if not services.examine_next():
            if time.monotonic() > until:
                return
            time.sleep(PAUSE)
