"""A participation's way through its stages, as a table of plain text for the terminal."""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from workflow.audit.models import Entry
from workflow.models import Participation
from workflow.stages import Stage
from workflow.verbs import VERBS

REASON_WIDTH = 60


@dataclass(frozen=True)
class Line:
    """One decision: when it was decided, which transition, from where to where, who, why."""

    decided_on: date | None
    name: str
    source: str
    target: str
    who: str
    reason: str

    def cells(self) -> list[str]:
        """The columns in the words of the reader."""
        way = " → ".join(str(Stage(stage).label) for stage in (self.source, self.target) if stage)
        day = self.decided_on.isoformat() if self.decided_on else ""
        return [day, str(VERBS.get(self.name, self.name)), way, self.who, self.reason]


def lines_of(participation: Participation) -> list[Line]:
    """Every entry that moved the participation, its opening first. One query."""
    entries = Entry.objects.filter(participation=participation).transitions().with_people()
    return [
        Line(entry.decided_on, entry.verb, entry.source, entry.target, str(entry.by), entry.reason)
        for entry in entries.order_by("seq")
    ]


def table(participation: Participation) -> str:
    """The walk as a table; long reasons go on below."""
    heading = [_("Decided on"), _("Transition"), _("From → to"), _("Who"), _("Reason")]
    rows = [line.cells() for line in lines_of(participation)]
    widths = [max(len(row[place]) for row in [heading, *rows]) for place in range(4)]
    printed = [drawn for row in [heading, *rows] for drawn in drawn_row(row, widths)]
    return "\n".join(printed)


def drawn_row(cells: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    reason = textwrap.wrap(cells[4], REASON_WIDTH) or [""]
    firsts = [list(cells[:4])] + [[""] * 4] * (len(reason) - 1)
    for columns, part in zip(firsts, reason, strict=True):
        padded = [text.ljust(width) for text, width in zip(columns, widths, strict=True)]
        yield "  ".join([*padded, part]).rstrip()
