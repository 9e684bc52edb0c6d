"""One signature as the record keeps it: facts that were read, never a verdict."""

from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Any

TRUSTED, NOT_VERIFIABLE = "trusted", "not verifiable"

# What was done to the file after it was signed.
NOTHING, PROOFS, FORMS, CONTENT, UNCLEAR = "", "proofs", "forms", "content", "unclear"

# Why trust is not verifiable.
NO_ROOTS, UNKNOWN_ISSUER, EXPIRED, REVOKED = "no_roots", "unknown_issuer", "expired", "revoked"
NOT_FOR_SIGNING, OTHER = "not_for_signing", "other"

# Why there is nothing to tell: of the whole file, or of one signature in it.
UNREADABLE, LOCKED, UNCHECKED = "unreadable", "locked", "unchecked"


@dataclass(frozen=True)
class Signature:
    """Who, when, whether it still fits the file, and whether that can be relied on."""

    name: str = ""
    organisation: str = ""
    issuer: str = ""
    claimed_at: datetime | None = None  # by the clock of whoever signed
    stamped_at: datetime | None = None  # by a time stamp that fits the signature
    stamp_trust: str = ""
    is_stamp: bool = False  # a time stamp over the whole document, of no person
    intact: bool = False
    altered_after: str = NOTHING
    permitted: bool = True  # whether the signature itself allows what was done afterwards
    trust: str = NOT_VERIFIABLE
    doubt: str = ""
    certificate_ends: date | None = None
    problem: str = ""

    @property
    def covers_whole_file(self) -> bool:
        return self.intact and not self.altered_after

    def sentence(self) -> str:
        """All of it in words, in the language of the reader."""
        from documents.reading.wording import sentence_of

        return sentence_of(self)

    def facts(self) -> dict[str, Any]:
        """As JSON holds it: moments and days as ISO text."""
        return {
            key: value.isoformat() if isinstance(value, date) else value
            for key, value in asdict(self).items()
        }

    @classmethod
    def from_facts(cls, facts: dict[str, Any]) -> "Signature":
        """What `facts` gave; what an earlier or later release knew besides falls out."""
        known = {field.name for field in fields(cls)}
        values = {key: value for key, value in facts.items() if key in known}
        for key in ("claimed_at", "stamped_at"):
            values[key] = datetime.fromisoformat(values[key]) if values.get(key) else None
        ends = values.get("certificate_ends")
        return cls(**values | {"certificate_ends": date.fromisoformat(ends) if ends else None})
