"""What anybody may know (ADR 0018): who was selected or taken in, and no word about a person."""

import re
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import resolve

from tests.applying import apply_on_paper, hand_in_on_paper, open_call
from tests.conftest import FIRST_DAY, facts_for, open_in
from tests.rights.matrix import names_of_urls
from tests.stepping import act_on, hand_in, the_step
from tests.workflow.pages.reading import read, text
from tests.world import ROUTE, step
from workflow import services
from workflow.models import Application, Participation

CANARY = "canary"
HELP = "podrska@example.org"  # the help desk, on every page


def public() -> set[str]:
    return {str(one.municipality) for one in Participation.objects.public()}


def moved(participation: Participation, name: str, by) -> None:
    fresh = Participation.objects.get(pk=participation.pk)
    services.perform_transition(fresh, name, by=by, **facts_for(fresh))


# Who


def test_an_application_is_not_public_until_its_municipality_is_selected(
    make_track, manager, municipality, perform
):
    [case] = apply_on_paper(make_track(), [municipality], by=manager)
    assert public() == set()

    perform(case, "select", by=manager)

    assert public() == {"Kikinda"}


def test_members_of_a_joint_application_become_public_together(
    make_track, manager, municipality, neighbour, perform
):
    cases = apply_on_paper(make_track(), [municipality, neighbour], by=manager)

    perform(cases[0], "select", by=manager)

    assert public() == {"Kikinda", "Kanjiža"}


@pytest.mark.parametrize("how", ["reject", "withdraw", "discontinue"])
def test_whoever_ends_as_an_applicant_never_is(make_track, manager, municipality, how):
    [case] = apply_on_paper(make_track(), [municipality], by=manager)

    moved(case, how, manager)

    assert public() == set()


@pytest.mark.parametrize("how", ["withdraw", "discontinue"])
def test_whoever_leaves_after_the_selection_stays_public(make_participation, manager, how):
    case = make_participation("memorandum", route=ROUTE)

    moved(case, how, manager)

    assert public() == {"Kikinda"}
    assert Participation.objects.public().get().reached == "memorandum"


def test_whoever_is_taken_in_without_a_call_is_public_at_once(make_track, manager, municipality):
    open_in(make_track(route=ROUTE[2:]), municipality, by=manager)

    assert public() == {"Kikinda"}


def test_a_selection_that_two_people_took_back_is_not_public_any_more(
    make_participation, manager, deputy, perform
):
    case = make_participation("memorandum", route=ROUTE)
    perform(case, "step_back", by=manager)
    proposal = case.proposals.get()
    services.approve_proposal(proposal, by=deputy, idempotency_key=uuid4())
    assert Participation.objects.get(pk=case.pk).stage == "application"
    assert public() == set()

    moved(case, "withdraw", manager)

    assert public() == set()


def test_what_is_on_hold_is_shown_as_any_other(make_participation, manager):
    case = make_participation("assessment", route=ROUTE)

    moved(case, "hold", manager)

    page = text(Client().get("/en/public/municipalities/80209/"))
    assert "Stage 3 of 6: Assessment" in page
    assert "hold" not in page


# Nobody's words


@pytest.fixture
def whispered(make_track, manager, deputy, coordinator, municipality, neighbour, system):
    """A participation and an application about which much was written, each text with the word."""
    stages = {"assessment": [step("open", required=False), step("returned", required=False)]}
    case = open_in(make_track(route=ROUTE[2:], stages=stages), municipality, by=manager)
    hand_in(the_step(case, "returned"), by=coordinator, note=f"{CANARY} note")
    act_on(services.return_step, the_step(case, "returned"), by=manager, remarks=[f"{CANARY} mend"])
    act_on(services.waive_step, the_step(case, "open"), by=manager, reason=f"{CANARY} waived")
    move(case, "hold", manager)
    move(case, "resume", manager)
    move(case, "adopt_strategy", manager)
    move(case, "step_back", manager)
    write_an_application(make_track, manager, neighbour)
    write_of_a_body(municipality, coordinator)
    services.invite(f"{CANARY}@example.org", "mentor", over=case, by=manager)
    name_everybody()
    return case


def move(case: Participation, name: str, by) -> None:
    fresh = Participation.objects.get(pk=case.pk)
    facts = facts_for(fresh, reason=f"{CANARY} {name}")
    services.perform_transition(fresh, name, by=by, **facts)


def write_an_application(make_track, manager, neighbour) -> None:
    application = services.open_application(
        open_call(make_track(), by=manager), neighbour, by=manager
    )
    told = {name: f"{CANARY} {name}" for name in ("summary", "situation", "contact")}
    application = services.save_application(application, by=manager, expected_version=0, **told)
    services.answer_consent(
        application.members.get(), by=manager, agrees=True, decided_on=FIRST_DAY
    )
    hand_in_on_paper(application, by=manager)
    fresh = Application.objects.get(pk=application.pk)
    services.return_application(fresh, by=manager, remarks=f"{CANARY} remarks")


def write_of_a_body(municipality, coordinator) -> None:
    name = f"{CANARY} board"
    body = services.found_body(municipality, name=name, act_body=CANARY, by=coordinator)
    services.seat_member(body, institution=f"{CANARY} school", by=coordinator)
    services.record_session(body, held_on=FIRST_DAY, minutes=f"{CANARY} said", by=coordinator)


def name_everybody() -> None:
    for person in get_user_model().objects.all():
        person.name, person.phone = f"{CANARY} {person.pk}", f"{CANARY} 1"
        person.email = f"{CANARY}.{person.pk}@example.org"
        person.save()


def test_no_public_page_and_no_data_holds_a_word_about_people(client, whispered, manager):
    read_by_manager = text(read(client, manager, whispered.get_absolute_url()))
    assert read_by_manager.count(CANARY) > 5

    said = everything_public()

    assert "Kikinda" in said["/en/public/programmes/test_programme/"]
    assert {path for path, body in said.items() if CANARY in body.lower()} == set()
    addresses = {one for body in said.values() for one in re.findall(r"[\w.]+@[\w.]+", body)}
    assert addresses == {HELP}


def test_the_neighbour_that_only_applied_is_named_nowhere(whispered):
    """But on its own page of the register and on the map, where every municipality stands."""
    said = everything_public()

    data = [body for path, body in said.items() if "/data/" in path]
    assert not any("Kanjiža" in body or "80195" in body for body in data)
    table = said["/en/public/programmes/test_programme/"].partition('id="who"')[2]
    assert "Kikinda" in table
    assert "Kanjiža" not in table
    page = Client().get("/en/public/municipalities/80195/").content.decode()
    assert "takes part in no programme now" in page


def everything_public() -> dict[str, str]:
    """Every address that can be reached from the first page, with what is read there."""
    reader, found, ahead = Client(), {}, ["/en/public/", "/en/public/?q=k"]
    while ahead:
        path = ahead.pop()
        answer = reader.get(path)
        assert answer.status_code == 200, path
        found[path] = b"".join(answer).decode()
        links = {urlsplit(url).path for url in re.findall(r'href="([^"#?]+)"', found[path])}
        ahead += {url for url in links if "/public/" in url} - set(found) - set(ahead)
    visited = {resolve(urlsplit(path).path).view_name for path in found}
    assert visited == {name for name in names_of_urls() if name.startswith("public:")}
    return found
