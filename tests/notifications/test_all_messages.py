"""All waiting messages of a programme paused at once, and let go on."""

import pytest
from django.urls import reverse

from notifications.models import Delivery
from tests.notifications.mailing import status_of
from tests.workflow.pages.reading import read, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(opened):
    """A participation of which nothing is told yet."""
    return opened


def of_programme(programme) -> str:
    return reverse("notifications:programme_deliveries", args=[programme.key])


def test_all_that_wait_are_paused_and_go_on(client, another, manager, programme):
    client.force_login(manager)

    answer = client.post(of_programme(programme), {"change": "pause"}, follow=True)
    assert "2 messages are paused." in text(answer)
    assert set(Delivery.objects.values_list("status", flat=True)) == {"paused"}

    answer = client.post(of_programme(programme), {"change": "go_on"}, follow=True)
    assert "2 messages go on." in text(answer)
    answer = client.post(of_programme(programme), {"change": "go_on"}, follow=True)
    assert "0 messages go on." in text(answer)


def test_of_all_each_stands_in_the_log(client, another, case, manager, programme):
    client.force_login(manager)
    client.post(of_programme(programme), {"change": "pause"})

    entries = case.entries.filter(verb="change_message")
    assert {entry.facts["user"] for entry in entries} == set(
        Delivery.objects.values_list("user", flat=True)
    )


@pytest.mark.parametrize(
    ("who", "opens", "sends"),
    [("manager", 200, 302), ("auditor", 200, 403), ("evaluator", 403, 403), ("stranger", 404, 404)],
)
def test_who_may_do_it_for_a_programme(client, waiting, request, programme, who, opens, sends):
    assert read(client, request.getfixturevalue(who), of_programme(programme)).status_code == opens

    answer = client.post(of_programme(programme), {"change": "pause"})

    assert answer.status_code == sends
    assert status_of(waiting) == ("paused" if sends == 302 else "new")


def test_nothing_else_is_done_for_all(client, waiting, manager, programme):
    client.force_login(manager)

    assert client.post(of_programme(programme), {"change": "cancel"}).status_code == 422
    assert status_of(waiting) == "new"


def test_the_page_of_the_programme_leads_there(client, waiting, auditor, programme):
    page = read(client, auditor, reverse("workflow:programme", args=[programme.key]))

    assert of_programme(programme) in page.content.decode()
