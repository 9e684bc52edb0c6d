"""One application from its beginning to the decision, as the pages show it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import agree, open_call
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.models import Application, Call, Participation

TEXTS = {"summary": "Day care.", "situation": "None so far.", "contact": "Head of department"}


@pytest.fixture
def application(make_track, manager, coordinator, municipality) -> Application:
    """A draft of Kikinda to a call that is open."""
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


def page_of(name: str, application: Application, *more) -> str:
    return reverse(f"workflow:{name}", args=[application.reference, *more])


def written(application: Application, by) -> Application:
    return services.save_application(
        application, by=by, expected_version=application.version, summary="Day care."
    )


def handed_in(application: Application, by) -> Application:
    application = written(application, by)
    return services.submit_application(application, by=by, expected_version=application.version)


def test_the_task_list_says_what_is_still_to_do(application, coordinator):
    page = words(signed_in(coordinator).get(application.get_absolute_url()))

    assert "Describe what you plan to be written" in page
    assert "Have every signatory agree 0 of 1" in page
    assert "0 of 4 sections" not in page
    assert "1 of 4 sections is done." in page
    assert "cannot start yet Not met yet: What you plan is described." in page
    assert "at 24:00" in page


def test_texts_are_saved_and_shown_as_typed(application, coordinator):
    client = signed_in(coordinator)

    response = client.post(
        page_of("application_texts", application), TEXTS | {"expected_version": "0"}
    )

    assert response.headers["Location"] == application.get_absolute_url()
    application.refresh_from_db()
    assert (application.summary, application.version) == ("Day care.", 1)
    assert "Describe what you plan written" in words(client.get(application.get_absolute_url()))


def test_the_second_of_two_who_save_keeps_the_typed_text(application, coordinator, signatory):
    written(application, by=signatory)
    typed = TEXTS | {"summary": "Help at home.", "expected_version": "0"}

    response = signed_in(coordinator).post(page_of("application_texts", application), typed)

    page = words(response)
    assert response.status_code == 409
    assert "Saved now What you plan Day care." in page
    assert ">\nHelp at home.</textarea>" in response.content.decode()
    assert 'name="expected_version" value="1"' in response.content.decode()
    application.refresh_from_db()
    assert application.summary == "Day care."


def test_after_reading_the_other_text_it_can_be_saved(application, coordinator, signatory):
    written(application, by=signatory)
    typed = TEXTS | {"summary": "Both.", "expected_version": "1"}

    signed_in(coordinator).post(page_of("application_texts", application), typed)

    application.refresh_from_db()
    assert application.summary == "Both."


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        ("x" * 10_000, "Write 4,000 characters at most. You wrote 10,000."),
        ("a\x00b", "control characters"),
    ],
)
def test_a_text_that_cannot_be_kept_stays_in_the_form_with_a_sentence(
    application, coordinator, summary, sentence
):
    told = TEXTS | {"summary": summary, "expected_version": "0"}

    response = signed_in(coordinator).post(page_of("application_texts", application), told)

    assert response.status_code == 422
    assert sentence in words(response)
    assert "None so far." in response.content.decode()


def test_marks_that_turn_the_direction_are_taken_out_and_it_is_said(application, coordinator):
    client = signed_in(coordinator)
    told = TEXTS | {"summary": "Day \u202ecare.", "expected_version": "0"}

    response = client.post(page_of("application_texts", application), told, follow=True)

    application.refresh_from_db()
    assert application.summary == "Day care."
    assert "1 invisible mark" in words(response)


def test_fields_that_the_form_does_not_ask_change_nothing(application, coordinator):
    told = TEXTS | {"expected_version": "0", "status": "selected", "lead": "1", "reference": "x"}

    signed_in(coordinator).post(page_of("application_texts", application), told)

    application.refresh_from_db()
    assert (application.status, application.version) == ("draft", 1)


def test_what_is_missing_stands_instead_of_the_button(application, coordinator):
    page = words(signed_in(coordinator).get(page_of("application_check", application)))

    assert "What you plan is described. missing" in page
    assert "Hand the application in" not in page


def test_handing_in_without_a_text_is_answered_with_what_is_missing(application, coordinator):
    url = page_of("application_check", application)

    response = signed_in(coordinator).post(url, {"expected_version": "0"})

    assert response.status_code == 422
    assert "It cannot be handed in yet" in words(response)
    assert not Participation.objects.exists()


def test_handing_in_opens_the_case_and_shows_reference_and_what_comes_next(
    application, coordinator, municipality
):
    client = signed_in(coordinator)
    written(application, by=coordinator)
    url = page_of("application_check", application)
    assert "Hand the application in" in words(client.get(url))

    response = client.post(url, {"expected_version": "1"}, follow=True)

    page = words(response)
    assert "Handed in Reference T1-A001" in page
    assert "What happens next" in page
    participation = Participation.objects.get(municipality=municipality)
    assert participation.get_absolute_url() in response.content.decode()


def test_a_second_click_hands_in_once(application, coordinator):
    client, url = signed_in(coordinator), page_of("application_check", application)
    written(application, by=coordinator)
    client.post(url, {"expected_version": "1"})

    response = client.post(url, {"expected_version": "1"})

    assert response.status_code == 422
    assert "handed in and cannot be changed now" in words(response)
    assert Participation.objects.count() == 1


def test_what_was_changed_since_the_check_is_not_handed_in(application, coordinator, signatory):
    written(written(application, by=coordinator), by=signatory)

    response = signed_in(coordinator).post(
        page_of("application_check", application), {"expected_version": "1"}
    )

    assert response.status_code == 409
    assert not Participation.objects.exists()


def test_after_the_deadline_nothing_is_handed_in(application, coordinator):
    written(application, by=coordinator)
    Call.objects.update(due_at=timezone.now() - timedelta(seconds=1))

    response = signed_in(coordinator).post(
        page_of("application_check", application), {"expected_version": "1"}
    )

    assert response.status_code == 422
    assert "The deadline has not passed. missing" in words(response)


def test_the_signatory_reads_the_application_and_agrees(application, signatory, municipality):
    client = signed_in(signatory)
    application = written(application, by=signatory)
    url = page_of("application_consent", application, municipality.code)
    assert "Day care." in words(client.get(url))

    told = {"agrees": "yes", "decided_on": "2.3.2026", "expected_version": "1"}
    page = words(client.post(url, told, follow=True))

    assert "Agreed: decided on 2 March 2026" in page
    assert "Recorded on" in page
    assert "by signatory" in page


def test_nobody_agrees_to_a_text_that_changed_meanwhile(application, signatory, municipality):
    written(application, by=signatory)
    told = {"agrees": "yes", "decided_on": "2.3.2026", "expected_version": "0"}

    response = signed_in(signatory).post(
        page_of("application_consent", application, municipality.code), told
    )

    assert response.status_code == 409
    assert application.members.get().consent == "awaited"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"decided_on": "3.8.2099"}, "This date lies in the future."),
        ({"agrees": "perhaps"}, "Select a valid choice"),
        ({"agrees": ""}, "This field is required."),
    ],
)
def test_an_odd_answer_is_answered_in_words(application, signatory, municipality, change, sentence):
    told = {"agrees": "yes", "decided_on": "2.3.2026", "expected_version": "0"} | change

    response = signed_in(signatory).post(
        page_of("application_consent", application, municipality.code), told
    )

    assert response.status_code == 422
    assert sentence in words(response)


def test_only_the_signatory_or_the_manager_answers(application, coordinator, municipality):
    url = page_of("application_consent", application, municipality.code)
    told = {"agrees": "yes", "decided_on": "2.3.2026", "expected_version": "0"}
    client = signed_in(coordinator)

    assert "The signatory of Kikinda answers here." in words(client.get(url))
    assert client.post(url, told).status_code == 403
    assert application.members.get().consent == "awaited"


def test_the_manager_returns_it_with_remarks_that_the_municipality_reads(
    application, coordinator, manager
):
    application = handed_in(application, by=coordinator)
    url = page_of("application_return", application)

    response = signed_in(manager).post(url, {"remarks": "Say who pays for the rooms."})

    assert response.status_code == 302
    page = words(signed_in(coordinator).get(application.get_absolute_url()))
    assert "Say who pays for the rooms." in page
    assert "Correct what is said above and hand the application in again." in page


def test_only_the_manager_returns(application, coordinator, signatory):
    application = handed_in(application, by=coordinator)
    client, url = signed_in(signatory), page_of("application_return", application)

    assert "The programme manager returns applications" in words(client.get(url))
    assert client.post(url, {"remarks": "No."}).status_code == 403


def test_a_returned_application_is_corrected_and_handed_in_again(application, coordinator, manager):
    application = handed_in(application, by=coordinator)
    services.return_application(application, by=manager, remarks="Say more.")
    client = signed_in(coordinator)
    application.refresh_from_db()
    told = TEXTS | {"expected_version": str(application.version)}

    client.post(page_of("application_texts", application), told)
    again = {"expected_version": str(application.version + 1)}
    response = client.post(page_of("application_check", application), again)

    assert response.status_code == 302
    application.refresh_from_db()
    assert application.status == "submitted"
    assert Participation.objects.count() == 1


def test_a_mentor_opens_the_application_of_the_participation(application, coordinator, person):
    application = handed_in(application, by=coordinator)
    mentor = signed_in(person("mentor", over=application.participations.get()))

    page = mentor.get(application.get_absolute_url())

    assert page.status_code == 200
    assert "Day care." in words(page)
    assert str(application) in words(mentor.get("/applications/"))


def test_the_manager_sees_no_draft_of_a_municipality(application, manager):
    client = signed_in(manager)

    assert client.get(application.get_absolute_url()).status_code == 404
    assert str(application) not in words(client.get("/applications/"))


def test_the_manager_decides_from_the_page_of_the_application(application, coordinator, manager):
    application = handed_in(application, by=coordinator)
    participation = application.participations.get()

    page = signed_in(manager).get(application.get_absolute_url()).content.decode()

    for name in ("select", "reject"):
        url = reverse("workflow:transition", args=[participation.reference, name])
        assert f'href="{url}"' in page
    assert (
        "transitions"
        not in signed_in(coordinator).get(application.get_absolute_url()).content.decode()
    )


def test_for_a_stranger_nothing_is_there(application, stranger, municipality):
    client = signed_in(stranger)
    urls = [
        application.get_absolute_url(),
        page_of("application_texts", application),
        page_of("application_members", application),
        page_of("application_consent", application, municipality.code),
        page_of("application_check", application),
        page_of("application_return", application),
        page_of("application_withdraw", application),
        "/applications/no-such-thing/",
    ]

    assert {client.get(url).status_code for url in urls} == {404}


def test_an_observer_reads_no_names(application, coordinator, signatory, observer):
    agree(application.members.get(), by=signatory)
    application = handed_in(application, by=coordinator)

    page = words(signed_in(observer).get(application.get_absolute_url()))

    assert "Agreed: decided on" in page
    assert "by signatory" not in page
