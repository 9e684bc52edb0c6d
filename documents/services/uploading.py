"""The door of an upload: what arrived in quarantine becomes an intake that waits for a worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from documents.intake.verdict import MB
from documents.models import Document, Intake, Version, Visibility
from documents.quarantine import Received
from municipalities.models import Municipality
from web.script.numbers import number
from workflow.audit.log import Actor
from workflow.errors import NotAllowed, Refused
from workflow.models import KeyReused, Participation, Step
from workflow.services.locks import bounded, demand, locked, locked_step
from workflow.services.steps import refuse_unless_owed

MOST_AT_ONCE = 10
MOST_WAITING = 50  # of a participation


@dataclass(frozen=True)
class Target:
    """Where a paper goes: to a participation, for one of its steps, as a version of a document."""

    participation: Participation
    step: Step | None = None
    document: Document | None = None

    @classmethod
    def of(cls, document: Document) -> "Target":
        return cls(document.participation, document.step, document)

    @property
    def roles(self) -> list[str]:
        """Only who owes the step uploads for it; loose papers everybody who may at all."""
        return [self.step.role] if self.step else []

    @property
    def kind(self) -> str:
        return self.step.demands["paper"]["key"] if self.step else ""

    def visibility(self, chosen: str) -> str:
        """That of the document, or of the step's rule; of a loose paper what was chosen."""
        if self.document:
            return self.document.visibility
        return self.step.demands["visibility"] if self.step else chosen


@transaction.atomic(durable=True)
def receive(
    target: Target,
    files: Sequence[Received],
    *,
    by: Any,
    title: str = "",
    visibility: str = Visibility.PARTICIPANTS,
    reason: str = "",
    idempotency_key: UUID,
) -> list[Intake]:
    """Take over what has arrived; each file begins a paper, or is the next version of one.

    The form has looked at the files already. Raises NotAllowed, Refused, KeyReused.
    """
    step = locked_step(target.step) if target.step else None
    [participation] = [step.participation] if step else locked([target.participation.pk])
    if answer := earlier_answer(by, idempotency_key, files):
        return answer
    actor = demand(by, "upload", participation, roles=target.roles)
    target = Target(participation, step, target.document)
    refuse_unless_taken(target, files, reason)
    chosen = Visibility(target.visibility(visibility))
    if not step and not target.document:
        demand_loose(by, participation, chosen)
    return Intake.objects.bulk_create(
        Intake(
            uuid=file.uuid, participation=participation, step=step, document=target.document,
            kind=target.kind, title=bounded(title, 200), visibility=chosen,
            name=file.shown_name, size=file.size or 0, sha256=file.sha256, reason=bounded(reason),
            key=idempotency_key, position=nth, **acting(actor),
        )
        for nth, file in enumerate(files)
    )  # fmt: skip


def acting(actor: Actor) -> dict[str, Any]:
    return {"by": actor.user, "role": actor.role, "function": actor.function}


def earlier_answer(by: Any, key: UUID, files: Sequence[Received]) -> list[Intake]:
    """The intakes that this very form made the first time. KeyReused for other files."""
    before = list(Intake.objects.filter(by=by, key=key).order_by("position"))
    if before and [one.sha256 for one in before] != [file.sha256 for file in files]:
        raise KeyReused
    return before


def demand_loose(by: Any, participation: Participation, chosen: Visibility) -> None:
    """Nobody uploads what they could not read then; publishing is an act of its own."""
    if chosen == Visibility.PUBLIC:
        raise NotAllowed(_("A paper is published after it was uploaded, by the programme manager."))
    if chosen == Visibility.INTERNAL:
        demand(by, "view_internal", participation)


def refuse_unless_taken(target: Target, files: Sequence[Received], reason: str) -> None:
    if target.step:
        refuse_unless_owed(target.step)
    refuse_if_ended(target.participation)
    if not files:
        raise Refused(_("Choose the file with the paper."))
    if target.document and len(files) > 1:
        raise Refused(_("A new version is one file."))
    if target.document and not reason.strip():
        raise Refused(_("Say why it replaces the version before."))
    if len(files) > MOST_AT_ONCE:
        raise Refused(_("Upload %d files at most at once.") % MOST_AT_ONCE)
    refuse_too_many(target.participation, files)
    size = sum(file.size or 0 for file in files)
    refuse_over_quota(target.participation.municipality_id, size)


def refuse_if_ended(participation: Participation) -> None:
    if not participation.is_open:
        raise Refused(_("This participation has ended; nothing is uploaded to it any more."))


def refuse_too_many(participation: Participation, files: Sequence[Received]) -> None:
    waiting = participation.intakes.running().count()
    if waiting + len(files) > MOST_WAITING:
        raise Refused(_("%d files wait to be examined already. Wait until that is done.") % waiting)


def refuse_over_quota(municipality: int, size: int) -> None:
    """So many bytes more must fit.

    Counted under a lock of the municipality, since its other participations count too.
    """
    Municipality.objects.select_for_update(of=("self",)).get(pk=municipality)
    quota = settings.UPLOAD_QUOTA_MB * MB
    if used_by(municipality) + size > quota:
        raise Refused(
            _("All papers of this municipality may take %(quota)s MB together; that is used up.")
            % {"quota": number(settings.UPLOAD_QUOTA_MB)}
        )


def used_by(municipality: int) -> int:
    """Bytes of all its papers, those that wait among them."""
    kept = Version.objects.filter(document__participation__municipality=municipality)
    waiting = Intake.objects.running().filter(participation__municipality=municipality)
    return sum(rows.aggregate(all=Sum("size"))["all"] or 0 for rows in (kept, waiting))
