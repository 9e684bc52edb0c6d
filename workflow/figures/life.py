"""One participation, as its entries tell it in their order."""

import json
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils import timezone

from workflow.figures.rulebook import Rulebook
from workflow.figures.tally import Tally
from workflow.figures.turns import OPEN, Turns
from workflow.stages import CLOSED

MICRO = 1_000_000
ENDS = frozenset(stage.value for stage in CLOSED)
# Leaving a stage by one of these does not say how long the stage takes.
UNFINISHED = frozenset(["step_back", "withdraw", "discontinue"])


class Told(NamedTuple):
    """What is heard of one entry. `text` is its canonical text, only where a fact is needed."""

    participation: int
    track: int
    municipality: int
    version: int | None
    verb: str
    target: str
    decided_on: date
    recorded_us: int
    step: int | None
    key: str | None
    text: str

    @property
    def facts(self) -> dict[str, Any]:
        return json.loads(self.text)["facts"] if self.text else {}


class Life:
    """Where it stood from when to when, without the days on hold, and whose turn it was."""

    def __init__(self, rulebooks: Mapping[str, Rulebook], municipality: int) -> None:
        self.rulebooks = rulebooks
        self.municipality = municipality
        self.moves: list[tuple[date, str]] = []  # decided on, stage entered
        self.stage = ""
        self.runs_since: date | None = None  # the clock of the stage; None while it stands
        self.days: Counter[str] = Counter()  # by stage, as far as they are over
        self.left_by: dict[str, str] = {}  # by stage, the last verb that led out of it
        self.limits: dict[str, int | None] = {}  # by stage, as the procedure said at the last
        self.turns = Turns()
        self.second = 0  # of the server's clock
        self.lay_with: Counter[tuple[str, str]] = Counter()  # stage, parties: seconds

    def hear(self, told: Told) -> None:
        self.let_time_pass(told.recorded_us // MICRO)
        if told.verb == "change_procedure":
            self.follow(told.facts["to"])
            self.turns.follow(self.stage, self.rulebook.steps[self.stage])
        elif told.version is not None:
            self.move(told)
        elif told.step is not None:
            self.hear_of_step(told, told.step, told.key or "")
        else:
            self.turns.application_is_back = told.verb == "return_application"

    def follow(self, procedure: str) -> None:
        self.rulebook = self.rulebooks[procedure]

    def move(self, told: Told) -> None:
        """A transition; `hold` and `resume` only stop the clock and let it run again."""
        if told.verb == "hold":
            self.stop_clock(told.decided_on)
        elif told.verb == "resume":
            self.runs_since = told.decided_on
        else:
            if told.verb == "open":
                self.follow(told.facts["procedure"])
            self.leave(told)
            self.enter(told)

    def stop_clock(self, day: date) -> None:
        self.days[self.stage] += self.days_running(day)
        self.runs_since = None

    def days_running(self, day: date) -> int:
        return max((day - self.runs_since).days, 0) if self.runs_since else 0

    def leave(self, told: Told) -> None:
        if self.stage:
            self.stop_clock(told.decided_on)
            self.left_by[self.stage] = told.verb
            self.limits[self.stage] = self.rulebook.limits.get(self.stage)

    def enter(self, told: Told) -> None:
        self.stage = told.target
        self.moves.append((told.decided_on, told.target))
        self.turns.application_is_back = False
        if told.target not in ENDS:
            self.runs_since = told.decided_on

    def hear_of_step(self, told: Told, step: int, key: str) -> None:
        if told.verb == "open_step":
            rule = self.rulebook.steps[self.stage][key]
            self.turns.open(step, self.stage, key, rule, told.facts.get("status", OPEN))
        else:
            self.turns.hear(step, told.verb, told.facts)

    def let_time_pass(self, second: int) -> None:
        """Until this second it was the turn of those who had something to do so far."""
        if second > self.second:
            if self.runs_since:
                whose = self.turns.holders(self.stage)
                self.lay_with[self.stage, whose] += second - self.second
            self.second = second

    @property
    def passed(self) -> list[str]:
        """The stages that it finished: left forwards or by a decision, and not come back to."""
        return [
            stage
            for stage, verb in self.left_by.items()
            if verb not in UNFINISHED and stage != self.stage
        ]

    def end(self, at: datetime) -> None:
        """Nothing more is told up to this moment; what still runs is counted up to it."""
        self.let_time_pass(int(at.timestamp()))
        if self.stage not in ENDS:
            running = self.runs_since is not None
            self.stop_clock(timezone.localdate(at))
            self.limits[self.stage] = self.rulebook.limits.get(self.stage)
            self.is_on_hold = not running

    def add_to(self, tally: Tally) -> None:
        """Add this participation, ended, to what is counted."""
        tally.opened += 1
        self._add_stages(tally)
        self._add_standing(tally)
        self._add_flow(tally)
        for (stage, parties), seconds in self.lay_with.items():
            tally.ball[stage][parties] += seconds

    def _add_stages(self, tally: Tally) -> None:
        for stage, limit in self.limits.items():
            tally.funnel[stage]["participations"] += 1
            if limit:
                tally.limits[stage][str(limit)] += 1
        for stage in self.passed:
            tally.passed[stage][str(self.days[stage])] += 1
            tally.late[stage]["passed"] += self.is_late(stage)

    def _add_standing(self, tally: Tally) -> None:
        if self.stage in ENDS:
            before = self.moves[-2][1]
            tally.funnel[before][self.stage] += 1
            return
        tally.funnel[self.stage]["standing"] += 1
        tally.funnel[self.stage]["on_hold"] += self.is_on_hold
        tally.standing[self.stage][str(self.days[self.stage])] += 1
        tally.late[self.stage]["standing"] += self.is_late(self.stage)
        tally.places[str(self.municipality)][self.stage] += 1

    def _add_flow(self, tally: Tally) -> None:
        before = ""
        for day, stage in self.moves:
            month = tally.flow[day.isoformat()[:7]]
            month[stage] += 1
            if before:
                month[before] -= 1
            before = stage

    def is_late(self, stage: str) -> bool:
        limit = self.limits[stage]
        return limit is not None and self.days[stage] > limit
