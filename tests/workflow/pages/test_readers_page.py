"""Who can see this: everybody who can, and nobody else, each with the mandate that lets them."""

from tests.workflow.pages.reading import read, text
from workflow import services


def page_of(participation) -> str:
    return f"{participation.get_absolute_url()}readers/"


def test_each_reader_stands_there_with_role_mandate_and_day(
    client, make_participation, manager, coordinator, observer, person
):
    participation = make_participation("assessment")
    person("mentor", over=participation)

    page = text(read(client, manager, page_of(participation)))

    assert "4 people can see this participation now" in page
    assert "Coordinator coordinator, coordinator of the office Kikinda 1 Jan 2020" in page
    assert "Observer observer, observer of the office Trial 1 Jan 2020" in page
    assert "Mentor mentor, mentor of the office this participation 1 Jan 2020" in page


def test_it_says_what_each_role_reads(client, make_participation, manager, observer, auditor):
    participation = make_participation("assessment")

    page = text(read(client, manager, page_of(participation)))

    everything = "stages, steps, deadlines; names, contacts, what was handed in; the whole log"
    assert f"Auditor auditor, auditor of the office Trial 1 Jan 2020 {everything}" in page
    assert "office Trial 1 Jan 2020 stages, steps, deadlines Whoever runs the system" in page


def test_a_mandate_that_ended_is_not_there(
    client, make_participation, manager, coordinator, signatory, system
):
    participation = make_participation("assessment")
    services.end_mandate(coordinator.mandates.get(), by=system)

    page = text(read(client, manager, page_of(participation)))

    assert "coordinator of the office" not in page
    assert "signatory of the office" in page


def test_a_closed_account_is_not_there(client, make_participation, manager, coordinator):
    participation = make_participation("assessment")
    coordinator.is_active = False
    coordinator.save()

    assert "coordinator of the office" not in text(read(client, manager, page_of(participation)))


def test_a_donor_reads_roles_and_reasons_but_no_names(
    client, make_participation, observer, coordinator
):
    participation = make_participation("assessment")

    page = text(read(client, observer, page_of(participation)))

    assert "Coordinator Kikinda 1 Jan 2020" in page
    assert "Your role sees roles, not names." in page
    assert "of the office" not in page


def test_the_page_of_the_participation_leads_there(client, make_participation, manager):
    participation = make_participation("assessment")

    page = read(client, manager, participation.get_absolute_url()).content.decode()

    assert f'href="{page_of(participation)}"' in page
