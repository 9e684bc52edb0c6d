"""Where each role begins, what stands in its navigation, and who holds none."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from municipalities.models import Mandate
from tests.workflow.pages.reading import read, text
from web.context import url_or_none
from workflow import services
from workflow.pages.nav import ENTRIES, LABELS

HOME = "/"


@pytest.fixture
def mentor(person, make_participation):
    return person("mentor", over=make_participation("assessment"))


@pytest.fixture
def administrator(person, programme):
    return person("administrator", over=programme)


def navigation(response) -> list[str]:
    """The addresses of the main navigation, in order."""
    [nav] = re.findall(r'<nav class="nav".*?</nav>', response.content.decode(), re.DOTALL) or [""]
    return re.findall(r'href="([^"]+)"', nav)


def installed(names: list[str]) -> list[str]:
    found = [url_or_none(f"workflow:{name}") for name in names]
    return [url for url in found if url][:5]


@pytest.mark.parametrize(
    ("role", "place"),
    [
        ("coordinator", "my_steps"),
        ("signatory", "my_steps"),
        ("manager", "board"),
        ("mentor", "my_municipalities"),
        ("evaluator", "reviews"),
        ("auditor", "log"),
    ],
)
def test_everybody_begins_where_their_work_is(client, request, role, place):
    person = request.getfixturevalue(role)

    assert read(client, person, HOME).url == reverse(f"workflow:{place}")


def test_an_observer_begins_with_the_programme(client, observer, programme):
    page = url_or_none("workflow:programme", programme.key) or reverse("workflow:board")

    assert read(client, observer, HOME).url == page


def test_an_administrator_begins_with_the_people_of_the_place(
    client, administrator, programme, person, municipality
):
    of_a_municipality = person("administrator", over=municipality)

    of_programme = read(client, administrator, HOME).url
    assert of_programme == reverse("workflow:programme_people", args=[programme.key])
    people = reverse("workflow:municipality_people", args=[municipality.code])
    assert read(client, of_a_municipality, HOME).url == people


def test_an_administrator_of_several_places_chooses_among_them(
    client, administrator, municipality, system
):
    services.give_mandate(administrator, "administrator", over=municipality, by=system)

    first = url_or_none("workflow:programmes") or reverse("workflow:participations")
    assert read(client, administrator, HOME).url == first


@pytest.mark.parametrize(
    "role",
    [
        "coordinator", "signatory", "manager", "mentor", "evaluator", "auditor", "observer",
        "administrator",
    ],
)  # fmt: skip
def test_each_role_has_its_entries_and_each_of_them_opens(client, request, role):
    person = request.getfixturevalue(role)
    kind = {"manager": "programme_manager"}.get(role, role)

    page = client.get(read(client, person, HOME).url)

    assert page.status_code == 200
    assert navigation(page) == installed(ENTRIES[kind])
    assert {client.get(url).status_code for url in navigation(page)} == {200}


def test_every_page_of_the_navigation_has_a_name():
    assert {name for names in ENTRIES.values() for name in names} == set(LABELS)


def test_somebody_without_a_role_reads_what_this_is_and_whom_to_ask(client, stranger, settings):
    stranger.language = "en"
    stranger.save()

    page = read(client, stranger, HOME)

    assert page.status_code == 200
    assert "You hold no role now" in text(page)
    assert "Koraci follows municipalities through programmes" in text(page)
    assert f'href="mailto:{settings.HELP_EMAIL}"' in page.content.decode().split("<main")[1]
    assert navigation(page) == []


def test_whose_mandate_ended_a_moment_ago_reads_when_and_not_where(client, coordinator, system):
    assert read(client, coordinator, HOME).status_code == 302
    services.end_mandate(coordinator.mandates.get(), by=system)

    page = text(client.get(HOME))

    assert "You hold no role now" in page
    assert "Coordinator: ended on" in page
    assert "Kikinda" not in page


def test_whose_mandate_begins_later_reads_when(client, stranger, municipality, system):
    stranger.language = "en"
    stranger.save()
    services.give_mandate(
        stranger, "signatory", over=municipality, by=system,
        starts_on=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip

    assert "Signatory: begins on" in text(read(client, stranger, HOME))


@pytest.mark.parametrize("place", ["board", "my_steps", "my_municipalities", "reviews", "log"])
def test_with_a_mandate_just_ended_every_page_still_answers(client, manager, system, place):
    client.force_login(manager)
    Mandate.objects.update(ended_at=timezone.now(), ends_on=timezone.localdate(), right=None)

    page = client.get(reverse(f"workflow:{place}"))

    assert page.status_code == (403 if place == "log" else 200)
    assert navigation(page) == []


def test_the_board_leads_to_the_same_participations_as_a_list(client, manager, make_participation):
    make_participation("assessment")

    page = read(client, manager, "/board/?q=kikinda")

    [link] = re.findall(r'href="(/participations/[^"]*)">As a list', page.content.decode())
    assert "q=kikinda" in link
    assert "1 participation" in text(client.get(link.replace("&amp;", "&")))


def test_a_board_without_anybody_says_what_to_do(client, manager, observer, make_track):
    make_track()

    for_manager, for_observer = (text(read(client, one, "/board/")) for one in (manager, observer))

    assert "No municipality takes part yet" in for_manager
    assert "Take a municipality in without a call" in for_manager
    assert "Take a municipality in without a call" not in for_observer
