"""What was counted, of any number of participations."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

Table = defaultdict[str, Counter[str]]


def table(rows: Mapping[str, Mapping[str, int]] | None = None) -> Table:
    return defaultdict(Counter, {key: Counter(row) for key, row in (rows or {}).items()})


@dataclass
class Tally:
    """Counts that add up: a programme is the sum of its tracks, a desk of its programmes.

    Days are kept one by one and not as quartiles, since quartiles do not add up. Each table has
    two keys, both text, since it is kept as JSON.
    """

    # By stage: "participations" that were ever there, "standing", "on_hold", or how they ended.
    funnel: Table = field(default_factory=table)
    passed: Table = field(default_factory=table)  # stage, days of those who went on
    standing: Table = field(default_factory=table)  # stage, days so far of those who are there
    late: Table = field(default_factory=table)  # stage, "passed" or "standing" over the limit
    limits: Table = field(default_factory=table)  # stage, limit in days: how many came under it
    flow: Table = field(default_factory=table)  # month, stage: those who came less those who left
    ball: Table = field(default_factory=table)  # stage, whose turn it was together: seconds
    places: Table = field(default_factory=table)  # municipality, stage: how many stand there
    opened: int = 0  # participations in all

    def add(self, other: "Tally") -> None:
        self.opened += other.opened
        for name in TABLES:
            mine = getattr(self, name)
            for key, row in getattr(other, name).items():
                mine[key].update(row)

    def counts(self) -> dict[str, Any]:
        """All but the single days, to be kept."""
        return {name: value for name, value in vars(self).items() if name not in DAYS}

    def days(self) -> dict[str, Table]:
        """The single days, to be kept. They are many where many took part."""
        return {name: getattr(self, name) for name in DAYS}


DAYS = ("passed", "standing")
TABLES = [one.name for one in fields(Tally) if one.name != "opened"]


def tally_of(counts: dict[str, Any], days: dict[str, Any]) -> Tally:
    """What was kept, back from the database; without `days` it cannot be added up."""
    kept = counts | days
    return Tally(opened=kept["opened"], **{name: table(kept.get(name)) for name in TABLES})


def sum_of(tallies: Iterable[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole
