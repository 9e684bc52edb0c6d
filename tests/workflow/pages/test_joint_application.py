"""Several municipalities in one application: asked in by the lead, each agreeing for itself."""

import pytest
from django.urls import reverse

from tests.applying import apply_on_paper, open_call
from tests.workflow.pages.visiting import signed_in, words
from workflow import services
from workflow.models import Application, Participation

ONLY_MUNICIPALITIES = [
    {
        "rule": "kind",
        "values": ["municipality"],
        "sentence": {"sr": "Само општине.", "en": "Only municipalities."},
    }
]


@pytest.fixture
def application(make_track, manager, coordinator, municipality) -> Application:
    call = open_call(make_track(eligibility=ONLY_MUNICIPALITIES), by=manager)
    application = services.open_application(call, municipality, by=coordinator)
    return services.save_application(
        application, by=coordinator, expected_version=0, summary="Day care for both."
    )


@pytest.fixture
def neighbours_signatory(person, neighbour):
    return person("signatory", over=neighbour)


def page_of(name: str, application: Application, *more) -> str:
    return reverse(f"workflow:{name}", args=[application.reference, *more])


def add(application, municipality, *, by):
    return signed_in(by).post(
        page_of("member_add", application), {"municipality": municipality.code}
    )


@pytest.mark.parametrize("typed", ["Kanjiža", "Кањижа", "kanjiza"])
def test_the_lead_finds_a_neighbour_in_any_script_and_adds_it(
    application, coordinator, neighbour, typed
):
    client = signed_in(coordinator)
    page = words(client.get(page_of("application_members", application), {"q": typed}))
    assert "Add Kanjiža" in page

    response = add(application, neighbour, by=coordinator)

    assert response.status_code == 302
    assert application.members.count() == 2
    page = words(client.get(application.get_absolute_url()))
    assert "joint application" in page
    assert "Kikinda lead" in page
    assert "0 of 2" in page


def test_adding_twice_says_that_it_is_there(application, coordinator, neighbour):
    add(application, neighbour, by=coordinator)

    response = add(application, neighbour, by=coordinator)

    assert response.status_code == 422
    assert "Kanjiža is in this application already." in words(response)
    assert application.members.count() == 2


def test_a_member_that_may_not_apply_is_told_in_words(application, coordinator, neighbour):
    neighbour.kind = "city"
    neighbour.save()
    add(application, neighbour, by=coordinator)

    page = words(signed_in(coordinator).get(page_of("application_members", application)))
    check = words(signed_in(coordinator).get(page_of("application_check", application)))

    assert "Cannot apply: Only municipalities." in page
    assert "It cannot be handed in yet" in check
    assert "Kanjiža may apply. missing Only municipalities." in check


def test_the_lead_takes_a_neighbour_out_again(application, coordinator, neighbour):
    add(application, neighbour, by=coordinator)

    response = signed_in(coordinator).post(page_of("member_remove", application, neighbour.code))

    assert response.status_code == 302
    assert application.members.count() == 1


def test_the_lead_itself_cannot_be_taken_out(application, coordinator, municipality):
    response = signed_in(coordinator).post(page_of("member_remove", application, municipality.code))

    assert response.status_code == 422
    assert "The lead cannot be taken out" in words(response)


def test_only_the_lead_adds_and_takes_out(application, coordinator, neighbour, person):
    add(application, neighbour, by=coordinator)
    other = person("coordinator", over=neighbour)

    page = words(signed_in(other).get(page_of("application_members", application)))

    assert "The coordinator or the signatory of Kikinda adds municipalities." in page
    assert "Take out" not in page
    response = signed_in(other).post(page_of("member_remove", application, neighbour.code))
    assert response.status_code == 403
    assert application.members.count() == 2


def test_a_call_for_single_municipalities_takes_no_second(
    make_track, manager, coordinator, municipality, neighbour
):
    call = open_call(make_track(joint=False), by=manager)
    application = services.open_application(call, municipality, by=coordinator)

    response = add(application, neighbour, by=coordinator)

    assert response.status_code == 422
    assert "applications of single municipalities only" in words(response)


def test_each_signatory_answers_for_the_own_municipality_alone(
    application, coordinator, signatory, neighbour, neighbours_signatory, municipality
):
    add(application, neighbour, by=coordinator)
    told = {"agrees": "yes", "decided_on": "2.3.2026", "expected_version": "1"}
    of_neighbour = page_of("application_consent", application, neighbour.code)

    assert signed_in(signatory).post(of_neighbour, told).status_code == 403
    assert signed_in(neighbours_signatory).post(of_neighbour, told).status_code == 302

    answers = dict(application.members.values_list("municipality__code", "consent"))
    assert answers == {municipality.code: "awaited", neighbour.code: "given"}
    assert "1 of 2" in words(signed_in(coordinator).get(application.get_absolute_url()))


def test_a_refusal_stands_on_the_page_and_can_be_changed(
    application, coordinator, neighbour, neighbours_signatory
):
    add(application, neighbour, by=coordinator)
    url = page_of("application_consent", application, neighbour.code)
    client = signed_in(neighbours_signatory)
    told = {"agrees": "no", "decided_on": "2.3.2026", "expected_version": "1"}

    client.post(url, told)
    assert "Refused: decided on 2 March 2026" in words(client.get(application.get_absolute_url()))
    client.post(url, told | {"agrees": "yes"})

    assert "Agreed: decided on 2 March 2026" in words(client.get(application.get_absolute_url()))


def test_handing_in_opens_a_participation_for_each_member(application, coordinator, neighbour):
    add(application, neighbour, by=coordinator)

    response = signed_in(coordinator).post(
        page_of("application_check", application), {"expected_version": "1"}, follow=True
    )

    assert Participation.objects.filter(application=application).count() == 2
    page = words(response)
    assert (
        "The signatory of every municipality has to agree. Still missing: Kikinda, Kanjiža" in page
    )


def test_the_manager_decides_on_the_lead_and_is_told_it_holds_for_all(
    make_track, manager, municipality, neighbour
):
    [leads, _others] = apply_on_paper(make_track(), [neighbour, municipality], by=manager)

    response = signed_in(manager).get(leads.application.get_absolute_url())

    url = reverse("workflow:transition", args=[leads.reference, "select"])
    assert f'href="{url}"' in response.content.decode()
    assert "hold for all municipalities of the application at once" in words(response)
    for reference in application_references(leads.application):
        assert reference in words(response)


def application_references(application: Application) -> list[str]:
    return list(application.participations.values_list("reference", flat=True))
