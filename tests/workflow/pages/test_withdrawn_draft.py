"""A draft that is given up: it stays on record, its municipalities see it, the lead is free."""

import pytest
from django.urls import reverse

from tests.applying import open_call
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.models import Application

TEXTS = {"summary": "Day care.", "situation": "None so far.", "contact": "Head of department"}


@pytest.fixture
def application(make_track, manager, coordinator, municipality) -> Application:
    """A draft of Kikinda to a call that is open."""
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


def page_of(name: str, application: Application) -> str:
    return reverse(f"workflow:{name}", args=[application.reference])


def written(application: Application, by) -> Application:
    return services.save_application(
        application, by=by, expected_version=application.version, summary="Day care."
    )


def handed_in(application: Application, by) -> Application:
    application = written(application, by)
    return services.submit_application(application, by=by, expected_version=application.version)


def test_the_lead_withdraws_a_draft_and_may_begin_another(application, coordinator, municipality):
    client, url = signed_in(coordinator), page_of("application_withdraw", application)
    assert f'href="{url}"' in client.get(application.get_absolute_url()).content.decode()
    assert "It stays on record as withdrawn" in words(client.get(url))

    page = words(client.post(url, {"expected_version": "0"}, follow=True))

    application.refresh_from_db()
    assert (application.status, application.version) == ("withdrawn", 1)
    assert "The application is withdrawn." in page
    assert "This application was withdrawn before it was handed in." in page
    another = services.open_application(application.call, municipality, by=coordinator)
    assert another.reference == "T1-A002"


def test_a_withdrawn_draft_is_written_and_withdrawn_no_more(application, coordinator):
    client, url = signed_in(coordinator), page_of("application_withdraw", application)
    client.post(url, {"expected_version": "0"})

    again = client.post(url, {"expected_version": "1"})
    texts = client.post(
        page_of("application_texts", application), TEXTS | {"expected_version": "1"}
    )

    for answer in (again, texts):
        assert answer.status_code == 422
        assert "This application is withdrawn and cannot be changed any more." in words(answer)


def test_nobody_withdraws_what_was_saved_since_the_page_was_opened(
    application, coordinator, signatory
):
    written(application, by=signatory)

    response = signed_in(coordinator).post(
        page_of("application_withdraw", application), {"expected_version": "0"}
    )

    assert response.status_code == 409
    application.refresh_from_db()
    assert application.status == "draft"


def test_who_is_asked_into_a_draft_reads_that_it_was_withdrawn(
    application, coordinator, neighbour, person
):
    services.add_member(application, neighbour, by=coordinator)
    beside = signed_in(person("signatory", over=neighbour))
    url = page_of("application_withdraw", application)
    assert "The coordinator or the signatory of Kikinda withdraws this draft." in words(
        beside.get(url)
    )
    assert beside.post(url, {"expected_version": "0"}).status_code == 403

    services.withdraw_draft(application, by=coordinator, expected_version=0)

    page = words(beside.get(application.get_absolute_url()))
    assert "This application was withdrawn before it was handed in." in page
    assert "answers here" not in page


def test_once_handed_in_each_municipality_withdraws_its_participation(
    application, coordinator, manager
):
    application = handed_in(application, by=coordinator)
    services.return_application(application, by=manager, remarks="Say more.")
    application.refresh_from_db()
    client, url = signed_in(coordinator), page_of("application_withdraw", application)
    assert "each municipality withdraws on the page of its participation" in words(client.get(url))

    response = client.post(url, {"expected_version": str(application.version)})

    assert response.status_code == 422
    assert "each municipality now withdraws its participation" in words(response)
    page = words(client.get(application.get_absolute_url()))
    assert "withdraws on the page of the participation below" in page


def test_the_programme_never_sees_a_draft_that_was_withdrawn(application, coordinator, manager):
    services.withdraw_draft(application, by=coordinator, expected_version=0)

    assert signed_in(manager).get(application.get_absolute_url()).status_code == 404
