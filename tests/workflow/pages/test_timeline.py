"""The timeline of a participation: one template a kind of entry, filters, each word said once."""

import re
from datetime import date
from uuid import uuid4

import pytest

from tests.stepping import act_on, hand_in, settle, the_step
from tests.workflow.pages.reading import read, text
from tests.world import ROUTE, step
from workflow import services
from workflow.models import Participation
from workflow.pages.timeline import KINDS_SHOWN, TEMPLATES, TOLD_WITH_OTHERS, UNTOLD
from workflow.pages.wording import told_once
from workflow.rules import Due
from workflow.verbs import VERBS

OWED = {"assessment": [step("visit", deadline={"rule": "fixed", "on": "2099-11-30"})]}


def headings(response) -> list[str]:
    """What happened, as the headings of the timeline say it, the newest first."""
    timeline = response.content.decode().partition('class="time"')[2].partition("</ol>")[0]
    found = re.findall(r"<h3>(.*?)</h3>", timeline, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in found]


def test_every_verb_of_the_log_has_a_template():
    assert TEMPLATES.keys() | {*TOLD_WITH_OTHERS, *UNTOLD} == VERBS.keys()


def test_every_verb_that_is_told_belongs_to_one_filter():
    filed = [verb for verbs in KINDS_SHOWN.values() for verb in verbs]

    assert sorted(filed) == sorted(TEMPLATES)


@pytest.fixture
def lived(make_participation, manager, coordinator, person):
    """A participation with an entry of every kind that the filters know."""
    participation = make_participation("assessment", route=ROUTE, stages=OWED)
    person("mentor", over=participation)
    hand_in(the_step(participation, "visit"), by=coordinator)
    due = Due(date(2099, 12, 1), "", "day")
    owed = the_step(participation, "visit")
    act_on(services.move_deadline, owed, by=manager, due=due, reason="Rain.")
    return participation


@pytest.mark.parametrize(
    ("show", "seen", "unseen"),
    [
        ("transitions", "Memorandum → Assessment", "Handed in: Visit"),
        ("steps", "Handed in: Visit", "Deadline moved: Visit"),
        ("deadlines", "Deadline moved: Visit", "Mandate given: Mentor"),
        ("people", "Mandate given: Mentor", "Memorandum → Assessment"),
    ],
)
def test_each_filter_shows_its_own_kind_alone(client, lived, manager, show, seen, unseen):
    everything = headings(read(client, manager, lived.get_absolute_url()))
    some = headings(read(client, manager, f"{lived.get_absolute_url()}?show={show}"))

    assert {seen, unseen} <= set(everything)
    assert seen in some
    assert unseen not in some


def test_filters_are_links_that_need_no_script(client, lived, manager):
    page = read(client, manager, f"{lived.get_absolute_url()}?show=steps").content.decode()

    for show in ("", "transitions", "steps", "deadlines", "people"):
        assert f'href="?show={show}#timeline"' in page
    assert re.search(r'id="show-steps" aria-current="true"', page)


def test_a_step_leads_from_its_entry_to_its_page(client, lived, manager):
    page = read(client, manager, lived.get_absolute_url()).content.decode()

    url = the_step(lived, "visit").get_absolute_url()
    assert f'<h3><a href="{url}">Handed in: Visit</a></h3>' in page


def test_a_deadline_says_from_when_to_when_and_why(client, lived, manager):
    page = text(read(client, manager, lived.get_absolute_url()))

    assert "From 30 November 2099 to 1 December 2099 Reason: Rain." in page


