"""The one thing that the first page of each role offers first, with its one filled button."""

import re

import pytest

from tests.applying import open_call
from tests.conftest import open_in
from tests.stepping import hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.world import ROUTE, step
from workflow import services

FILLED = re.compile(r'<(?:a|button) class="btn"[^>]*>(.*?)</(?:a|button)>', re.DOTALL)


def offered(response) -> str:
    """The words of the part that stands first; "" where nothing does."""
    part = re.search(r'<section class="card first".*?</section>', response.content.decode(), re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", part[0]).split()) if part else ""


def filled_buttons(response) -> list[str]:
    page = response.content.decode().partition("<main")[2]
    return [re.sub(r"<span.*", "", words, flags=re.DOTALL) for words in FILLED.findall(page)]


@pytest.fixture
def track(make_track):
    visit = step("visit", role="mentor", evidence="meeting")
    return make_track(route=ROUTE[2:], stages={"assessment": [visit]}, places=None)


@pytest.fixture
def application(make_track, manager, coordinator, municipality):
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


def test_a_signatory_answers_for_the_municipality(client, application, signatory):
    page = read(client, signatory, "/my-steps/")

    assert f"Most urgent Consent to application {application.reference} , Kikinda" in offered(page)
    assert filled_buttons(page) == ["Read and answer"]


def test_a_coordinator_goes_on_with_the_application(client, application, coordinator):
    page = read(client, coordinator, "/my-steps/")

    assert f"Application {application.reference} , Kikinda in 1 day" in offered(page)
    assert filled_buttons(page) == ["Go on with the application"]


def test_a_mentor_logs_the_visit_that_is_due(client, track, municipality, manager, person):
    case = open_in(track, municipality, by=manager)
    mentor = person("mentor", over=case)

    page = read(client, mentor, "/my-municipalities/")

    assert "Kikinda No deadline is set. Log a visit" in offered(page)
    assert filled_buttons(page) == ["Log a visit"]


def test_a_manager_opens_what_can_move_today(
    client, make_track, municipality, manager, coordinator
):
    track = make_track(
        route=ROUTE[2:], stages={"assessment": [step("sign", accepted_by="")]}, places=None
    )
    case = open_in(track, municipality, by=manager)
    before = read(client, manager, "/board/")
    hand_in(the_step(case, "sign"), by=coordinator)

    page = client.get("/board/")

    assert offered(before) == ""
    assert offered(page).startswith(
        "The move can be decided Kikinda , Assessment Open the participation"
    )
    assert filled_buttons(page) == ["Open the participation"]
    assert offered(client.get("/board/?due=late")) == ""


def test_an_auditor_verifies_the_log(client, track, municipality, manager, person):
    open_in(track, municipality, by=manager)
    auditor = person("auditor", over=track.programme)

    page = read(client, auditor, "/log/")

    assert filled_buttons(page) == ["Verify now"]
    assert "Most urgent" not in text(page)


def test_on_a_participation_whoever_has_the_turn_opens_what_is_next(
    client, make_track, municipality, manager, coordinator
):
    track = make_track(route=ROUTE[2:], stages={"assessment": [step("sign")]}, places=None)
    case = open_in(track, municipality, by=manager)

    own = read(client, coordinator, case.get_absolute_url())
    others = read(client, manager, case.get_absolute_url())

    assert filled_buttons(own) == ["Open: Sign"]
    assert filled_buttons(others) == []
