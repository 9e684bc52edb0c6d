"""Rows that disagree with the log, with the history, or with each other are named; others never."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from guardian.models import UserObjectPermission

from municipalities.models import Mandate
from tests.workflow.log.hands import key, sql, switch_triggers_off
from tests.workflow.log.lived import Lived, perform
from workflow.gaps import find_gaps
from workflow.models import Deadline, Evidence, Participation, Proposal, Receipt, Step


def test_silent_on_an_honest_world(lived):
    gaps = find_gaps()

    assert gaps.damages == []
    assert gaps.expired == []
    assert (gaps.participations, gaps.entries) == (6, sum(p.entries.count() for p in all_of(lived)))


def all_of(lived: Lived) -> list[Participation]:
    return lived.participations


def test_the_number_of_statements_does_not_grow(lived, django_assert_num_queries):
    few = queries_of(find_gaps)
    for number in (1, 2):
        perform(lived, number, "hold", reason="More entries.")

    with django_assert_num_queries(few):
        find_gaps()


def queries_of(act: Callable[[], object]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as told:
        act()
    return len(told)


@dataclass(frozen=True)
class Plant:
    """A disagreement: how it is planted, whom it must name, a word of its sentence."""

    plant: Callable[[Lived], object]
    names: str
    word: str


def step(key: str) -> Step:
    return Step.objects.get(participation__reference="T1-001", key=key)


def evidence(status: str = "accepted") -> Evidence:
    return Evidence.objects.filter(step__key="talk", status=status).first()


def change(row, **values) -> None:
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def kikinda(lived: Lived) -> Participation:
    return lived.participations[0]


def history(lived: Lived):
    return Participation.history.filter(id=kikinda(lived).pk).order_by("history_id")


def duplicate(row) -> None:
    row.pk = None
    type(row).objects.bulk_create([row])


def approved() -> Proposal:
    return Proposal.objects.filter(participation__reference="T1-001", status="approved").last()


def make_receipt(lived: Lived) -> None:
    receipt = Receipt.objects.filter(entry__participation=kikinda(lived), by=lived.manager).first()
    change(receipt, by=lived.deputy)


def swap_days(lived: Lived) -> None:
    change(evidence(), dated_on=date(2026, 3, 3))


def lead_nowhere(lived: Lived) -> None:
    """The place is gone; mandate and right still agree."""
    Mandate.objects.filter(user=lived.coordinator).update(place_id=4_000_000)
    UserObjectPermission.objects.filter(user=lived.coordinator).update(object_pk="4000000")


KIKINDA = "T1-001"
PLANTS = {
    "stage": Plant(lambda w: change(kikinda(w), stage="cofinancing"), KIKINDA, "stage"),
    "version": Plant(lambda w: change(kikinda(w), version=9), KIKINDA, "version"),
    "entered": Plant(lambda w: change(kikinda(w), entered_on="2026-04-01"), KIKINDA, "entered_on"),
    "decided": Plant(lambda w: change(kikinda(w), decided_on="2026-04-01"), KIKINDA, "decided_on"),
    "hold": Plant(
        lambda w: change(kikinda(w), on_hold_since="2026-04-01"), KIKINDA, "on_hold_since"
    ),
    "procedure": Plant(
        lambda w: change(kikinda(w), procedure=w.participations[5].procedure), KIKINDA, "procedure"
    ),
    "status of a step": Plant(lambda w: change(step("visit"), status="waived"), KIKINDA, "status"),
    "day of settling": Plant(lambda w: change(step("paper"), settled_on=None), KIKINDA, "settling"),
    "step without an entry": Plant(lambda w: duplicate_step(), KIKINDA, "no entry opened it"),
    "step gone": Plant(lambda w: delete_step(step("survey")), KIKINDA, "is gone"),
    "date of a step": Plant(
        lambda w: change(step("survey"), due_at=timezone.now()), KIKINDA, "due_at"
    ),
    "version of a deadline": Plant(
        lambda w: change(step("survey"), deadline_version=7), KIKINDA, "due_at"
    ),
    "deadline edited": Plant(
        lambda w: change(step("survey").deadlines.last(), on="2027-01-01"), KIKINDA, "deadline 2"
    ),
    "old deadline edited": Plant(
        lambda w: change(step("survey").deadlines.first(), on="2027-01-01"), KIKINDA, "deadline 1"
    ),
    "moment of a deadline edited": Plant(
        lambda w: change(step("survey").deadlines.last(), moment=timezone.now()),
        KIKINDA,
        "deadline 2",
    ),
    "deadline gone": Plant(
        lambda w: Deadline.objects.filter(step=step("survey"), version=1).delete(),
        KIKINDA,
        "not those that the log tells",
    ),
    "text of evidence": Plant(
        lambda w: change(evidence(), told={"note": "Another."}), KIKINDA, "not what was handed in"
    ),
    "kind of evidence": Plant(
        lambda w: change(evidence(), kind="act"), KIKINDA, "not what was handed in"
    ),
    "day of evidence": Plant(swap_days, KIKINDA, "not what was handed in"),
    "salt of evidence": Plant(
        lambda w: change(evidence(), salt="not hex"), KIKINDA, "not what was handed in"
    ),
    "digest of evidence": Plant(
        lambda w: change(evidence(), digest="0" * 64), KIKINDA, "does not know the evidence"
    ),
    "status of evidence": Plant(
        lambda w: change(evidence("returned"), status="accepted"), KIKINDA, "status"
    ),
    "evidence of another step": Plant(
        lambda w: change(evidence(), step=step("visit")), KIKINDA, "another step"
    ),
    "evidence gone": Plant(
        lambda w: change_rows("DELETE FROM workflow_evidence WHERE id = %s", evidence().pk),
        KIKINDA,
        "is gone",
    ),
    "history without an entry": Plant(
        lambda w: duplicate(history(w).last()), KIKINDA, "no entry in the log"
    ),
    "entry without a history": Plant(
        lambda w: history(w).last().delete(), KIKINDA, "not in the history"
    ),
    "stage in the history": Plant(
        lambda w: change(history(w).first(), stage="completed"), KIKINDA, "differ"
    ),
    "person in the history": Plant(
        lambda w: change(history(w).first(), history_user=w.deputy), KIKINDA, "differ"
    ),
    "field in the history": Plant(
        lambda w: change(history(w).last(), decided_on="2026-05-05"), KIKINDA, "decided_on"
    ),
    "proposal approved by nobody": Plant(
        lambda w: change(approved(), closed_by=None), KIKINDA, "another person"
    ),
    "proposal of another person": Plant(
        lambda w: change(approved(), by=w.coordinator), KIKINDA, "not proposed by this person"
    ),
    "proposal never closed": Plant(
        lambda w: change(approved(), status="overtaken"), KIKINDA, "was closed like this"
    ),
    "proposal gone": Plant(
        lambda w: change_rows("DELETE FROM workflow_proposal WHERE id = %s", approved().pk),
        KIKINDA,
        "is gone",
    ),
    "receipt of another person": Plant(make_receipt, KIKINDA, "act of another"),
    "receipt for nothing": Plant(
        lambda w: change(Receipt.objects.first(), entry=None), "receipts", "no entry"
    ),
    "mandate without its right": Plant(
        lambda w: UserObjectPermission.objects.filter(user=w.coordinator).delete(),
        "mandate",
        "its right is missing",
    ),
    "right without a mandate": Plant(
        lambda w: Mandate.objects.filter(user=w.coordinator).update(ended_at=timezone.now()),
        "rights",
        "without a mandate",
    ),
    "mandate over nothing": Plant(lead_nowhere, "mandate", "Its place is gone"),
}  # fmt: skip


def change_rows(statement: str, *values) -> None:
    assert sql(statement, *values) == 1


def duplicate_step() -> None:
    from uuid import uuid4

    copy = step("visit")
    copy.occurrence, copy.uuid, copy.deadline_version, copy.due_at = 2, uuid4(), 0, None
    duplicate(copy)


def delete_step(gone: Step) -> None:
    for table in ("deadline", "proposal", "evidence"):
        sql(f"DELETE FROM workflow_{table} WHERE step_id = %s", gone.pk)
    change_rows("DELETE FROM workflow_step WHERE uuid = %s", key(gone.uuid))


def test_every_planted_disagreement_is_named(lived):
    switch_triggers_off()

    missed = {name: found for name, plant in PLANTS.items() if (found := missed_by(plant, lived))}

    assert missed == {}
    assert len(PLANTS) >= 30
    assert find_gaps().is_whole


def missed_by(plant: Plant, lived: Lived) -> list[str]:
    """What was found instead; nothing where the disagreement was named rightly, and no other."""
    with transaction.atomic():
        plant.plant(lived)
        damages = find_gaps().damages
        transaction.set_rollback(True)
    rightly = any(plant.word in str(damage.why) for damage in damages)
    strangers = [d for d in damages if not d.reference.startswith(plant.names)]
    return [] if rightly and not strangers else [str(damage) for damage in damages] or ["nothing"]


def test_a_mandate_that_ran_out_is_named_and_is_no_gap(lived):
    yesterday = timezone.localdate() - timedelta(days=1)
    Mandate.objects.filter(user=lived.coordinator).update(starts_on=yesterday, ends_on=yesterday)

    gaps = find_gaps()

    assert gaps.is_whole
    [line] = gaps.expired
    assert f"(coordinator): expired on {yesterday}" in line


@pytest.mark.parametrize("status", ["waiting", "declined"])
def test_proposals_that_wait_or_were_declined_agree(lived, status):
    if status == "waiting":
        perform(lived, 2, "step_back", reason="Once more.")

    assert Proposal.objects.filter(status=status).exists()
    assert find_gaps().is_whole
