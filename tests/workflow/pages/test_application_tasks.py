"""An application as a task list, what is filled in already, and the confirmation to keep."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import agree, apply_on_paper, open_call
from tests.conftest import facts_for, make_municipality
from tests.workflow.pages.visiting import queries_of, signed_in, words
from workflow import services
from workflow.models import Application, Call, Participation

ONLY_CITIES = [
    {"rule": "kind", "values": ["city"], "sentence": {"sr": "Само градови.", "en": "Only cities."}}
]


@pytest.fixture
def application(make_track, manager, coordinator, municipality) -> Application:
    """A draft of Kikinda to a call that is open."""
    call = open_call(make_track(), by=manager)
    return services.open_application(call, municipality, by=coordinator)


def page_of(name: str, application: Application, *more) -> str:
    return reverse(f"workflow:{name}", args=[application.reference, *more])


def written(application: Application, by, **texts) -> Application:
    return services.save_application(
        application, by=by, expected_version=application.version,
        **({"summary": "Day care."} | texts),
    )  # fmt: skip


def handed_in(application: Application, by) -> Application:
    application = written(application, by)
    return services.submit_application(application, by=by, expected_version=application.version)


def tasks(response) -> dict[str, str]:
    """The address behind each row of the task list, by its words."""
    page = response.content.decode().split('id="h-tasks"')[1].split("</section>")[0]
    return {text: url for url, text in re.findall(r'class="go" href="([^"]+)">([^<]+)', page)}


# The task list


def test_the_whole_row_of_each_task_leads_to_its_page(application, coordinator):
    rows = tasks(signed_in(coordinator).get(application.get_absolute_url()))

    assert rows == {
        "Read the call and its conditions": application.call.get_absolute_url(),
        "Describe what you plan": page_of("application_texts", application),
        "Say which municipalities take part": page_of("application_members", application),
        "Have every signatory agree": "#h-members",
    }


def test_the_last_task_opens_when_nothing_is_missing(application, coordinator):
    written(application, by=coordinator)

    response = signed_in(coordinator).get(application.get_absolute_url())

    rows = tasks(response)
    assert rows["Check your answers and hand in"] == page_of("application_check", application)
    assert "2 of 4 sections are done." in words(response)


def test_who_only_reads_finds_no_task_of_others(application, coordinator, neighbour, person):
    services.add_member(application, neighbour, by=coordinator)
    beside = signed_in(person("signatory", over=neighbour))

    rows = tasks(beside.get(application.get_absolute_url()))

    assert set(rows) == {"Read the call and its conditions", "Have every signatory agree"}


def test_only_what_is_wrong_is_red(make_track, manager, coordinator, municipality):
    call = open_call(make_track(eligibility=ONLY_CITIES), by=manager)
    application = services.open_application(call, municipality, by=coordinator)

    response = signed_in(coordinator).get(application.get_absolute_url())

    tasks_alone = response.content.decode().split('id="h-tasks"')[1].split("</section>")[0]
    assert re.findall(r'class="tag bad">([^<]+)', tasks_alone) == ["conditions not met"]
    assert "Only cities." in words(response)


def test_a_refused_consent_is_red_and_named(application, coordinator, signatory, municipality):
    member = application.members.get()
    day = date(2026, 3, 2)
    services.answer_consent(member, by=signatory, agrees=False, decided_on=day)

    response = signed_in(coordinator).get(application.get_absolute_url())

    assert 'class="tag bad">0 of 1' in response.content.decode()
    assert "Missing: Kikinda." in words(response)


# What is filled in already


def texts_page(client, application) -> str:
    return client.get(page_of("application_texts", application)).content.decode()


def test_the_first_application_knows_who_writes_it(application, coordinator):
    coordinator.phone = "0230 123 456"
    coordinator.save()

    page = texts_page(signed_in(coordinator), application)

    contact = page.split('id="id_contact"')[1].split("</textarea>")[0]
    for known in ("coordinator", "coordinator of the office", "0230 123 456", coordinator.email):
        assert known in contact
    assert "Your name and how to reach you are filled in already." in page


def test_another_application_takes_over_what_the_last_one_said(
    make_track, manager, coordinator, municipality, application
):
    last = written(application, by=coordinator, situation="No day care yet.", contact="Head.")
    services.submit_application(last, by=coordinator, expected_version=last.version)
    another = services.open_application(
        open_call(make_track(), by=manager), municipality, by=coordinator
    )
    client = signed_in(coordinator)

    page = texts_page(client, another)

    assert "No day care yet." in page
    assert "Head." in page
    assert "Day care." not in page
    assert f"What you wrote in {last.reference} of" in page
    another.refresh_from_db()
    assert (another.situation, another.version) == ("", 0)


def test_nothing_is_filled_in_once_somebody_has_saved(application, coordinator):
    written(application, by=coordinator)

    page = texts_page(signed_in(coordinator), application)

    assert coordinator.email not in page.split('id="id_contact"')[1].split("</textarea>")[0]
    assert "filled in already" not in page


def test_nothing_of_a_programme_of_others_is_taken_over(
    make_track, manager, municipality, system, person
):
    """The manager registers a paper of a municipality that applied elsewhere before."""
    elsewhere = services.load_programme(
        "{key: other, name: {sr: Друга, en: Other}, country: RS, languages: [sr], "
        "period: {stated: '2026', from: '2026', until: '2026'}, source: made for the tests}"
    )
    other_manager = person("programme_manager", over=elsewhere)
    track = make_track(programme="other")
    apply_on_paper(track, [municipality], by=other_manager)
    Application.objects.update(situation="A secret of the other programme.")
    draft = services.open_application(open_call(make_track(), by=manager), municipality, by=manager)

    page = texts_page(signed_in(manager), draft)

    assert "secret" not in page


# Check your answers


def test_every_answer_can_be_changed_from_the_check(application, coordinator):
    written(application, by=coordinator)

    page = signed_in(coordinator).get(page_of("application_check", application)).content.decode()

    texts = page_of("application_texts", application)
    for anchor in ("id_summary", "id_situation", "id_contact"):
        assert f'href="{texts}#{anchor}"' in page
    assert f'href="{page_of("application_members", application)}"' in page


# The confirmation


def test_handing_in_leads_to_the_confirmation(application, coordinator):
    written(application, by=coordinator)
    client = signed_in(coordinator)

    response = client.post(page_of("application_check", application), {"expected_version": "1"})

    assert response.headers["Location"] == page_of("application_submitted", application)
    page = words(client.get(response.headers["Location"]))
    assert "The application is handed in." in page
    assert "Reference T1-A001" in page
    assert "The signatory has to agree. Still missing: Kikinda" in page
    assert "The call takes applications until" in page
    assert "Name its reference, T1-A001." in page
    assert "What you plan Day care." in page


def test_the_confirmation_can_be_opened_again_and_says_how_it_stands(
    application, coordinator, manager, signatory
):
    agree(application.members.get(), by=signatory)
    handed_in(application, by=coordinator)
    case = Participation.objects.get()
    client, url = signed_in(coordinator), page_of("application_submitted", application)
    assert "Status today handed in" in words(client.get(url))

    services.perform_transition(case, "select", by=manager, **facts_for(case))
    Call.objects.update(due_at=timezone.now() - timedelta(days=90))

    page = words(client.get(url))
    assert "Status today selected" in page
    assert "What is to be done now stands on the pages of the participations below." in page
    assert "Reference T1-A001" in page


def test_returned_it_leads_back_to_the_application(application, coordinator, manager):
    application = handed_in(application, by=coordinator)
    services.return_application(application, by=manager, remarks="Say more.")

    page = words(signed_in(coordinator).get(page_of("application_submitted", application)))

    assert "came back for correction" in page


def test_a_draft_has_no_confirmation(application, coordinator):
    page = words(signed_in(coordinator).get(page_of("application_submitted", application)))

    assert "T1-A001 is not handed in yet" in page
    assert "Reference" not in page


def test_for_a_stranger_there_is_no_confirmation(application, coordinator, stranger):
    handed_in(application, by=coordinator)

    response = signed_in(stranger).get(page_of("application_submitted", application))

    assert response.status_code == 404


def test_eight_members_cost_as_many_queries_as_two(application, coordinator, neighbour):
    client = signed_in(coordinator)
    pages = [application.get_absolute_url(), page_of("application_check", application)]
    services.add_member(application, neighbour, by=coordinator)
    few = [queries_of(client, url) for url in pages]

    for number in range(6):
        unit = make_municipality(f"9{number:04d}", f"Mesto {number}", f"Место {number}")
        services.add_member(application, unit, by=coordinator)

    assert [queries_of(client, url) for url in pages] == few
