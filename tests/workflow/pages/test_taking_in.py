"""Taking a municipality into a track without a call: found in the register, then decided."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.conftest import make_municipality, open_in
from tests.workflow.pages.reading import buttons, hidden, read, send, text, title
from tests.workflow.pages.visiting import queries_of, signed_in
from tests.world import PROGRAMME, ROUTE, procedure_text
from workflow import services
from workflow.models import Participation

NEW = "/participations/new/"
DIRECT = ROUTE[2:]


@pytest.fixture
def track(make_track):
    """A track whose procedure begins with the assessment."""
    return make_track(route=DIRECT, places=2)


def page_for(municipality) -> str:
    return f"{NEW}?municipality={municipality.code}"


def take_in(client, user, into, municipality, **fields):
    told = {"track": str(into.pk), "decided_on": "2.3.2026", "reason": "Listed in the annex."}
    told |= {"municipality": municipality.code}
    return send(client, user, page_for(municipality), told | fields)


def test_the_manager_finds_the_way_from_the_list(client, track, manager):
    page = read(client, manager, reverse("workflow:participations"))

    assert f'href="{NEW}"' in page.content.decode()
    assert "Take a municipality in without a call" in text(page)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "evaluator", "stranger"])
def test_nobody_else_is_shown_the_way(client, track, request, role):
    page = read(client, request.getfixturevalue(role), reverse("workflow:participations"))

    assert NEW not in page.content.decode()


@pytest.mark.parametrize("typed", ["kikinda", "Кикин", "KIKIN"])
def test_the_register_is_searched_and_one_unit_chosen(client, track, manager, municipality, typed):
    page = read(client, manager, f"{NEW}?q={typed}")

    assert "1 municipality found." in text(page)
    assert f'href="?municipality={municipality.code}"' in page.content.decode()


def test_a_name_that_nobody_has_says_so(client, track, manager, municipality):
    page = text(read(client, manager, f"{NEW}?q=atlantida"))

    assert "No municipality of the register has this in its name." in page


def test_the_page_of_the_act_names_who_is_taken_in_and_what_follows(
    client, track, manager, municipality
):
    page = read(client, manager, page_for(municipality))

    assert title(page) == "Take in without a call: Kikinda – Koraci"
    assert "The participation opens at the first stage" in text(page)
    assert buttons(page) == ["Take in: Kikinda"]


def test_it_opens_at_the_first_stage_and_says_so(client, track, manager, municipality):
    response = take_in(client, manager, track, municipality)

    case = Participation.objects.get()
    entry = case.entries.get(seq=1)
    assert response.url == case.get_absolute_url()
    assert (case.municipality, case.stage) == (municipality, "assessment")
    assert (entry.verb, entry.reason, entry.by) == ("open", "Listed in the annex.", manager)
    assert f"{entry.decided_on}" == "2026-03-02"
    told = text(client.get(response.url))
    assert "Recorded: Participation opened. Entry 1 in the log, fingerprint" in told


def test_a_double_click_opens_once(client, track, manager, municipality):
    page = page_for(municipality)
    fields = hidden(read(client, manager, page)) | {
        "track": str(track.pk), "decided_on": "2.3.2026", "municipality": municipality.code,
    }  # fmt: skip

    first, second = (client.post(page, fields) for _ in range(2))

    assert first.status_code == second.status_code == 302
    assert first.url == second.url
    assert Participation.objects.count() == 1


def test_the_same_key_for_another_municipality_is_refused(
    client, track, manager, municipality, neighbour
):
    fields = hidden(read(client, manager, page_for(municipality))) | {
        "track": str(track.pk), "decided_on": "2.3.2026",
    }  # fmt: skip
    client.post(NEW, fields | {"municipality": municipality.code})

    response = client.post(NEW, fields | {"municipality": neighbour.code})

    assert response.status_code == 422
    assert "This form was sent before with other content." in text(response)
    assert Participation.objects.count() == 1


def test_only_tracks_without_a_call_are_offered_with_their_places(
    client, make_track, track, manager, municipality, neighbour
):
    make_track()  # begins with an application
    make_track(route=DIRECT, places=None)
    open_in(track, neighbour, by=manager)

    page = read(client, manager, page_for(municipality))

    assert page.content.decode().count('type="radio"') == 2
    assert "(1 place left)" in text(page)
    assert "(places not limited)" in text(page)


def test_the_procedure_in_force_decides_whether_there_is_a_call(
    client, track, manager, municipality
):
    services.load_procedure(procedure_text(number=1, route=ROUTE))

    page = text(read(client, manager, NEW))

    assert "Every track of your programmes begins with an application to its call" in page


def test_the_only_track_is_chosen_already(client, track, manager, municipality):
    page = read(client, manager, page_for(municipality)).content.decode()

    assert "checked" in page


def test_tracks_of_other_programmes_are_not_offered(client, track, make_track, person, system):
    other = services.load_programme(PROGRAMME.replace("test_programme", "other"))
    elsewhere = make_track(route=DIRECT, programme="other")
    newcomer = person("programme_manager", over=other)
    kikinda = make_municipality("80209", "Kikinda", "Кикинда")

    offered = text(read(client, newcomer, page_for(kikinda)))
    response = take_in(client, newcomer, track, kikinda)

    assert offered.count("place") >= 1
    assert response.status_code == 422
    assert "Select a valid choice." in text(response)
    assert not Participation.objects.exists()
    assert take_in(client, newcomer, elsewhere, kikinda).status_code == 302


def test_where_every_track_has_a_call_the_page_says_what_to_do_instead(client, make_track, manager):
    make_track()

    page = read(client, manager, NEW)

    assert "Every track of your programmes begins with an application" in text(page)
    assert f'href="{reverse("workflow:call_publish")}"' in page.content.decode()
    assert 'name="q"' not in page.content.decode().split("<main", 1)[1]


def test_who_takes_part_already_is_refused_in_a_sentence(client, track, manager, municipality):
    open_in(track, municipality, by=manager)

    response = take_in(client, manager, track, municipality)

    assert response.status_code == 422
    assert "Kikinda takes part in this track already." in text(response)
    assert "Listed in the annex." in text(response)
    assert Participation.objects.count() == 1


def test_without_a_place_nobody_is_taken_in(client, make_track, manager, municipality, neighbour):
    full = make_track(route=DIRECT, places=1)
    open_in(full, neighbour, by=manager)

    shown = text(read(client, manager, page_for(municipality)))
    response = take_in(client, manager, full, municipality)

    assert "(no place left)" in shown
    assert response.status_code == 422
    assert "No place is left in this track." in text(response)
    assert Participation.objects.count() == 1


def test_a_date_in_the_future_is_refused(client, track, manager, municipality):
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"

    response = take_in(client, manager, track, municipality, decided_on=tomorrow)

    assert response.status_code == 422
    assert "The date of the decision cannot lie in the future." in text(response)
    assert title(response).startswith("Error:")
    assert not Participation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"track": ""}, "Track: This field is required."),
        ({"track": "999999"}, "Select a valid choice."),
        ({"decided_on": "soon"}, "Write the day like this"),
        ({"reason": "x" * 10_000}, "You wrote 10,000."),
    ],
)
def test_a_wrong_form_comes_back_with_a_sentence(
    client, track, manager, municipality, fields, sentence
):
    response = take_in(client, manager, track, municipality, **fields)

    assert response.status_code == 422
    assert sentence in text(response)
    assert not Participation.objects.exists()


@pytest.mark.parametrize("code", ["99999", "", "80209' OR 1=1", "\x00", "Ж" * 500])
def test_a_municipality_that_is_none_is_not_there(client, track, manager, code):
    client.force_login(manager)

    assert client.get(NEW, {"municipality": code}).status_code == 404
    assert client.post(NEW, {"municipality": code, "track": track.pk}).status_code == 404


@pytest.mark.parametrize("role", ["coordinator", "signatory", "auditor", "evaluator"])
def test_who_may_not_reads_who_does(client, track, municipality, request, role):
    person = request.getfixturevalue(role)

    shown = read(client, person, NEW)
    refused = client.post(NEW, {"municipality": municipality.code, "track": track.pk})

    assert "The programme manager takes municipalities in." in text(shown)
    assert refused.status_code == 403
    assert "This needs the role: Programme manager." in text(refused)
    assert not Participation.objects.exists()


def test_the_page_costs_the_same_for_few_and_many_tracks(make_track, track, manager, municipality):
    client = signed_in(manager)
    few = queries_of(client, page_for(municipality))
    for _ in range(9):
        open_in(make_track(route=DIRECT), municipality, by=manager)

    assert queries_of(client, page_for(municipality)) == few


def test_a_municipality_of_another_country_is_refused_in_words(client, track, manager):
    abroad = make_municipality("BA-1", "Mrkonjić Grad", "Мркоњић Град", country="BA", entity="RS")

    page = take_in(client, manager, track, abroad)

    assert page.status_code == 422
    assert "Mrkonjić Grad is not in the country of the programme" in text(page)
    assert not Participation.objects.exists()
