"""Other decisions: one page that lists them, each with what it does and who decides it."""

import pytest

from tests.conftest import FIRST_DAY, open_in
from tests.workflow.pages.reading import buttons, read, text
from tests.world import ROUTE, procedure_text
from workflow import services
from workflow.models import Participation

OTHERS = ["resume", "hold", "step_back", "reject", "withdraw", "discontinue"]


def page_of(participation: Participation) -> str:
    return f"{participation.get_absolute_url()}decisions/"


def offered(client, person, participation) -> list[str]:
    """The decisions that this person finds as links, in their order."""
    html = read(client, person, page_of(participation)).content.decode()
    return [name for name in OTHERS if f"/transitions/{name}/" in html]


def test_links_are_those_this_person_may_take(
    client, make_participation, manager, signatory, coordinator, auditor
):
    participation = make_participation("assessment", route=ROUTE)

    for_manager = offered(client, manager, participation)
    assert for_manager == ["hold", "step_back", "withdraw", "discontinue"]
    assert offered(client, signatory, participation) == ["withdraw"]
    assert offered(client, coordinator, participation) == []
    assert offered(client, auditor, participation) == []


def test_whoever_may_not_reads_what_it_does_and_who_decides(
    client, make_participation, coordinator
):
    participation = make_participation("assessment", route=ROUTE)

    page = text(read(client, coordinator, page_of(participation)))

    assert (
        "Withdraw no way back The municipality leaves the programme."
        " This is decided by: Signatory, Programme manager." in page
    )
    back = "Back to the previous stage, with a second person."
    assert f"{back} This is decided by: Programme manager." in page


def test_what_the_procedure_gives_to_two_people_says_so(client, make_participation, manager):
    participation = make_participation("assessment", second_person=["discontinue"])

    page = text(read(client, manager, page_of(participation)))

    ending = "The programme ends its support. This is decided by: Programme manager."
    assert f"{ending} A second person has to agree." in page


def test_on_hold_it_is_resumed_and_nothing_steps_back(client, make_participation, manager, perform):
    participation = make_participation("assessment", route=ROUTE)
    perform(participation, "hold", by=manager)

    assert offered(client, manager, participation) == ["resume", "withdraw", "discontinue"]
    assert "Not while it is on hold: resume it first." in text(client.get(page_of(participation)))


def test_on_hold_the_first_button_of_the_participation_resumes_it(
    client, make_participation, manager, coordinator, perform
):
    participation = make_participation("assessment", route=ROUTE)
    perform(participation, "hold", by=manager)

    assert "Resume" in buttons(read(client, manager, participation.get_absolute_url()))
    assert "Resume" not in buttons(read(client, coordinator, participation.get_absolute_url()))


def test_an_application_can_be_rejected_and_not_stepped_back(client, make_participation, manager):
    participation = make_participation("application")

    assert offered(client, manager, participation) == ["hold", "reject", "withdraw", "discontinue"]
    assert "Move back" not in text(client.get(page_of(participation)))


@pytest.mark.parametrize("stage", ["application", "memorandum", "assessment"])
def test_every_link_leads_to_a_page_with_a_form(client, make_participation, manager, stage):
    participation = make_participation(stage)

    for name in offered(client, manager, participation):
        page = client.get(f"{participation.get_absolute_url()}transitions/{name}/")
        assert "<form" in page.content.decode().split("<main", 1)[1], name


def test_another_version_of_the_procedure_is_one_of_them(
    client, make_track, municipality, manager, coordinator
):
    track = make_track(route=["assessment", "strategy_adopted"])
    participation = open_in(track, municipality, by=manager)
    url = page_of(participation)
    assert "another version" not in text(read(client, manager, url))

    text_of_it = procedure_text(number=1, route=["assessment", "strategy_adopted"], places=3)
    services.load_procedure(text_of_it)

    assert "/procedure/" in read(client, manager, url).content.decode()
    for_coordinator = read(client, coordinator, url)
    assert "Follow another version of the procedure" in text(for_coordinator)
    assert "/procedure/" not in for_coordinator.content.decode()


def test_an_ended_participation_has_none(client, make_participation, manager, perform):
    participation = make_participation("assessment", route=ROUTE)
    perform(participation, "withdraw", by=manager, decided_on=FIRST_DAY)

    page = text(read(client, manager, page_of(participation)))

    assert "This participation has ended: Withdrawn, 2 March 2026." in page
    assert "Nothing can be decided in it any more." in page
    assert (
        "/decisions/"
        not in read(client, manager, participation.get_absolute_url()).content.decode()
    )
