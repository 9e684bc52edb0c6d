"""A person with several roles: what stands first is theirs to choose, what they may do is not."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.conftest import facts_for
from tests.workflow.pages.reading import read, text
from tests.workflow.pages.test_first_pages import navigation
from workflow import services
from workflow.models import Participation

SWITCH = "/role/"
ROLES = {"programme_manager": "board", "mentor": "my_municipalities", "evaluator": "reviews"}


@pytest.fixture
def case(make_participation) -> Participation:
    return make_participation("assessment")


@pytest.fixture
def several(person, programme, case, system):
    """Six mandates in four roles."""
    somebody = person("programme_manager", over=programme)
    places = [("mentor", case), ("evaluator", programme), ("evaluator", case)]
    places += [("auditor", programme)]
    for role, over in places:
        services.give_mandate(somebody, role, over=over, by=system)
    other = services.load_programme(OTHER)
    services.give_mandate(somebody, "programme_manager", over=other, by=system)
    return somebody


OTHER = """
key: other_programme
name: {sr: Други, en: Other}
country: RS
languages: [sr]
period: {stated: "2026", from: "2026", until: "2026"}
source: made for the tests
"""


def offered(response) -> dict[str, bool]:
    """The roles of the switch, and which of them stands first."""
    page = response.content.decode()
    found = re.findall(r'name="role" value="(\w+)"( aria-current="true")?', page)
    return {role: bool(current) for role, current in found}


def test_each_role_is_offered_once_and_the_first_is_marked(client, several):
    page = read(client, several, "/board/")

    assert offered(page) == {
        "programme_manager": True, "mentor": False, "evaluator": False, "auditor": False,
    }  # fmt: skip
    assert "You work as: Programme manager" in text(page)


@pytest.mark.parametrize("role", ["manager", "coordinator", "evaluator", "stranger"])
def test_whoever_has_one_role_or_none_has_nothing_to_switch(client, request, role):
    page = read(client, request.getfixturevalue(role), "/my-steps/")

    assert offered(page) == {}
    assert "You work as:" not in text(page)


def test_two_mandates_in_one_role_are_one_role(client, manager, system):
    services.give_mandate(
        manager, "programme_manager", over=services.load_programme(OTHER), by=system
    )

    assert offered(read(client, manager, "/my-steps/")) == {}


@pytest.mark.parametrize(("role", "place"), ROLES.items())
def test_the_chosen_role_stands_first(client, several, role, place):
    client.force_login(several)

    answer = client.post(SWITCH, {"role": role})
    first = client.get(client.get(answer.url).url)

    assert answer.url == "/"
    assert first.request["PATH_INFO"] == reverse(f"workflow:{place}")
    assert offered(first)[role]
    assert navigation(first)[0] == reverse(f"workflow:{place}")
    assert len(navigation(first)) == 5


def test_another_browser_keeps_its_own_choice(client, several):
    client.force_login(several)
    client.post(SWITCH, {"role": "mentor"})

    assert read(Client(), several, "/").url == reverse("workflow:board")


def test_the_choice_takes_nothing_away_and_gives_nothing(client, several, case):
    """Whichever role stands first: every page opens, and the act of a manager is taken."""
    client.force_login(several)
    pages = ["board", "my_steps", "my_municipalities", "reviews", "participations", "log", "calls"]
    urls = [reverse(f"workflow:{name}") for name in pages] + [case.get_absolute_url()]

    for role in [*ROLES, "auditor"]:
        client.post(SWITCH, {"role": role})
        assert {url: client.get(url).status_code for url in urls} == dict.fromkeys(urls, 200)
        assert "Read only" not in text(client.get(urls[0]))

    hold = reverse("workflow:transition", args=[case.reference, "hold"])
    answer = client.post(hold, facts_for(case) | {"decided_on": "2.3.2026"})
    assert answer.status_code == 302
    assert Participation.objects.get(pk=case.pk).on_hold_since


def test_a_role_that_is_not_held_cannot_be_chosen(client, coordinator, case):
    client.force_login(coordinator)

    page = client.post(SWITCH, {"role": "programme_manager"}, follow=True)

    assert page.request["PATH_INFO"] == reverse("workflow:my_steps")
    assert "You do not hold this role now. Nothing was changed." in text(page)
    assert client.get(reverse("workflow:log")).status_code == 403


@pytest.mark.parametrize("sent", [{}, {"role": ""}, {"role": "<b>"}, {"role": "mentor\0"}])
def test_what_is_no_role_changes_nothing(client, several, sent):
    client.force_login(several)

    client.post(SWITCH, sent)

    assert client.get("/").url == reverse("workflow:board")


def test_a_chosen_role_that_has_ended_stands_first_no_more(client, several, system):
    client.force_login(several)
    client.post(SWITCH, {"role": "mentor"})
    services.end_mandate(several.mandates.get(role="mentor"), by=system)

    page = client.get(client.get("/").url)

    assert page.request["PATH_INFO"] == reverse("workflow:board")
    assert "mentor" not in offered(page)


def test_looking_changes_nothing(client, several):
    client.force_login(several)

    assert client.get(SWITCH).status_code == 405
    assert client.get("/?role=mentor").url == reverse("workflow:board")
