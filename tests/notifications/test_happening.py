"""What happened is told once, together, to whom it concerns; to nobody their own act."""

from datetime import date

import pytest

from notifications.models import Notice, Occasion
from notifications.services import tell_happened
from tests.notifications.post_office import addressed, work
from tests.stepping import act_on, hand_in, the_step
from tests.world import step
from workflow import services

pytestmark = pytest.mark.django_db


def test_an_act_leaves_one_row_and_no_mail(opened, mailoutbox):
    assert Occasion.objects.filter(told_at=None).count() >= 1
    assert mailoutbox == []
    assert not Notice.objects.exists()


def test_five_steps_opened_by_one_transition_are_one_mail(
    clock, make_participation, coordinator, manager, perform
):
    five = [step(f"part_{number}") for number in range(5)]
    case = make_participation(
        stage="memorandum", stages={"assessment": five}, route=["memorandum", "assessment"]
    )
    work(clock)
    perform(case, "start_assessment", by=manager, decided_on=date(2026, 11, 16))

    [mail] = work(clock)

    assert mail.to == [coordinator.email]
    assert mail.subject == "[Kikinda] The stage is now: Assessment (and 5 more)"
    assert mail.body.count("New step:") == 5
    assert "http://127.0.0.1:8000/inbox/" in mail.body  # the one place of all of them


def test_whoever_acted_is_not_told(case, clock, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)

    mails = work(clock)

    assert addressed(mails) == [manager.email]
    assert mails[0].subject == "[Kikinda] Handed in, to be looked at: Inspection"


def test_returned_with_remarks_the_municipality_is_told_that_and_no_remark(
    case, clock, coordinator, manager
):
    hand_in(the_step(case, "inspection"), by=coordinator)
    work(clock)
    act_on(services.return_step, the_step(case, "inspection"), by=manager, remarks=["Secret plan."])

    [mail] = work(clock)

    assert mail.to == [coordinator.email]
    assert mail.subject == "[Kikinda] Returned with remarks: Inspection"
    assert "Secret plan" not in mail.body + mail.alternatives[0][0]


def test_handed_in_and_returned_before_the_mail_left_only_the_last_is_told(
    case, clock, coordinator, manager
):
    hand_in(the_step(case, "inspection"), by=coordinator)
    tell_happened()
    act_on(services.return_step, the_step(case, "inspection"), by=manager, remarks=["Add dates."])

    mails = work(clock)

    assert addressed(mails) == [coordinator.email]
    assert Notice.objects.get(kind="to_review").is_stale


def test_a_mandate_begun_and_ended_is_told_to_its_person(
    case, clock, stranger, municipality, signatory
):
    stranger.language = "en"
    stranger.save()
    mandate = services.give_mandate(stranger, "coordinator", over=municipality, by=signatory)
    [begun] = work(clock)
    services.end_mandate(mandate, by=signatory)
    [ended] = work(clock)

    assert begun.to == ended.to == [stranger.email]
    assert begun.subject == "[Kikinda] You have a role now: Coordinator"
    assert ended.subject == "[Kikinda] Your role has ended: Coordinator"


def test_a_mandate_that_ended_a_second_ago_gets_no_mail(case, clock, coordinator, manager, system):
    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.return_step, the_step(case, "inspection"), by=manager, remarks=["Add dates."])
    tell_happened()
    services.end_mandate(coordinator.mandates.get(), by=system)

    mails = work(clock)

    told = [mail.subject for mail in mails if mail.to == [coordinator.email]]
    assert told == ["[Kikinda] Your role has ended: Coordinator"]


def test_a_proposal_asks_another_manager(
    clock, make_participation, coordinator, manager, deputy, perform
):
    asked = {"second_person": ["adopt_strategy"]}
    case = make_participation(stage="assessment", **asked)
    work(clock)
    perform(case, "adopt_strategy", by=manager, decided_on=date(2026, 11, 16))

    mails = work(clock)

    assert addressed(mails) == [deputy.email]
    assert "Waits for your agreement: Record the adopted strategy" in mails[0].subject


def test_selected_and_rejected_are_told_to_the_municipality(
    clock, make_participation, coordinator, signatory, manager, perform
):
    case = make_participation(stage="application")
    work(clock)
    perform(case, "reject", by=manager, decided_on=date(2026, 11, 16))

    mails = work(clock)

    assert addressed(mails) == sorted([coordinator.email, signatory.email])
    assert {mail.subject for mail in mails} == {"[Kikinda] Your application was not selected"}


def test_a_step_that_waited_for_another_is_told_when_it_can_begin(
    clock, make_participation, coordinator, signatory, manager
):
    draft, act = step("draft"), step("act", role="signatory", after=["draft"])
    case = make_participation(stage="assessment", stages={"assessment": [draft, act]})
    assert addressed(work(clock)) == [coordinator.email]

    hand_in(the_step(case, "draft"), by=coordinator)
    work(clock)
    act_on(services.accept_step, the_step(case, "draft"), by=manager)
    mails = work(clock)

    assert addressed(mails) == sorted([coordinator.email, signatory.email])
    told = {mail.to[0]: mail.subject for mail in mails}
    assert told[signatory.email] == "[Kikinda] New step: Act"
    assert told[coordinator.email] == "[Kikinda] Accepted: Draft"
