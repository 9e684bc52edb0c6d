"""Deadlines as data: by the rules of the procedure, versioned, each change with its reason."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.stepping import settle, the_step
from tests.world import step
from workflow.models import Participation

ENTERED = date(2026, 3, 2)
RULES = {
    "fixed": ({"rule": "fixed", "on": "2026-08-03", "at": "24:00"}, date(2026, 8, 3)),
    "in_days": ({"rule": "relative", "to": "stage", "days": 30}, date(2026, 4, 1)),
    # Good Friday and Easter Monday of 2026 by the Serbian calendar are 10 and 13 April.
    "in_working_days": (
        {"rule": "relative", "to": "stage", "working_days": 30},
        date(2026, 4, 15),
    ),
    "in_months": ({"rule": "relative", "to": "stage", "months": 3}, date(2026, 6, 2)),
    "month": ({"rule": "month", "month": "2026-12"}, date(2026, 12, 31)),
}


@pytest.mark.parametrize("name", RULES)
def test_set_by_the_rule_when_the_stage_is_entered(make_participation, name):
    rule, expected = RULES[name]
    stages = {"memorandum": [step("sign", deadline=rule)]}
    participation = make_participation(stage="memorandum", stages=stages)

    deadline = the_step(participation, "sign").deadlines.get()
    assert (deadline.on, deadline.version) == (expected, 1)
    assert deadline.why == "By the rule of the procedure."
    entry = participation.entries.get(step__key="sign")
    assert entry.facts["deadline"]["on"] == expected.isoformat()


def test_24_00_is_the_end_of_that_day(make_participation):
    rule, _day = RULES["fixed"]
    stages = {"memorandum": [step("sign", deadline=rule)]}
    signed = the_step(make_participation(stage="memorandum", stages=stages), "sign")
    assert signed.due_at == datetime(2026, 8, 4, tzinfo=ZoneInfo("Europe/Belgrade"))


def test_by_hand_there_is_none_until_somebody_sets_it(make_participation):
    stages = {"memorandum": [step("sign", deadline={"rule": "manual"})]}
    signed = the_step(make_participation(stage="memorandum", stages=stages), "sign")
    assert (signed.due_at, signed.deadline_version) == (None, 0)


class TestAwaited:
    """A deadline that counts from something is set when that happens."""

    STAGES = {
        "memorandum": [
            step("decision", evidence="act", demands={"body": {"sr": "Веће", "en": "Council"}}),
            step(
                "publish",
                after=["decision"],
                deadline={"rule": "relative", "to": "act:decision", "days": 15},
            ),
        ],
        "assessment": [
            step("report", deadline={"rule": "relative", "to": "step:decision", "months": 1})
        ],
    }

    @pytest.fixture
    def participation(self, make_participation) -> Participation:
        return make_participation(stage="memorandum", stages=self.STAGES)

    def test_not_set_before(self, participation):
        assert the_step(participation, "publish").due_at is None

    def test_counts_from_the_date_of_the_act(self, participation, coordinator, manager):
        settle(
            participation, "decision", by=coordinator, accepted_by=manager, dated_on="2026-02-10"
        )

        assert the_step(participation, "publish").deadlines.get().on == date(2026, 2, 25)
        assert participation.entries.filter(verb="set_deadline").count() == 1

    def test_reaches_into_the_next_stage(self, participation, coordinator, manager, perform):
        settle(
            participation, "decision", by=coordinator, accepted_by=manager, dated_on="2026-02-10"
        )
        settle(participation, "publish", by=coordinator, accepted_by=manager)
        perform(Participation.objects.get(pk=participation.pk), "start_assessment", by=manager)

        assert the_step(participation, "report").deadlines.get().on == date(2026, 3, 10)


def test_recurring_steps_open_one_for_each_period(make_participation):
    rule = {"rule": "recurring", "every": "year", "times": 3, "periods": "calendar", "months": 3}
    stages = {"sustainability": [step("yearly_report", deadline=rule)]}
    participation = make_participation(stage="sustainability", stages=stages)

    reports = participation.steps.filter(key="yearly_report").order_by("occurrence")
    assert [report.occurrence for report in reports] == [1, 2, 3]
    assert [report.deadlines.get().on for report in reports] == [
        date(2027, 3, 31), date(2028, 3, 31), date(2029, 3, 31),
    ]  # fmt: skip
    assert reports[0].title == "Yearly report (2026)"
