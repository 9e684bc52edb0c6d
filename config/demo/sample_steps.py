"""Steps of the sample, settled in the order of the procedure on days counted back from today."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from config.demo import acts
from config.demo.acts import Told
from config.demo.people import People
from config.demo.sample_rows import PLACES_OF_PRESENT
from workflow.models import Participation, Step


def day(ago: int) -> date:
    """That many days ago, or the Friday before where that was a weekend."""
    found = timezone.localdate() - timedelta(days=ago)
    return found - timedelta(days=max(found.weekday() - 4, 0))


def unsettled(participation: Participation) -> list[Step]:
    """What is still owed in the present stage, in the order of the procedure."""
    steps = acts.fresh(participation).present_steps
    return [step for step in steps if not step.is_settled]


def settle_some(
    participation: Participation, steps: Sequence[Step], began: int, ended: int, people: People
) -> None:
    """Settle these, evenly spread between two days counted back from today."""
    for number, step in enumerate(steps, start=1):
        ago = began - (began - ended) * number // (len(steps) + 1)
        acts.settle(step, told(step, day(ago)), day(ago), people)


def told(step: Step, on: date) -> Told:
    """What the sample hands in for a step of any kind."""
    title, number = step.rule["title"]["sr"], step.participation_id
    if step.kind == "act":
        gazette = f"Службени лист, број {number % 20 + 1}/{on.year}"
        return acts.act(step.demands["body"]["sr"], f"06-{number}/{on.year}", gazette)
    if step.kind == "meeting":
        return acts.meeting(PLACES_OF_PRESENT, f"Пример: {title}.")
    if step.kind == "rating":
        return acts.rating(("одличан", "добар")[number % 2], "Пример: циљеви и мере су јасни.")
    return acts.record(f"Пример: {title}.")
