"""Who acts where: the lists, the vacancies, the end of a mandate."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from municipalities.models import Mandate
from tests.workflow.pages.visiting import queries_of, signed_in, words
from workflow import services
from workflow.errors import NotAllowed
from workflow.permissions import can


def of_participation(participation) -> str:
    return reverse("workflow:people", args=[participation.reference])


def of_municipality(municipality) -> str:
    return reverse("workflow:municipality_people", args=[municipality.code])


def end_of(mandate) -> str:
    return reverse("workflow:mandate_end", args=[mandate.pk])


def test_a_participation_shows_everybody_who_reaches_it_with_role_and_function(
    make_participation, manager, coordinator, person
):
    participation = make_participation()
    mentor = person("mentor", over=participation)

    page = words(signed_in(coordinator).get(of_participation(participation)))

    for one in (manager, coordinator, mentor):
        assert one.email in page
    assert "coordinator of the office" in page
    assert "given by system@example.org" in page
    assert "since 1 Jan 2020" in page


@pytest.mark.parametrize("who", ["coordinator", "signatory", "manager", "mentor", "elsewhere"])
def test_the_people_of_the_municipality_are_one_link_away_for_those_who_may_open_them(
    request, make_participation, municipality, neighbour, person, system, who
):
    participation = make_participation()
    if who == "mentor":
        actor = person("mentor", over=participation)
    elif who == "elsewhere":  # coordinator there, here of one participation alone
        actor = person("coordinator", over=neighbour)
        services.give_mandate(actor, "coordinator", over=participation, by=system)
    else:
        actor = request.getfixturevalue(who)
    client, target = signed_in(actor), of_municipality(municipality)
    link = f'<a href="{target}">People: Kikinda</a>'

    shown = [
        link in client.get(page).content.decode()
        for page in (participation.get_absolute_url(), of_participation(participation))
    ]

    may_open = who in ("coordinator", "signatory")
    assert shown == [may_open, may_open]
    assert (client.get(target).status_code == 200) == may_open
    assert not may_open or "<h1>People: Kikinda</h1>" in client.get(target).content.decode()


def test_a_role_without_anybody_is_a_vacancy_in_words(make_participation, manager, coordinator):
    page = words(signed_in(manager).get(of_participation(make_participation())))

    assert "Nobody is Signatory." in page
    assert "Appointed by: Administrator, Programme manager." in page
    assert "Nobody is Coordinator." not in page


def test_the_page_of_a_municipality_names_those_who_can_appoint_there(
    make_participation, municipality, manager, signatory
):
    participation = make_participation()

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "Nobody is Coordinator. vacant Appointed by: Administrator, Signatory. " in page
    assert "For one participation, on its page of people, also by: Programme manager." in page
    with pytest.raises(NotAllowed):
        services.invite("x@example.org", "coordinator", over=municipality, by=manager)
    services.invite("x@example.org", "coordinator", over=participation, by=manager)
    services.invite("y@example.org", "coordinator", over=municipality, by=signatory)


def test_a_mandate_that_ended_is_listed_as_past_and_leaves_a_vacancy(
    municipality, signatory, coordinator
):
    services.end_mandate(coordinator.mandates.get(), by=signatory)

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "1 past mandate" in page
    assert "Nobody is Coordinator." in page
    assert coordinator.email in page


def test_a_mandate_whose_last_day_is_past_counts_as_past(municipality, signatory, coordinator):
    Mandate.objects.filter(user=coordinator).update(ends_on="2026-01-31")

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "1 past mandate" in page
    assert "Nobody is Coordinator." in page


def test_a_vacancy_says_since_when_nobody_acts(municipality, signatory, coordinator):
    Mandate.objects.filter(user=coordinator).update(ends_on="2026-05-31")

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "Nobody is Coordinator. vacant since 1 Jun 2026" in page


def test_a_mandate_that_was_ended_early_leaves_the_role_empty_on_that_day(
    municipality, signatory, coordinator
):
    mandate = services.end_mandate(coordinator.mandates.get(), by=signatory)
    ended_at = datetime(2026, 3, 3, 22, 30, tzinfo=UTC)  # still the same day in Belgrade
    Mandate.objects.filter(pk=mandate.pk).update(ended_at=ended_at, ends_on="2026-03-03")

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "vacant since 3 Mar 2026" in page
    assert f"ended by {signatory}" in page


def test_of_several_predecessors_the_last_one_counts(municipality, signatory, coordinator, person):
    second = person("coordinator", over=municipality)
    Mandate.objects.filter(user=coordinator).update(ends_on="2026-05-31")
    Mandate.objects.filter(user=second).update(ends_on="2026-02-28")

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "vacant since 1 Jun 2026" in page
    assert "2 past mandates" in page


def test_a_vacancy_says_when_somebody_is_invited(municipality, signatory):
    before = words(signed_in(signatory).get(of_municipality(municipality)))
    services.invite("x@example.org", "coordinator", over=municipality, by=signatory)

    page = words(signed_in(signatory).get(of_municipality(municipality)))

    assert "An invitation to this role is open." not in before
    assert "An invitation to this role is open." in page


def test_for_a_stranger_nothing_is_there(make_participation, municipality, coordinator, stranger):
    client, mandate = signed_in(stranger), coordinator.mandates.get()
    urls = [
        of_participation(make_participation()),
        of_municipality(municipality),
        reverse("workflow:programme_people", args=["test_programme"]),
        end_of(mandate),
        reverse("workflow:hand_over", args=[mandate.pk]),
        reverse("workflow:municipality_handover", args=[municipality.code]),
        of_municipality(municipality).replace(municipality.code, "none"),
        reverse("workflow:mandate_end", args=[999_999]),
        reverse("workflow:mandate_end", args=[10**30]),
    ]

    assert {client.get(url).status_code for url in urls} == {404}
    assert client.post(end_of(mandate)).status_code == 404
    assert coordinator.mandates.current().exists()


def test_people_of_another_municipality_do_not_see_these(neighbour, coordinator):
    assert signed_in(coordinator).get(of_municipality(neighbour)).status_code == 404


def test_an_observer_reads_that_people_are_not_for_this_role(make_participation, observer):
    participation = make_participation()

    response = signed_in(observer).get(of_participation(participation))

    assert response.status_code == 403
    assert "This needs the role" in words(response)


def test_the_signatory_ends_the_mandate_after_a_page_that_says_what_it_means(
    municipality, signatory, coordinator
):
    client, mandate = signed_in(signatory), coordinator.mandates.get()
    assert "After that nobody is Coordinator of Kikinda." in words(client.get(end_of(mandate)))
    assert can(coordinator, "apply", municipality)

    response = client.post(end_of(mandate))

    assert response.headers["Location"] == of_municipality(municipality)
    assert not can(coordinator, "apply", municipality)
    assert signed_in(coordinator).get(of_municipality(municipality)).status_code == 404


def test_ending_twice_says_that_it_has_ended(signatory, coordinator):
    client, mandate = signed_in(signatory), coordinator.mandates.get()
    client.post(end_of(mandate))

    response = client.post(end_of(mandate))

    assert response.status_code == 422
    assert "This mandate has ended already." in words(response)


def test_a_coordinator_ends_nobody(municipality, signatory, coordinator):
    client, mandate = signed_in(coordinator), signatory.mandates.get()

    assert "Your role does not end this mandate." in words(client.get(end_of(mandate)))
    assert client.post(end_of(mandate)).status_code == 403
    assert end_of(mandate) not in client.get(of_municipality(municipality)).content.decode()
    assert signatory.mandates.current().exists()


def test_the_manager_sees_the_people_of_the_programme(programme, manager, auditor):
    page = words(signed_in(manager).get(reverse("workflow:programme_people", args=[programme.key])))

    assert auditor.email in page
    assert "Invite a person" in page


@pytest.mark.parametrize("role", ["coordinator", "mentor"])
def test_twenty_people_cost_as_many_queries_as_one(make_participation, manager, person, role):
    participation = make_participation()
    person(role, over=participation)
    client = signed_in(manager)
    cost = queries_of(client, of_participation(participation))

    for _number in range(19):
        person(role, over=participation)

    assert queries_of(client, of_participation(participation)) == cost
