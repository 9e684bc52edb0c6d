"""A story as a table: what was handed in on which day by which role, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from config.demo.acts import Told, move, return_with, settle, the_step
from config.demo.papers import Sample
from config.demo.people import People
from config.demo.uploads import upload
from workflow.models import Participation, Step

CONFIRM = "Датум потврдити."


@dataclass(frozen=True)
class Done:
    """A step of the present stage: handed in by `role` and accepted as the procedure says.

    `paper` is the file that is uploaded for it first, where the step asks for one.
    """

    key: str
    role: str
    on: date
    told: Told
    paper: Sample | None = None


@dataclass(frozen=True)
class Returned(Done):
    """The same, but whoever looks at it returns it with remarks."""

    remarks: Sequence[str] = ()


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
    told = line.told | with_paper(step, line, people)
    if isinstance(line, Returned):
        return_with(step, told, line.on, line.remarks, people)
    else:
        settle(step, told, line.on, people)


def with_paper(step: Step, line: Done, people: People) -> Told:
    """What handing in tells of the paper, uploaded before by whoever owes the step."""
    if line.paper is None:
        return {}
    version = upload(step, line.paper, by=people.acting(step.role, step.participation))
    return {"papers": [str(version.uuid)]}
