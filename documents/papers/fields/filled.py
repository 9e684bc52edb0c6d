"""The fields of one participation, filled in: in one language and script, whoever asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils import timezone, translation

from documents.papers.fields.bodies import acts_of, body_of
from documents.papers.fields.case import case_of, people_of, stages_of
from documents.papers.fields.moves import conditions_of, decisions_of
from documents.papers.fields.steps import duties_of, steps_of
from web.script.dates import BELGRADE, long_date, time_of_reader
from workflow.audit.models import Entry
from workflow.models import Participation

BLANK = "_" * 24


@contextmanager
def as_written_in(language: str) -> Iterator[None]:
    """A paper is in its own language and by the clock of Belgrade, whoever asked for it."""
    with translation.override(language), time_of_reader(BELGRADE.key):
        yield


def fields_of(
    participation: Participation, *, language: str, entry: Entry | None = None
) -> dict[str, Any]:
    """Everything that a paper may say of a participation, as `FIELDS` lists it: plain text.

    `entry` is the decision that a record of a transition is about; the last one where none is
    named. The number of queries does not depend on how much there is.
    """
    with as_written_in(language):
        return {
            "today": long_date(timezone.localdate()),
            "blank": BLANK,
            **case_of(participation),
            **people_of(participation),
            **stages_of(participation),
            **steps_of(participation),
            **duties_of(participation),
            "body": body_of(participation),
            "acts": acts_of(participation),
            "conditions": conditions_of(participation),
            **decisions_of(participation, entry),
        }
