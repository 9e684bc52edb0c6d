"""What may become of a paper once it is kept: withdrawn, or shown to others than before."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.models import Document, Version, Visibility
from municipalities.roles import Role
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import MovedMeanwhile, Refused
from workflow.models import Evidence, Participation
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked,
)
from workflow.services.saving import save_head

RESTS_ON_IT = [Evidence.Status.SUBMITTED, Evidence.Status.ACCEPTED]


def withdraw_version(version: Version, *, by: Any, reason: str, idempotency_key: UUID) -> Entry:
    """Take a version out of use, with a reason; it stays in the record.

    By whoever uploaded it, or the programme manager; never while evidence rests on it.
    """

    def act(participation: Participation) -> tuple[Actor, Line]:
        actor = demand_withdrawal(version, by)
        present = Version.objects.select_related("document").get(pk=version.pk)
        said = bounded(reason)
        if not said:
            raise Refused(_("Say why this version is withdrawn."))
        if present.is_withdrawn:
            raise Refused(_("This version is withdrawn already."))
        if str(present.uuid) in in_use(present.document):
            raise Refused(_("A step rests on this version. It has to be returned first."))
        present.withdrawn_at, present.withdrawn_by = timezone.now(), by
        present.withdrawn_because = said
        present.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
        return actor, Line("withdraw_version", reason=said, facts=named(present))

    asked = digest("withdraw_version", version.pk, reason)
    return through_the_door(version.document.participation_id, act, by, asked, idempotency_key)


def demand_withdrawal(version: Version, by: Any) -> Actor:
    """Whoever uploaded it, in any role that works on papers; of others the manager alone."""
    roles = [] if version.by_id == by.pk else [Role.PROGRAMME_MANAGER]
    return demand(by, "withdraw_version", version.document, roles=roles)


def in_use(document: Document) -> set[str]:
    """Of its versions those on which something rests that waits for review or was accepted."""
    if document.step_id is None:
        return set()
    rows = Evidence.objects.filter(step=document.step_id, status__in=RESTS_ON_IT)
    return {paper["uuid"] for row in rows for paper in papers_in(row)}


def papers_in(evidence: Evidence) -> list[dict[str, Any]]:
    """The versions that a piece of evidence consists of, as it tells them."""
    return evidence.told.get("papers") or []


def change_visibility(
    document: Document,
    visibility: str,
    *,
    by: Any,
    reason: str,
    expected: str,
    idempotency_key: UUID,
) -> Entry:
    """Show a paper to others than before; `expected` is what it was when the page was opened."""

    def act(participation: Participation) -> tuple[Actor, Line]:
        actor = demand(by, "publish_document", participation)
        present = Document.objects.get(pk=document.pk)
        if present.visibility != expected:
            raise MovedMeanwhile(participation)
        said, chosen = bounded(reason), Visibility(visibility)
        if not said:
            raise Refused(_("Say why others shall read it, or no longer."))
        if chosen == present.visibility:
            raise Refused(_("It is shown to these already."))
        facts = {"document": str(present.uuid), "visibility": str(chosen), "before": expected}
        present.visibility = chosen
        present.save(update_fields=["visibility"])
        return actor, Line("publish_document", reason=said, facts=facts)

    asked = digest("publish_document", document.pk, visibility, reason, expected)
    return through_the_door(document.participation_id, act, by, asked, idempotency_key)


def named(version: Version) -> dict[str, Any]:
    return {
        "document": str(version.document.uuid),
        "version": str(version.uuid),
        "number": version.number,
    }


@transaction.atomic(durable=True)
def through_the_door(
    participation: int,
    act: Callable[[Participation], tuple[Actor, Line]],
    by: Any,
    asked: str,
    key: UUID,
) -> Entry:
    """Lock, replay, act, record: what both acts have in common."""
    [row] = locked([participation])
    if answer := earlier_answer(by, key, asked):
        return answer
    actor, line = act(row)
    entry = log.append(row, line, by=actor)
    save_head(row)
    keep_answer(by, key, asked, entry)
    return entry
