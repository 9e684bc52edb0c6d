"""The door of the papers that Koraci writes: written once more, and kept as any other version.

No lock and no transaction while a paper is written or stored. The object comes first, then paper,
version and entry in one transaction; an object whose row never came is swept away a day later.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import MADE_HERE, Document, Version, Visibility, Written
from documents.papers.catalogue import Made, has_its_time
from documents.reading import Reading
from documents.services import store
from documents.services.intake import facts_of
from documents.services.reading import keep_reading, read
from documents.services.uploading import refuse_if_ended, refuse_over_quota
from documents.services.wanted import Wanted
from workflow.audit import log
from workflow.audit.log import Actor, Line
from workflow.audit.models import Entry
from workflow.errors import Refused
from workflow.models import Step
from workflow.services.locks import (
    bounded,
    demand,
    digest,
    earlier_answer,
    keep_answer,
    locked,
    locked_step,
)
from workflow.services.saving import save_head
from workflow.services.steps import refuse_unless_owed

CHANGED = gettext_lazy(
    "What this paper says, or its newest version, has changed since you opened the page. Read it "
    "once more, then keep it."
)


def keep_written(
    wanted: Wanted, *, by: Any, expected: str, reason: str = "", idempotency_key: UUID
) -> Entry:
    """Keep a paper as version 1, or as the next version of the same paper, with a reason.

    `expected` is the fingerprint of what its reader saw: only that is kept. Raises NotAllowed,
    Refused, KeyReused, StoreDown.
    """
    asked = request_of(wanted, reason)
    if answer := earlier_answer(by, idempotency_key, asked):
        return answer  # nothing is written twice
    demand_keeping(wanted, by, expected, reason)
    stored = written_and_stored(wanted, by)
    with transaction.atomic(durable=True):
        present = locked_again(wanted)
        if answer := earlier_answer(by, idempotency_key, asked):
            return answer
        actor = demand_keeping(present, by, expected, reason)
        entry = record(present, stored, actor, bounded(reason))
        keep_answer(by, idempotency_key, asked, entry)
    return entry


@dataclass(frozen=True)
class Stored:
    """A paper that was written, and what it says; its object bears this uuid."""

    uuid: UUID
    paper: Made
    reading: Reading


def written_and_stored(wanted: Wanted, by: Any) -> Stored:
    """Read back as every paper is, so that it is found by its words and compared."""
    paper, uuid = wanted.write(by=by), uuid4()
    with NamedTemporaryFile() as file:
        file.write(paper.content)
        file.flush()
        reading = read(Path(file.name), paper.content_type)
    store.keep_content(uuid, paper.content)
    return Stored(uuid, paper, reading)


def request_of(wanted: Wanted, reason: str) -> str:
    decision, step = (one.pk if one else "" for one in (wanted.decision, wanted.step))
    named = [wanted.participation.pk, wanted.kind.key, wanted.language, wanted.content_type]
    return digest("keep_written", *named, decision, step, reason)


def locked_again(wanted: Wanted) -> Wanted:
    if wanted.step:
        step = locked_step(wanted.step)
        return wanted.of(step.participation, step)
    [participation] = locked([wanted.participation.pk])
    return wanted.of(participation, None)


def demand_keeping(wanted: Wanted, by: Any, expected: str, reason: str) -> Actor:
    """Asked before anything is written, and once more inside the lock."""
    step, kind = wanted.step, wanted.kind
    roles = [role for role in kind.roles if not step or role == step.role]
    actor = demand(by, "upload", wanted.participation, roles=roles or kind.roles)
    refuse_if_ended(wanted.participation)
    refuse_unless_its_time(wanted)
    if step:
        refuse_unless_asked_for(wanted, step)
    if wanted.fingerprint != expected:
        raise Refused(CHANGED)
    if wanted.before and not bounded(reason):
        raise Refused(_("Say why it replaces the version before."))
    return actor


def refuse_unless_its_time(wanted: Wanted) -> None:
    if not has_its_time(wanted.kind, wanted.participation.stage):
        raise Refused(_("This paper belongs to another stage than the present one."))


def refuse_unless_asked_for(wanted: Wanted, step: Step) -> None:
    asks_for = step.demands.get("paper", {}).get("key")
    if asks_for != wanted.kind.key or step.role not in wanted.kind.roles:
        raise Refused(_("This step asks for another paper."))
    refuse_unless_owed(step)


def record(wanted: Wanted, stored: Stored, actor: Actor, reason: str) -> Entry:
    """Paper, version and entry; the participation is locked."""
    participation = wanted.participation
    refuse_over_quota(participation.municipality_id, len(stored.paper.content))
    version = kept(wanted, stored, actor, reason)
    keep_reading(version, stored.reading)
    facts = facts_of(version) | how(wanted)
    line = Line("add_document", step=wanted.step, reason=reason, facts=facts)
    entry = log.append(participation, line, by=actor)
    save_head(participation)
    return entry


def kept(wanted: Wanted, stored: Stored, actor: Actor, reason: str) -> Version:
    paper = stored.paper
    version = Version.objects.create(
        uuid=stored.uuid, document=wanted.before or begun(wanted), number=wanted.next_number,
        name=paper.name, size=len(paper.content),
        sha256=hashlib.sha256(paper.content).hexdigest(), content_type=paper.content_type,
        by=actor.user, role=actor.role, received_at=timezone.now(), reason=reason,
        scan=MADE_HERE,
    )  # fmt: skip
    Written.objects.create(
        version=version, paper=wanted.kind.key, language=wanted.language,
        template=wanted.used_template, decision=wanted.decision,
    )  # fmt: skip
    return version


def begun(wanted: Wanted) -> Document:
    """A paper of the step, read by whom its rule says; else a loose one for the participants."""
    step = wanted.step
    visibility = step.demands["visibility"] if step else Visibility.PARTICIPANTS
    return Document.objects.create(
        participation=wanted.participation, step=step, kind=wanted.kind.key,
        title=wanted.title, visibility=visibility,
    )  # fmt: skip


def how(wanted: Wanted) -> dict[str, Any]:
    """What the entry says of the writing, beside what it says of every version."""
    used = wanted.used_template
    told: dict[str, Any] = {"written": wanted.kind.key, "language": wanted.language}
    told |= {"template": used.sha256} if used else {}
    return told | ({"decision": wanted.decision.seq} if wanted.decision else {})
