"""The same few queries for one participation and for two hundred."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.applying import open_call
from tests.conftest import facts_for, make_municipality, open_in
from tests.stepping import hand_in, the_step
from tests.workflow.pages.reading import hidden
from tests.world import ROUTE, step
from workflow import services
from workflow.models import Participation

MANY = 200
LIST_AT_MOST, MOVE_AT_MOST = 15, 25
STEPS = {"assessment": [step("inspection", required=False), step("visit", required=False)]}


@pytest.fixture
def open_many(make_track, manager, municipality):
    """`open_many(200)`: so many participations of as many municipalities, one more each call."""
    track = make_track(route=ROUTE[2:], stages=STEPS, places=None)
    units = iter([municipality, *(f"9{number:04d}" for number in range(MANY + 1))])

    def make(count: int) -> None:
        for _ in range(count):
            unit = next(units)
            if isinstance(unit, str):
                unit = make_municipality(unit, f"Place {unit}", f"Место {unit}")
            open_in(track, unit, by=manager)

    return make


def queries(client, url: str) -> int:
    client.get(url)  # content types and translations are read once per process
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


LISTS = ["participations", "my_steps", "log", "applications", "calls"]


def test_lists_cost_the_same_for_one_and_for_two_hundred(make_track, manager, auditor, open_many):
    apply_many = many_applications(open_call(make_track(places=None), by=manager), by=manager)
    readers = {"manager": signed_in(manager), "auditor": signed_in(auditor)}
    open_many(1)
    apply_many(1)
    few = costs(readers)

    open_many(MANY - 1)
    apply_many(MANY - 1)

    assert costs(readers) == few
    assert max(few.values()) <= LIST_AT_MOST
    page = readers["manager"].get(reverse("workflow:participations")).content.decode()
    assert f"{MANY} participations" in page
    assert page.count("/participations/T") >= 50


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def costs(readers: dict[str, Client]) -> dict[tuple[str, str], int]:
    """How many queries each list asks for each of the readers."""
    return {
        (who, page): queries(client, reverse(f"workflow:{page}"))
        for who, client in readers.items()
        for page in LISTS
    }


def many_applications(call, *, by):
    """`more(200)`: so many applications of as many municipalities, registered from paper."""
    codes = iter(f"8{number:04d}" for number in range(MANY + 1))

    def make(count: int) -> None:
        for _ in range(count):
            code = next(codes)
            unit = make_municipality(code, f"Place {code}", f"Место {code}")
            services.open_application(call, unit, by=by)

    return make


def test_a_municipality_with_many_participations_has_the_same_desk(
    client, make_track, manager, coordinator, municipality
):
    client.force_login(coordinator)
    url = reverse("workflow:my_steps")
    tracks = [make_track(route=ROUTE[2:], stages=STEPS) for _ in range(12)]
    open_in(tracks[0], municipality, by=manager)
    few = queries(client, url)

    for track in tracks[1:]:
        open_in(track, municipality, by=manager)

    assert queries(client, url) == few <= LIST_AT_MOST


@pytest.mark.parametrize("who", ["manager", "coordinator", "auditor"])
def test_the_page_of_a_participation_costs_the_same_with_few_and_many_steps_and_entries(
    client, request, make_track, manager, coordinator, municipality, who
):
    client.force_login(request.getfixturevalue(who))
    small = open_in(with_steps(make_track, 1), municipality, by=manager)
    hand_in(the_step(small, "step_0"), by=coordinator)
    large = open_in(with_steps(make_track, 40), municipality, by=manager)
    for number in range(20):
        hand_in(the_step(large, f"step_{number}"), by=coordinator)
        services.accept_step(
            the_step(large, f"step_{number}"), by=manager, expected_version=1,
            idempotency_key=uuid4(),
        )  # fmt: skip
    hand_in(the_step(large, "step_20"), by=coordinator)

    few, many = (queries(client, one.get_absolute_url()) for one in (small, large))

    assert large.entries.count() > 80
    assert many == few


def with_steps(make_track, count: int):
    return make_track(
        route=ROUTE[2:],
        stages={"assessment": [step(f"step_{number}", required=False) for number in range(count)]},
    )


@pytest.mark.parametrize("steps", [1, 40])
@pytest.mark.parametrize("joint", [False, True])
def test_a_transition_through_its_page_stays_below_its_bound(
    client, make_track, manager, municipality, steps, joint
):
    """Sign-in, view and door together; the number of steps that open does not matter."""
    opened = [step(f"step_{number}", required=False) for number in range(steps)]
    track = make_track(route=ROUTE[2:], stages={"strategy_adopted": opened}, joint=joint)
    case = open_in(track, municipality, by=manager)
    client.force_login(manager)
    url = reverse("workflow:transition", args=[case.reference, "adopt_strategy"])
    fields = hidden(client.get(url)) | {"decided_on": "2.3.2026", "reason": "Decided."}

    with CaptureQueriesContext(connection) as asked:
        response = client.post(url, fields)

    assert response.status_code == 302
    assert Participation.objects.get(pk=case.pk).stage == "strategy_adopted"
    assert len(asked) <= MOVE_AT_MOST, "\n".join(one["sql"][:150] for one in asked)


def test_the_log_of_a_participation_costs_the_same_with_few_and_many_entries(
    client, make_participation, manager, auditor
):
    case = make_participation("assessment")
    client.force_login(auditor)
    url = reverse("workflow:participation_log", args=[case.reference])
    few = queries(client, url)

    for turn in range(20):
        name = "hold" if turn % 2 == 0 else "resume"
        case = Participation.objects.get(pk=case.pk)
        services.perform_transition(case, name, by=manager, **facts_for(case))

    assert queries(client, url) == few <= LIST_AT_MOST


def test_decisions_and_readers_cost_the_same_however_many_people_there_are(
    client, make_participation, manager, person
):
    case = make_participation("assessment")
    client.force_login(manager)
    urls = [reverse(f"workflow:{page}", args=[case.reference]) for page in ("decisions", "readers")]
    few = [queries(client, url) for url in urls]

    for _ in range(20):
        person("mentor", over=case)

    assert [queries(client, url) for url in urls] == few
    assert max(few) <= LIST_AT_MOST
