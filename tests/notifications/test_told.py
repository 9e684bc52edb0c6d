"""Who was told what and when, of one participation: read by its people, its programme, auditors."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from notifications.models import Notice, Reminder
from tests.clock import set_to
from tests.notifications.mailing import delivery_to, tell_all
from tests.notifications.post_office import work
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import step
from workflow import services

pytestmark = pytest.mark.django_db
DAY_14 = datetime(2026, 12, 1, 7, 0, 30, tzinfo=UTC)


@pytest.fixture
def case(opened):
    """A participation of which nothing is told yet."""
    return opened


def told_of(case) -> str:
    return reverse("notifications:told", args=[case.reference])


@pytest.fixture
def mentor(person, case):
    return person("mentor", over=case)


def test_says_who_was_told_what_and_how_it_went(client, case, clock, coordinator, auditor):
    work(clock)
    clock.now = DAY_14
    work(clock)

    page = read(client, auditor, told_of(case))

    assert "Deadline in 14 days: Inspection coordinator sent" in text(page)
    entry = case.entries.filter(verb="tell").latest("seq")
    assert f'href="{reverse("workflow:entry", args=[entry.pk])}"' in page.content.decode()


@pytest.mark.parametrize("who", ["coordinator", "signatory", "mentor", "manager", "auditor"])
def test_its_people_its_programme_and_auditors_read_it(client, case, request, who):
    tell_all()

    page = read(client, request.getfixturevalue(who), told_of(case))

    assert page.status_code == 200
    assert "New step: Inspection" in text(page)


@pytest.mark.parametrize(
    ("who", "status"), [("evaluator", 403), ("observer", 403), ("stranger", 404)]
)
def test_nobody_else_does(client, case, request, who, status):
    assert read(client, request.getfixturevalue(who), told_of(case)).status_code == status


def test_what_the_mail_server_said_is_for_managers_and_auditors(client, case, coordinator, manager):
    tell_all()
    delivery_to(coordinator, status="failed", last_reply="550 no such user")

    for who, reads in [(manager, True), (coordinator, False)]:
        page = text(read(client, who, told_of(case)))
        assert "refused by the mail server" in page
        assert ("550 no such user" in page) == reads


def test_links_to_the_log_are_for_those_who_may_read_it(client, case, clock, coordinator):
    work(clock)

    page = read(client, coordinator, told_of(case))

    assert "of the log" not in text(page)
    assert "/entries/" not in page.content.decode()


def test_says_what_was_overtaken_before_it_was_sent(client, case, manager):
    tell_all()
    Notice.objects.update(is_stale=True)

    assert "overtaken before it was sent" in text(read(client, manager, told_of(case)))


def test_says_what_is_planned_for_whom_and_where_nobody_is(client, case, manager):
    page = text(read(client, manager, told_of(case)))

    assert "Inspection 1 December 2026 14 days before the deadline Coordinator: coordinator" in page
    assert "16 December 2026 1 day after the deadline" in page
    assert "Signatory: signatory Mentor: nobody to tell Invite somebody" in page


def test_the_plan_follows_the_deadline_and_ends_with_the_step(
    client, case, clock, coordinator, manager
):
    hand_in(the_step(case, "inspection"), by=coordinator)
    page = text(read(client, manager, told_of(case)))
    assert "21 November 2026 5 days after it was handed in Programme manager:" in page

    act_on(services.accept_step, the_step(case, "inspection"), by=manager)
    assert "No reminder is planned" in text(read(client, manager, told_of(case)))


def test_a_silence_counts_from_the_last_handing_in(client, case, clock, coordinator, manager):
    hand_in(the_step(case, "inspection"), by=coordinator)
    act_on(services.return_step, the_step(case, "inspection"), by=manager, remarks=["Mend."])
    clock.let_pass(days=3)
    hand_in(the_step(case, "inspection"), by=coordinator)

    page = text(read(client, manager, told_of(case)))

    assert "21 November 2026" not in page
    assert "24 November 2026 5 days after it was handed in" in page


def test_on_hold_nothing_is_planned(client, case, manager, perform):
    perform(case, "hold", by=manager)

    assert "On hold: nobody is reminded" in text(read(client, manager, told_of(case)))


def test_the_page_of_the_participation_tells_the_last_five(client, case, coordinator, observer):
    tell_all()

    page = read(client, coordinator, case.get_absolute_url())

    assert "Who was told New step: Inspection waiting coordinator" in text(page)
    assert told_of(case) in page.content.decode()
    assert "Who was told" not in text(read(client, observer, case.get_absolute_url()))


def test_the_page_costs_the_same_for_one_notice_and_for_many(
    make_participation, coordinator, signatory, manager
):
    with set_to(2026, 11, 16) as clock:
        steps = [step(key, deadline={"rule": "fixed", "on": "2026-12-15"}) for key in "abcdefgh"]
        one = make_participation(stage="assessment", stages={"assessment": steps[:1]})
        tell_all()
        few = queries_of(signed_in(manager), told_of(one))
        handing_in = make_participation(stage="assessment", stages={"assessment": steps})
        for key in "abcdefgh":
            hand_in(the_step(handing_in, key), by=coordinator)
        clock.let_pass(days=10, hours=1)
        tell_all()

        assert Notice.objects.filter(participation=handing_in, kind="waiting").count() >= 8
        assert Reminder.objects.filter(step__participation=handing_in).count() > 50
        assert queries_of(signed_in(manager), told_of(handing_in)) == few <= 15