def test_how_a_deadline_changed_is_said_in_the_time_of_belgrade(
    client, make_participation, manager, coordinator
):
    rule = {"rule": "fixed", "on": "2026-07-01", "at": "15:00"}
    participation = make_participation(
        "assessment", stages={"assessment": [step("visit", deadline=rule)]}
    )
    later = Due(date(2026, 12, 1), "24:00", "minute")
    act_on(
        services.move_deadline, the_step(participation, "visit"), by=manager, due=later,
        reason="Rain.",
    )  # fmt: skip
    coordinator.time_zone = "America/New_York"
    coordinator.save(update_fields=["time_zone"])
    client.force_login(coordinator)

    on_step = client.get(the_step(participation, "visit").get_absolute_url()).content.decode()
    on_case = client.get(participation.get_absolute_url()).content.decode()

    old = "1 July 2026 at 15:00 (time of Belgrade)"
    new = "1 December 2026 at 24:00 (time of Belgrade)"
    assert f"<b>{old}</b>" in on_step
    assert f"<b>{new}</b>" in on_step
    assert f"From {old} to {new}" in on_case


def test_after_a_hold_a_deadline_says_how_long_the_clock_stood(
    client, make_participation, manager, perform
):
    participation = make_participation("assessment", stages=OWED)
    perform(participation, "hold", by=manager)
    held = Participation.objects.get(pk=participation.pk)
    on = held.decided_on.replace(day=held.decided_on.day + 5)
    perform(held, "resume", by=manager, decided_on=on)

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "to 5 December 2099 (the clock stood 5 days)" in page


def test_an_end_is_told_as_an_end_and_not_as_a_stage(client, make_participation, manager, perform):
    participation = make_participation("assessment")
    perform(participation, "discontinue", by=manager)

    assert headings(read(client, manager, participation.get_absolute_url()))[0] == "Discontinued"


def test_an_application_is_linked_from_its_entry(client, make_participation, manager):
    participation = make_participation("application")
    application = participation.application
    services.return_application(application, by=manager, remarks="Mend the contact.")

    page = read(client, manager, participation.get_absolute_url())

    assert "Application returned for correction" in headings(page)
    assert f"Open the application {application.reference}" in text(page)


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        (("Руководилац програма", "Rukovodilac programa", "rukovodilac programa"),
         "Руководилац програма"),
        (("Координатор, Кикинда", "Koordinator", "koordinator"), "Координатор, Кикинда"),
        (("Zamenik rukovodioca", "Rukovodilac programa", "zamenik rukovodioca"),
         "Zamenik rukovodioca, Rukovodilac programa"),
        (("Role account", "Mentor", ""), "Role account, Mentor"),
        (("", "Mentor", "mentor"), "Mentor"),
    ],
)  # fmt: skip
def test_name_role_and_function_are_each_said_once(parts, told):
    assert told_once(*parts) == told


def test_a_role_account_is_named_once(client, make_participation, manager):
    participation = make_participation("memorandum")
    manager.name = "Programme manager"
    manager.save()
    manager.mandates.update(function="programme manager")

    page = text(read(client, manager, participation.get_absolute_url()))

    assert "Programme manager Programme manager programme_manager" in page  # people, beside it
    assert "Programme manager, Programme manager" not in page


def test_who_accepted_and_who_waived_stands_in_the_tree(
    client, make_participation, manager, deputy, coordinator, observer
):
    steps = [step("visit"), step("draft")]
    participation = make_participation("assessment", stages={"assessment": steps})
    settle(participation, "visit", by=coordinator, accepted_by=manager)
    not_owed = the_step(participation, "draft")
    act_on(services.waive_step, not_owed, by=manager, reason="Done in 2025.")
    waits = participation.proposals.get()
    services.approve_proposal(waits, by=deputy, idempotency_key=uuid4())

    page = text(read(client, manager, participation.get_absolute_url()))
    for_observer = text(read(client, observer, participation.get_absolute_url()))

    assert "Accepted by: programme_manager, Programme manager, programme_manager of the" in page
    by_two = "Proposed by: programme_manager. Agreed by: programme_manager. Reason: Done in 2025."
    assert by_two in page
    assert "Accepted by: Programme manager." in for_observer
    assert "Two people agreed." in for_observer
    assert "Done in 2025" not in for_observer
