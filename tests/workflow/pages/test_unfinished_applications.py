"""An application that is begun or came back stands on the first page of those who write it."""

import pytest

from tests.applying import open_call
from tests.workflow.pages.reading import read, text
from workflow import services
from workflow.models import Application

MINE = "/my-steps/"


@pytest.fixture
def application(make_track, manager, coordinator, municipality) -> Application:
    """A draft of Kikinda to a call that is open until tomorrow."""
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


def handed_in(application: Application, *, by) -> Application:
    application = services.save_application(
        application, by=by, expected_version=application.version, summary="Day care."
    )
    return services.submit_application(application, by=by, expected_version=application.version)


def listed(response) -> list[Application]:
    return response.context["desk"].unfinished


def test_a_draft_stands_on_the_first_page_until_it_is_handed_in(client, application, coordinator):
    begun = read(client, coordinator, MINE)
    handed_in(application, by=coordinator)
    after = client.get(MINE)

    row = f"Applications to hand in ○ Application {application.reference} draft Kikinda. "
    assert row in text(begun)
    assert "in 1 day" in text(begun)
    assert f'href="{application.get_absolute_url()}"' in begun.content.decode()
    assert "Nothing waits for you" not in text(begun)
    assert listed(after) == []


def test_one_that_came_back_stands_there_again(client, application, coordinator, manager):
    sent = handed_in(application, by=coordinator)
    services.return_application(sent, by=manager, remarks="The plan has no costs.")

    page = read(client, coordinator, MINE)

    assert listed(page) == [application]
    assert "returned for correction" in text(page)


def test_a_signatory_finds_it_with_the_rest(client, application, signatory):
    page = read(client, signatory, MINE)

    assert "The rest (1) Applications to hand in" in text(page)


def test_who_cannot_write_it_does_not_find_it(client, application, manager, stranger, auditor):
    pages = [read(client, one, MINE) for one in (manager, stranger, auditor)]

    assert [listed(page) for page in pages] == [[], [], []]
