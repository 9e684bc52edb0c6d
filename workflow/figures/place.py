"""The own place of a municipality in the cohort of its track, without the names of others."""

from dataclasses import dataclass

from django.utils import timezone

from workflow.figures.cohort import NONE, Spread
from workflow.figures.counting import lives
from workflow.figures.keeping import cohort_of
from workflow.figures.life import Life
from workflow.figures.rulebook import rulebooks_of
from workflow.models import Participation
from workflow.stages import OPEN, Stage

FEWEST = 5  # that passed a stage; of fewer, the quartiles would tell what a neighbour took


@dataclass(frozen=True)
class Place:
    """Its own days at one stage, without those on hold, beside the quartiles of the others."""

    stage: Stage
    days: int
    limit: int | None  # as the procedure says
    is_there: bool  # it stands there now, the days run on
    among: Spread | None  # None where too few passed the stage

    @property
    def is_late(self) -> bool:
        return self.limit is not None and self.days > self.limit

    @property
    def quarter(self) -> int | None:
        """1: among the quickest quarter of those who passed the stage … 4: among the slowest."""
        if self.among is None:
            return None
        bounds = (self.among.lower, self.among.median, self.among.upper)
        return 1 + sum(bound is not None and self.days > bound for bound in bounds)


def places_of(participation: Participation) -> list[Place]:
    """A line for each stage where it was, in the order of the stages. By `decided_on`."""
    life = life_of(participation)
    cohort = cohort_of(participation.track)
    passed = {line.stage: line.passed for line in cohort.stages} if cohort else {}
    return [
        Place(
            stage=stage,
            days=life.days[stage],
            limit=life.limits[stage],
            is_there=stage == life.stage,
            among=enough(passed.get(stage, NONE)),
        )
        for stage in OPEN
        if stage in life.limits
    ]


def enough(spread: Spread) -> Spread | None:
    return spread if spread.count >= FEWEST else None


def life_of(participation: Participation) -> Life:
    """Told by its own log, up to now."""
    alone = Participation.objects.filter(pk=participation.pk)
    [(life, _track)] = lives(alone, rulebooks_of([participation.track_id]))
    life.end(timezone.now())
    return life
