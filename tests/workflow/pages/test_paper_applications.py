"""Applications on paper: typed in by the manager, with the day that their stamp bears."""

import pytest
from django.urls import reverse

from tests.applying import ARRIVED, open_call
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.models import Application, Call, Participation

TEXTS = {"summary": "Day care.", "situation": "None so far.", "contact": "Head of department"}


def page_of(name: str, application: Application, *more) -> str:
    return reverse(f"workflow:{name}", args=[application.reference, *more])


def written(application: Application, by) -> Application:
    return services.save_application(
        application, by=by, expected_version=application.version, summary="Day care."
    )


def test_an_application_on_paper_goes_from_search_to_its_participation(
    make_track, manager, municipality, deputy
):
    call = open_call(make_track(), by=manager)
    client = signed_in(manager)
    client.post(
        reverse("workflow:begin_application", args=[call]), {"municipality": municipality.code}
    )
    application = Application.objects.get()
    client.post(page_of("application_texts", application), TEXTS | {"expected_version": "0"})
    agreed = {"agrees": "yes", "decided_on": "1.3.2026", "expected_version": "1"}
    client.post(page_of("application_consent", application, municipality.code), agreed)

    told = {"expected_version": "1", "on": "2.3.2026", "at": "14:30"}
    colleague = signed_in(deputy)
    page = words(colleague.post(page_of("application_check", application), told, follow=True))

    assert "Arrived 2 March 2026 at 14:30" in page
    assert application.participations.get().municipality == municipality


@pytest.mark.parametrize(
    ("stamp", "sentence"),
    [
        ({"on": "3.8.2099", "at": "9:30"}, "This date lies in the future."),
        ({"on": "2.3.2026", "at": ""}, "This field is required."),
        ({"on": "2.3.2026", "at": "24:00"}, "23:59"),
    ],
)
def test_a_paper_without_a_usable_stamp_is_not_handed_in(
    make_track, manager, municipality, stamp, sentence
):
    call = open_call(make_track(), by=manager)
    application = services.open_application(call, municipality, by=manager)
    written(application, by=manager)

    response = signed_in(manager).post(
        page_of("application_check", application), stamp | {"expected_version": "1"}
    )

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Participation.objects.exists()


def test_a_paper_that_came_too_late_is_refused_and_the_stamp_can_be_corrected(
    make_track, manager, municipality
):
    call = open_call(make_track(), by=manager)
    application = written(services.open_application(call, municipality, by=manager), by=manager)
    Call.objects.update(due_at=ARRIVED)
    told = {"expected_version": "1", "on": "2.3.2026", "at": "10:00"}

    response = signed_in(manager).post(page_of("application_check", application), told)

    assert response.status_code == 422
    assert "The deadline has not passed. missing" in words(response)
    assert "Register as handed in" in words(response)
