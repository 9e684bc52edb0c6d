"""Going through all participations, a few queries for each two hundred of them."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from workflow.audit.models import Entry
from workflow.audit.snapshot import one_snapshot
from workflow.audit.verify import Damage, Report
from workflow.gaps.rights import compare_rights, expired
from workflow.gaps.rows import Rows, compare
from workflow.gaps.story import story_of
from workflow.models import (
    Deadline,
    Evidence,
    Findable,
    Participation,
    Procedure,
    Proposal,
    Receipt,
    Step,
)

AT_A_TIME = 200
# What apps above compare: name and sentence of each disagreement, at the same moment.
Comparison = Callable[[], Iterable[tuple[str, str]]]
COMPARISONS: list[Comparison] = []


def register_comparison(comparison: Comparison) -> None:
    """Called from `apps.py` by an app whose rows the log tells of as well."""
    if comparison not in COMPARISONS:
        COMPARISONS.append(comparison)


@dataclass(frozen=True)
class Gaps(Report):
    """What was compared, as a report on the log; and mandates that ran out, which is no gap."""

    expired: list[str] = field(default_factory=list)


def find_gaps() -> Gaps:
    """Compare everything with the log, at one moment of the database, in constant memory."""
    began = time.monotonic()
    entries = participations = 0
    damages: list[Damage] = []
    with one_snapshot():
        procedures = {row.pk: str(row) for row in Procedure.objects.defer("text")}
        for chunk in in_chunks(Participation.objects.order_by("pk")):
            participations += len(chunk)
            entries += examine(chunk, procedures, damages)
        damages += [Damage(name, 0, why) for name, why in compare_rights()]
        damages += [Damage(_("receipts"), 0, why) for why in receipts_for_nothing()]
        for comparison in COMPARISONS:
            damages += [Damage(name, 0, why) for name, why in comparison()]
        over = expired()
    return Gaps(entries, participations, time.monotonic() - began, damages, over)


def in_chunks(rows: QuerySet[Any]) -> Iterator[list[Any]]:
    """By primary key, so that each part is a short statement however long the table is."""
    last = 0
    while chunk := list(rows.filter(pk__gt=last)[:AT_A_TIME]):
        yield chunk
        last = chunk[-1].pk


def examine(chunk: list[Participation], procedures: dict[int, str], damages: list[Damage]) -> int:
    """Compare these; what is found is added to `damages`. How many entries were read."""
    pks = [participation.pk for participation in chunk]
    entries: dict[int, list[Entry]] = defaultdict(list)
    for entry in Entry.objects.filter(participation__in=pks).in_order():
        entries[entry.participation_id].append(entry)
    rows = rows_of(pks)
    for participation in chunk:
        story = story_of(entries[participation.pk])
        procedure = procedures[participation.procedure_id]
        for seq, why in compare(participation, procedure, rows[participation.pk], story):
            damages.append(Damage(participation.reference, seq, why))
    return sum(map(len, entries.values()))


def rows_of(pks: list[int]) -> dict[int, Rows]:
    """The rows of these participations, eight statements however many they are."""
    found: dict[int, Rows] = defaultdict(Rows)
    for step in Step.objects.filter(participation__in=pks).order_by("pk"):
        found[step.participation_id].steps.append(step)
    of_steps: dict[int | None, int] = {
        step.pk: pk for pk, rows in found.items() for step in rows.steps
    }
    for deadline in Deadline.objects.filter(step__participation__in=pks):
        found[of_steps[deadline.step_id]].deadlines.append(deadline)
    for evidence in Evidence.objects.filter(step__participation__in=pks):
        found[of_steps[evidence.step_id]].evidence.append(evidence)
    for key in Findable.objects.filter(participation__in=pks):
        found[key.participation_id].findables.append(key)
    for row in Participation.history.filter(id__in=pks).order_by("history_id"):
        found[row.id].history.append(row)
    for proposal in Proposal.objects.filter(participation__in=pks):
        found[proposal.participation_id].proposals.append(proposal)
    answers = Receipt.objects.filter(entry__participation__in=pks).select_related("entry")
    for receipt in answers.defer("entry__canonical"):
        if receipt.entry:
            found[receipt.entry.participation_id].receipts.append(receipt)
    return found


def receipts_for_nothing() -> Iterator[str]:
    for receipt in Receipt.objects.filter(entry=None):
        yield _("The receipt %s answers with no entry.") % receipt.key
