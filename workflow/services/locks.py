"""Lock first, judge second: a verdict from before the lock is worth nothing.

PostgreSQL locks the row. SQLite has no row locks and ignores the request; there
`transaction_mode="IMMEDIATE"` has made us the only writer since BEGIN.
Several are always locked in the order of their primary keys, and tracks after participations,
so that no two acts can wait for each other.
"""

import hashlib
import json
import logging
import re
from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from web.forms import clean_text
from workflow.audit.log import Actor
from workflow.audit.models import Entry
from workflow.errors import NotAllowed, Refused
from workflow.models import Participation, Receipt, Step, Track
from workflow.permissions import can

logger = logging.getLogger("koraci.refused")
BULLET = re.compile(r"^[-–•*](\s+|$)")


def locked(pks: Iterable[int]) -> list[Participation]:
    """These participations, locked and read anew, with what judging them needs."""
    rows = Participation.objects.select_related("municipality", "procedure")
    rows = rows.defer("procedure__text")
    return list(rows.select_for_update(of=("self",)).filter(pk__in=pks).order_by("pk"))


def locked_step(step: Step) -> Step:
    """The step as it is now, its participation locked; every act on steps begins here."""
    [participation] = locked([step.participation_id])
    for present in participation.present_steps:
        if present.pk == step.pk:
            return present
    present = Step.objects.get(pk=step.pk)
    present.participation = participation
    return present


def locked_track(pk: int) -> Track:
    return Track.objects.select_for_update(of=("self",)).get(pk=pk)


def demand(by: Any, action: str, subject: Any, *, roles: Collection[str] = ()) -> Actor:
    """The actor for the log, or NotAllowed with the sentence that says which role may."""
    verdict = can(by, action, subject, roles=roles)
    if not verdict:
        logger.warning("refused %s to user %s on %s", action, by.pk, subject)
        raise NotAllowed(verdict.sentence)
    return verdict.actor


def earlier_answer(by: Any, key: UUID, asked: str) -> Entry | None:
    """The entry that this very request made the first time. KeyReused if another used the key."""
    receipts = Receipt.objects.filter(by=by, key=key)
    return receipts[0].answer(asked) if receipts else None


def keep_answer(by: Any, key: UUID, asked: str, entry: Entry) -> None:
    Receipt.objects.create(by=by, key=key, asked=asked, entry=entry)


def digest(*asked: Any) -> str:
    """The fingerprint of a request, to tell a repeated one from another with the same key."""
    return hashlib.sha256(json.dumps(asked, default=str).encode()).hexdigest()


def bounded(text: str, most: int = 4000) -> str:
    """Text that a person typed, as it is kept. Refused when it is too long or cannot be kept."""
    try:
        return clean_text(text, at_most=most)[0]
    except ValidationError as error:
        raise Refused(" ".join(error.messages)) from error


def lines_of(text: str) -> list[str]:
    """A list as people type it, one thing a line: each line that says something, by itself."""
    bare = (BULLET.sub("", line.strip()) for line in text.splitlines())
    return [line for line in bare if line]
