"""The building block of readiness: one sentence and its answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    MET = "met"
    UNMET = "unmet"
    WAITING = "waiting"  # done by one side, not yet looked at by the other
    WAIVED = "waived"  # not owed any more, by decision or because it does not apply


SETTLED = (Outcome.MET, Outcome.WAIVED)


@dataclass(frozen=True)
class Condition:
    """One line of the readiness tree. It is true when it and all its parts are met."""

    sentence: str
    outcome: Outcome = Outcome.MET
    turn: str = ""  # the role whose move it is
    due: datetime | None = None
    hint: str = ""  # what settled it, or what is missing
    link: str = ""
    parts: tuple["Condition", ...] = ()

    def __bool__(self) -> bool:
        return self.outcome in SETTLED and all(self.parts)

    @property
    def verdict(self) -> Outcome:
        """Its own outcome; a line with parts is as good as the worst of them."""
        return self.outcome if self or self.outcome not in SETTLED else Outcome.UNMET

    def leaves(self) -> Iterator["Condition"]:
        """The lines without parts, in order: what a person can act on."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def unmet(self) -> list["Condition"]:
        """The leaves that still block."""
        return [leaf for leaf in self.leaves() if not leaf]

    def for_log(self) -> dict[str, Any]:
        """What the log keeps: no names, no addresses."""
        return {
            "sentence": str(self.sentence),
            "outcome": str(self.verdict),
            "turn": self.turn,
            "due": self.due.isoformat() if self.due else None,
            "parts": [part.for_log() for part in self.parts],
        }


def met_if(fact: bool) -> Outcome:
    return Outcome.MET if fact else Outcome.UNMET
