"""Calls: who finds them, what they say, and what the manager does with them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.applying import open_call
from tests.conftest import make_municipality
from tests.workflow.pages.visiting import queries_of, signed_in, words
from workflow import services
from workflow.models import Application, Call
from workflow.rules import Due

CALLS = "/calls/"
TOMORROW = timezone.localdate() + timedelta(days=1)
ONLY_CITIES = [
    {"rule": "kind", "values": ["city"], "sentence": {"sr": "Само градови.", "en": "Only cities."}}
]


@pytest.fixture
def call(make_track, manager) -> Call:
    return open_call(make_track(), by=manager)


def closed_call(track, *, by) -> Call:
    yesterday = timezone.localdate() - timedelta(days=1)
    return open_call(track, by=by, due=Due(yesterday, "15:00", "minute"))


def test_a_coordinator_finds_an_open_call_before_taking_part_in_anything(call, coordinator):
    response = signed_in(coordinator).get(CALLS)

    assert call.get_absolute_url() in response.content.decode()


def test_the_manager_finds_also_the_calls_that_are_over(make_track, manager, coordinator):
    over = closed_call(make_track(), by=manager)

    assert over.get_absolute_url() in signed_in(manager).get(CALLS).content.decode()
    assert over.get_absolute_url() not in signed_in(coordinator).get(CALLS).content.decode()


def test_a_municipality_keeps_seeing_the_call_that_it_answered(call, coordinator, municipality):
    services.open_application(call, municipality, by=coordinator)
    Call.objects.update(due_at=timezone.now() - timedelta(hours=1))

    assert signed_in(coordinator).get(call.get_absolute_url()).status_code == 200


def test_an_announced_call_says_from_when_on_it_is_open(make_track, manager, coordinator):
    track = make_track()
    services.publish_call(
        track, by=manager, due=Due(TOMORROW + timedelta(days=9)), opens_on=TOMORROW,
        published_on=date(2026, 1, 1),
    )  # fmt: skip

    page = words(signed_in(coordinator).get(track.calls.get().get_absolute_url()))

    assert "Applications can be begun from" in page
    assert "Begin an application" not in page


def test_a_stranger_finds_no_call_and_the_same_page_as_for_none(call, stranger):
    client = signed_in(stranger)

    assert call.get_absolute_url() not in client.get(CALLS).content.decode()
    assert client.get(call.get_absolute_url()).status_code == 404
    assert client.get("/calls/no-such-call/").status_code == 404


def test_the_deadline_stands_with_its_hour(call, coordinator):
    page = words(signed_in(coordinator).get(call.get_absolute_url()))

    assert "at 24:00" in page
    assert "in 1 day" in page


def test_an_extension_stays_visible_with_both_deadlines_and_the_reason(call, manager, coordinator):
    later = {"on": "3.8.2099", "at": "24:00", "reason": "Holidays in July."}

    response = signed_in(manager).post(reverse("workflow:call_extend", args=[call]), later)

    assert response.status_code == 302
    page = words(signed_in(coordinator).get(call.get_absolute_url()))
    assert "3 August 2099 at 24:00" in page
    assert "(no longer)" in page
    assert "Holidays in July." in page


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"on": "3.8.2099", "at": "25:00", "reason": "x"}, "Write the time like this"),
        ({"on": "soon", "at": "", "reason": "x"}, "Write the day like this"),
        ({"on": "3.8.2099", "at": "24:00", "reason": " "}, "This field is required"),
        ({"on": "3.8.2099", "at": "24:00", "reason": "x" * 10_000}, "You wrote 10,000"),
    ],
)
def test_an_odd_extension_is_answered_in_words_at_its_field(call, manager, told, sentence):
    response = signed_in(manager).post(reverse("workflow:call_extend", args=[call]), told)

    assert response.status_code == 422
    assert sentence in words(response)
    assert call.deadlines.count() == 1


def test_the_same_deadline_again_is_refused_with_the_sentence_of_the_door(call, manager):
    told = {"on": f"{TOMORROW:%d.%m.%Y}", "at": "24:00", "reason": "Again."}

    response = signed_in(manager).post(reverse("workflow:call_extend", args=[call]), told)

    assert response.status_code == 422
    assert "A call is extended to a later date than" in words(response)


def test_only_the_manager_extends(call, coordinator, auditor):
    told = {"on": "3.8.2099", "at": "24:00", "reason": "More time."}
    url = reverse("workflow:call_extend", args=[call])

    for person in (coordinator, auditor):
        assert "The programme manager sets and moves" in words(signed_in(person).get(url))
        assert signed_in(person).post(url, told).status_code == 403
    assert call.deadlines.count() == 1


def test_eligibility_is_answered_in_words_for_the_own_municipality(
    make_track, manager, coordinator
):
    call = open_call(make_track(eligibility=ONLY_CITIES), by=manager)

    page = words(signed_in(coordinator).get(call.get_absolute_url()))

    assert "Only cities. missing" in page
    assert "Kikinda cannot apply to this call." in page
    assert "Begin an application" not in page


def test_begin_leads_to_the_task_list_of_the_new_application(call, coordinator, municipality):
    client = signed_in(coordinator)
    assert "Begin an application" in words(client.get(call.get_absolute_url()))

    response = client.post(
        reverse("workflow:begin_application", args=[call]), {"municipality": municipality.code}
    )

    application = Application.objects.get()
    assert response.headers["Location"] == application.get_absolute_url()
    page = words(client.get(call.get_absolute_url()))
    assert "is in an application to this call" in page
    assert "Begin an application" not in page


def test_beginning_twice_makes_one_application_and_says_so(call, coordinator, municipality):
    client, url = signed_in(coordinator), reverse("workflow:begin_application", args=[call])
    client.post(url, {"municipality": municipality.code})

    response = client.post(url, {"municipality": municipality.code})

    assert response.status_code == 422
    assert "Kikinda is in an application to this call already." in words(response)
    assert Application.objects.count() == 1


def test_nobody_begins_an_application_of_another_municipality(call, coordinator, neighbour):
    url = reverse("workflow:begin_application", args=[call])

    response = signed_in(coordinator).post(url, {"municipality": neighbour.code})

    assert response.status_code == 403
    assert not Application.objects.exists()


def test_looking_at_the_address_of_the_button_changes_nothing(call, coordinator):
    url = reverse("workflow:begin_application", args=[call])

    assert signed_in(coordinator).get(url).status_code == 405


@pytest.mark.parametrize("typed", ["Kanjiža", "Кањижа", "kanjiza", "KANJIZ"])
def test_the_manager_finds_the_municipality_of_a_paper_in_any_script(
    call, manager, neighbour, municipality, typed
):
    url = reverse("workflow:call_register", args=[call])

    page = words(signed_in(manager).get(url, {"q": typed}))

    assert "1 municipality found." in page
    assert "Register Kanjiža" in page
    assert "Kikinda" not in page


@pytest.mark.parametrize("odd", ["%", "_", "'; --", "\u202e", "x" * 5000, "‎", "😀"])
def test_an_odd_search_finds_nothing_and_breaks_nothing(call, manager, neighbour, odd):
    response = signed_in(manager).get(reverse("workflow:call_register", args=[call]), {"q": odd})

    assert response.status_code == 200


def test_the_manager_publishes_a_call_of_an_own_track(make_track, manager, coordinator):
    track = make_track()
    told = {
        "track": track.pk, "stated_reference": "17/1", "published_on": "1.3.2026",
        "opens_on": "2.3.2026", "on": "3.8.2099", "at": "15:00",
    }  # fmt: skip

    response = signed_in(manager).post(reverse("workflow:call_publish"), told)

    call = track.calls.get()
    assert response.headers["Location"] == call.get_absolute_url()
    assert "3 August 2099 at 15:00" in words(signed_in(coordinator).get(call.get_absolute_url()))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"opens_on": "1.2.2026"}, "It cannot open before it is published."),
        ({"on": "1.3.2026"}, "The deadline cannot lie before the opening."),
        ({"on": ""}, "A time needs its day."),
        ({"track": "999999"}, "Select a valid choice"),
    ],
)
def test_a_call_whose_days_are_in_disorder_is_not_published(make_track, manager, change, sentence):
    told = {
        "track": make_track().pk, "published_on": "1.3.2026", "opens_on": "2.3.2026",
        "on": "3.8.2099", "at": "15:00",
    }  # fmt: skip

    response = signed_in(manager).post(reverse("workflow:call_publish"), told | change)

    assert response.status_code == 422
    assert sentence in words(response)
    assert not Call.objects.exists()


def test_nobody_publishes_for_a_programme_of_others(make_track, coordinator, auditor):
    track = make_track()
    told = {"track": track.pk, "opens_on": "2.3.2026", "on": "3.8.2099"}

    for person in (coordinator, auditor):
        client = signed_in(person)
        assert "You manage no programme." in words(client.get(reverse("workflow:call_publish")))
        assert client.post(reverse("workflow:call_publish"), told).status_code == 403
    assert not Call.objects.exists()


def test_twenty_calls_cost_as_many_queries_as_one(make_track, manager):
    client, track = signed_in(manager), make_track()
    open_call(track, by=manager)
    cost = queries_of(client, CALLS)

    for _number in range(19):
        open_call(track, by=manager)

    assert queries_of(client, CALLS) == cost


def test_a_call_that_waits_for_its_deadline_takes_no_application(
    make_track, manager, coordinator, municipality
):
    call = services.publish_call(make_track(), by=manager, due=None, opens_on=date(2026, 1, 1))

    page = words(signed_in(manager).get(call.get_absolute_url()))

    assert "to be confirmed" in page
    assert signed_in(coordinator).get(call.get_absolute_url()).status_code == 404


def test_search_tells_namesakes_apart(call, manager):
    make_municipality("70001", "Palilula", "Палилула", shares_name=True)
    make_municipality("70002", "Palilula", "Палилула", shares_name=True, kind="city")

    page = words(
        signed_in(manager).get(reverse("workflow:call_register", args=[call]), {"q": "palilula"})
    )

    assert "Palilula (municipality)" in page
    assert "Palilula (city)" in page


def test_more_than_are_shown_is_said(call, manager):
    for number in range(21):
        make_municipality(f"7{number:04d}", f"Mesto {number}", f"Место {number}")

    page = words(
        signed_in(manager).get(reverse("workflow:call_register", args=[call]), {"q": "mesto"})
    )

    assert "The first 20 municipalities are shown; there are more." in page


@pytest.mark.parametrize("code", ["", "none", "a\x00b", "x" * 500, "đ"])
def test_a_button_with_a_code_that_no_register_has_is_not_found(call, coordinator, code):
    url = reverse("workflow:begin_application", args=[call])

    assert signed_in(coordinator).post(url, {"municipality": code}).status_code == 404
