"""What one file of the demo says, whatever its type."""

from collections.abc import Sequence
from dataclasses import dataclass

NOTICE = "ПРИМЕР (sample). Датотека је написана за приказне податке; није изворни документ."
SIGNED = "Потпис у њој је пробни: сертификат је направљен за показ и нико му не верује."


@dataclass(frozen=True)
class Sample:
    """Title and paragraphs; one that begins with a dash is an item of a list. Rows have a head."""

    name: str  # of the file; its ending says the type
    title: str
    source: str
    lines: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    replaces: str = ""  # why this version replaces the one before
    is_signed: bool = False  # by a certificate that is made for it and thrown away

    @property
    def about(self) -> list[str]:
        """What stands at its end: that it is a sample, and where its content comes from."""
        notices = [NOTICE, SIGNED] if self.is_signed else [NOTICE]
        return [*notices, f"Извор: {self.source}"]
