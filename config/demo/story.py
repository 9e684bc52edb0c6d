"""A story as a table: what was handed in on which day by which role, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.demo.acts import Told, move, settle, the_step
from config.demo.people import People
from workflow.models import Participation

CONFIRM = "Датум потврдити."


@dataclass(frozen=True)
class Done:
    """A step of the present stage: handed in by `role` and accepted as the procedure says."""

    key: str
    role: str
    on: date
    told: Told


@dataclass(frozen=True)
class Moved:
    """A transition, decided by the programme manager."""

    name: str
    on: date
    reason: str = ""


Story = Sequence[Done | Moved]


def walk(participation: Participation, story: Story, people: People) -> None:
    """Do every line of the story, in its order, through the doors."""
    for line in story:
        if isinstance(line, Moved):
            move(participation, line.name, line.on, people, line.reason)
        else:
            do_step(participation, line, people)


def do_step(participation: Participation, line: Done, people: People) -> None:
    """One step. ValueError when the procedure gives it to another role than the story."""
    step = the_step(participation, line.key)
    if step.role != line.role:
        raise ValueError(f"{line.key} is owed by {step.role}, not by {line.role}")
    settle(step, line.told, line.on, people)
