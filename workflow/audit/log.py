"""Writing the log. Nothing here updates or deletes an entry."""

import secrets
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings

from workflow.audit.canonical import canonical, commit, first_link, link, seal
from workflow.audit.models import ByKind, Commitment, Entry
from workflow.audit.signals import entry_recorded
from workflow.audit.trace import current_trace

if TYPE_CHECKING:
    from workflow.models import Participation, Step

MICRO = 1000  # nanoseconds


@dataclass(frozen=True)
class Actor:
    """Who acts, in which role and with which function held at that time."""

    user: Any = None
    role: str = ""
    function: str = ""
    kind: str = ByKind.PERSON


SYSTEM = Actor(kind=ByKind.SYSTEM)


@dataclass(frozen=True)
class Line:
    """What one entry is to say; the log adds who, when, where and the seals."""

    verb: str
    source: str = ""
    target: str = ""
    version: int | None = None
    decided_on: date | None = None
    reason: str = ""
    step: "Step | None" = None
    facts: dict[str, Any] = field(default_factory=dict)


def append(participation: "Participation", line: Line, *, by: Actor) -> Entry:
    """Add one entry to the chain of a participation that the caller has locked."""
    [entry] = append_all(participation, [line], by=by)
    return entry


def append_all(participation: "Participation", lines: Sequence[Line], *, by: Actor) -> list[Entry]:
    """Add entries, in order, to the chain of a participation that the caller has locked.

    Sets the head on the participation; the caller saves it in the same transaction. Two
    statements however many lines, three where reasons are given.
    """
    reasons = [_keep(line.reason) for line in lines]
    Commitment.objects.bulk_create([reason for reason in reasons if reason])
    entries = []
    for line, reason in zip(lines, reasons, strict=True):
        entry = _entry(participation, line, reason, by)
        participation.head_seq, participation.head_hash = entry.seq, entry.entry_hash
        entries.append(entry)
    Entry.objects.bulk_create(entries)
    entry_recorded.send(sender=Entry, entries=entries)
    return entries


def seal_head(participation: "Participation") -> None:
    """Seal where the chain ends and what it says now, so that a cut tail shows.

    To be called last, when stage and version stand, just before the row is saved.
    """
    participation.head_key_id = settings.LOG_HMAC_KEY_ID
    participation.head_mac = seal(*participation.head(), key_id=participation.head_key_id)


def _keep(reason: str) -> Commitment | None:
    if not reason:
        return None
    salt = secrets.token_hex(16)
    return Commitment(commit=commit(salt, reason), salt=salt, value=reason)


def _entry(
    participation: "Participation", line: Line, reason: Commitment | None, by: Actor
) -> Entry:
    trace = current_trace()
    key_id = settings.LOG_HMAC_KEY_ID
    entry = Entry(
        id=uuid.uuid4(), participation=participation, seq=participation.head_seq + 1,
        version=line.version, verb=line.verb, source=line.source, target=line.target,
        step=line.step, by=by.user, by_kind=by.kind, role=by.role, channel=trace.channel,
        request_id=trace.request_id, decided_on=line.decided_on,
        recorded_us=time.time_ns() // MICRO, reason_kept=reason, key_id=key_id,
    )  # fmt: skip
    entry.canonical = canonical(
        {column: spoken(getattr(entry, column)) for column in COLUMNS}
        | {"participation": str(participation.uuid), "function": by.function, "facts": line.facts}
    )
    entry.prev_hash = participation.head_hash or first_link(participation.identity())
    entry.entry_hash = link(entry.canonical, entry.prev_hash)
    entry.mac = seal(entry.entry_hash, key_id=key_id)
    return entry


# The columns that the hashed text repeats; the verifier compares them one by one.
COLUMNS = (
    "id", "seq", "version", "schema", "verb", "source", "target", "step_id", "by_id", "by_kind",
    "role", "channel", "request_id", "decided_on", "recorded_us", "reason_kept_id", "key_id",
)  # fmt: skip


def spoken(value: Any) -> str | int | None:
    """A column as the hashed text spells it: numbers and nothing as they are, the rest as text."""
    return value if value is None or isinstance(value, int) else str(value)
