"""A role goes from one person to another in one act, with everything a successor needs."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.workflow.pages.visiting import signed_in, words
from tests.world import ROUTE, step
from workflow import services
from workflow.permissions import can

User = get_user_model()
FIXED = {"rule": "fixed", "on": "2099-08-03", "at": "24:00"}
STEPS = {"memorandum": [step("sign_memorandum", deadline=FIXED)]}


@pytest.fixture
def successor(db):
    return User.objects.create_user("successor@example.org", name="Successor", language="en")


def hand_over(mandate) -> str:
    return reverse("workflow:hand_over", args=[mandate.pk])


def test_the_confirm_page_names_both_people_and_the_work_that_goes_along(
    make_participation, coordinator, successor
):
    make_participation("memorandum", route=ROUTE, stages=STEPS)
    mandate = coordinator.mandates.get()

    response = signed_in(coordinator).post(hand_over(mandate), {"email": successor.email})

    page = words(response)
    assert response.status_code == 200
    assert "the mandate of coordinator ends and that of Successor begins" in page
    assert "Sign memorandum: 3 August 2099" in page
    assert "Hand over to Successor" in page
    assert mandate.__class__.objects.get(pk=mandate.pk).ended_at is None


def test_confirmed_the_old_mandate_ends_and_the_new_one_begins(
    make_participation, municipality, coordinator, successor
):
    participation = make_participation()
    told = {"email": successor.email, "function": "Head of office", "confirmed": "1"}

    response = signed_in(coordinator).post(hand_over(coordinator.mandates.get()), told)

    assert response.headers["Location"] == reverse("workflow:home")
    assert not can(coordinator, "apply", municipality)
    assert can(successor, "apply", municipality)
    assert successor.mandates.get().function == "Head of office"
    verbs = list(participation.entries.order_by("-seq").values_list("verb", flat=True)[:2])
    assert sorted(verbs) == ["end_mandate", "give_mandate"]


def test_the_signatory_comes_back_to_the_handover_page(municipality, signatory, coordinator,
                                                       successor):  # fmt: skip
    told = {"email": successor.email, "confirmed": "1"}

    response = signed_in(signatory).post(hand_over(coordinator.mandates.get()), told, follow=True)

    assert response.redirect_chain[-1][0] == reverse(
        "workflow:municipality_handover", args=[municipality.code]
    )
    assert "Coordinator is Successor from now on." in words(response)


def test_without_an_account_the_successor_is_invited_and_the_role_stays_until_then(
    municipality, coordinator
):
    mandate = coordinator.mandates.get()
    client, told = signed_in(coordinator), {"email": "new@example.org"}
    assert "Nobody with this address has an account" in words(client.post(hand_over(mandate), told))

    response = client.post(hand_over(mandate), told | {"confirmed": "1"})

    assert "The invitation is sent" in words(response)
    assert can(coordinator, "apply", municipality)
    assert "You take the role over from your predecessor" in mail.outbox[0].body


def test_the_invited_successor_takes_over_by_accepting(municipality, coordinator):
    _invitation, token = services.invite(
        "new@example.org", "coordinator", over=municipality, by=coordinator,
        takes_over_from=coordinator.mandates.get(),
    )  # fmt: skip
    client = Client()
    client.get(reverse("workflow:invitation", args=[token]))
    password = "steps-along-the-river-7"
    told = {"name": "New", "new_password1": password, "new_password2": password}

    client.post("/invitations/accept/", told)

    assert can(User.objects.get(email="new@example.org"), "apply", municipality)
    assert not can(coordinator, "apply", municipality)


def test_inviting_the_same_successor_twice_sends_one_letter(coordinator):
    client, mandate = signed_in(coordinator), coordinator.mandates.get()
    told = {"email": "new@example.org", "confirmed": "1"}
    client.post(hand_over(mandate), told)

    response = client.post(hand_over(mandate), told)

    assert response.status_code == 422
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    ("email", "sentence"),
    [("no address", "valid email"), ("", "This field is required")],
)
def test_an_odd_address_is_answered_at_its_field(coordinator, email, sentence):
    response = signed_in(coordinator).post(
        hand_over(coordinator.mandates.get()), {"email": email, "confirmed": "1"}
    )

    assert response.status_code == 422
    assert sentence in words(response)


def test_nobody_hands_over_to_the_person_who_holds_it(coordinator):
    response = signed_in(coordinator).post(
        hand_over(coordinator.mandates.get()), {"email": coordinator.email, "confirmed": "1"}
    )

    assert response.status_code == 422
    assert "handed over to another person" in words(response)


def test_a_closed_account_gets_no_role(coordinator, successor):
    User.objects.filter(pk=successor.pk).update(is_active=False)

    response = signed_in(coordinator).post(
        hand_over(coordinator.mandates.get()), {"email": successor.email, "confirmed": "1"}
    )

    assert response.status_code == 422
    assert "The account of this address is closed." in words(response)


def test_a_coordinator_hands_over_no_role_of_others(signatory, coordinator, successor):
    mandate, client = signatory.mandates.get(), signed_in(coordinator)

    assert "Your role does not hand this one over." in words(client.get(hand_over(mandate)))
    response = client.post(hand_over(mandate), {"email": successor.email, "confirmed": "1"})

    assert response.status_code == 403
    assert not successor.mandates.exists()


def test_a_second_click_hands_over_once(signatory, coordinator, successor):
    client, mandate = signed_in(signatory), coordinator.mandates.get()
    told = {"email": successor.email, "confirmed": "1"}
    client.post(hand_over(mandate), told)

    response = client.post(hand_over(mandate), told)

    assert response.status_code == 422
    assert "This mandate has ended already." in words(response)
    assert successor.mandates.count() == 1


def test_the_summary_has_open_steps_people_and_last_events_on_one_page(
    make_participation, coordinator, manager
):
    participation = make_participation("memorandum", route=ROUTE, stages=STEPS)

    page = words(
        signed_in(coordinator).get(reverse("workflow:handover", args=[participation.reference]))
    )

    assert "Sign memorandum Coordinator 3 August 2099" in page
    assert "Application → Memorandum" in page
    assert manager.email in page
    assert "Nobody is Signatory." in page


def test_the_summary_of_a_municipality_has_all_its_open_participations(
    make_participation, municipality, coordinator
):
    first, second = make_participation(), make_participation("assessment")
    url = reverse("workflow:municipality_handover", args=[municipality.code])

    page = words(signed_in(coordinator).get(url))

    assert first.reference in page
    assert second.reference in page


def test_a_coordinator_is_offered_their_own_role_only(person, municipality, coordinator):
    colleague = person("coordinator", over=municipality)
    page = signed_in(coordinator).get(
        reverse("workflow:municipality_people", args=[municipality.code])
    )

    links = page.content.decode()
    assert hand_over(coordinator.mandates.get()) in links
    assert hand_over(colleague.mandates.get()) not in links
