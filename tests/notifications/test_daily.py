"""Once a day, whichever clock asks first: ended mandates, the log, everything against the log."""

from datetime import date, timedelta

import pytest

from config import chores
from municipalities.models import Mandate
from notifications.models import Chore, Notice
from notifications.services import once_a_day
from tests.clock import set_to
from tests.notifications.post_office import work
from workflow import services
from workflow.audit.models import Verification
from workflow.models import Participation

pytestmark = pytest.mark.django_db


def test_several_clocks_do_it_once_a_day(clock):
    done = []
    asked = [once_a_day("log", lambda: done.append(1) or "whole") for _clock in range(5)]

    assert asked == [True, False, False, False, False]
    assert Chore.objects.get().outcome == "whole"

    clock.let_pass(days=1)
    assert once_a_day("log", lambda: "whole again")


def test_not_before_three_in_the_morning():
    with set_to(2026, 10, 25, hour=0) as clock:  # the night in which two o'clock comes twice
        assert not once_a_day("log", lambda: "")
        clock.let_pass(hours=1)  # two o'clock for the second time
        assert not once_a_day("log", lambda: "")
        clock.let_pass(hours=1)
        assert once_a_day("log", lambda: "")


def test_one_that_was_killed_is_made_good(clock):
    def dies() -> str:
        raise SystemExit

    with pytest.raises(SystemExit):
        once_a_day("log", dies)
    assert not once_a_day("log", lambda: "whole")  # it may still be at work

    clock.let_pass(hours=3)
    assert once_a_day("log", lambda: "whole")


def test_every_chore_of_the_night_is_done_and_says_what_came_out(case):
    chores.daily_chores()

    told = dict(Chore.objects.values_list("name", "outcome"))
    assert set(told) == set(chores.DAILY)
    assert told["log"].endswith("0 damages")
    assert told["gaps"] == "0 disagreements"
    assert Verification.objects.latest("pk").is_whole


def test_a_damaged_log_is_told_to_those_who_answer_for_it(
    case, clock, manager, auditor, coordinator
):
    Participation.objects.filter(pk=case.pk).update(head_mac="0" * 64)

    chores.daily_chores()
    mails = work(clock)

    told = {address for mail in mails for address in mail.to}
    assert {manager.email, auditor.email} <= told
    assert coordinator.email not in told
    assert "The log is damaged" in {mail.subject.split(" (")[0] for mail in mails}


def test_a_mandate_whose_last_day_is_past_is_closed_and_its_person_told(
    case, clock, municipality, stranger, system
):
    services.give_mandate(
        stranger, "coordinator", over=municipality, by=system, ends_on=date(2026, 11, 20)
    )
    work(clock)
    clock.let_pass(days=5)
    chores.daily_chores()

    mandate = Mandate.objects.get(user=stranger)
    assert mandate.ended_at
    assert mandate.right is None
    [entry] = case.entries.filter(verb="end_mandate")
    assert entry.by_kind == "system"
    work(clock)
    assert Notice.objects.filter(user=stranger, kind="mandate_ended").count() == 1


def test_the_last_day_itself_still_counts(case, clock, municipality, stranger, system):
    services.give_mandate(
        stranger, "coordinator", over=municipality, by=system,
        ends_on=clock.today + timedelta(days=1),
    )  # fmt: skip
    clock.let_pass(days=1)
    chores.daily_chores()

    assert Mandate.objects.get(user=stranger).ended_at is None
