"""The people, named by their role, and the participations that tests talk about.

`manager` runs the programme, `deputy` is the second person, `coordinator` and `signatory` act
for the municipality, `mentor` and `evaluator` for the programme, `auditor` reads; `stranger`
has no mandate. `system` appoints the first of them.
"""

import gc
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import TestCase

from municipalities.models import Municipality
from tests.world import PROGRAMME, ROUTE, procedure_text
from workflow import services
from workflow.models import Participation, Programme, Track

FIRST_DAY = date(2026, 3, 2)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture
def system(db):
    return get_user_model().objects.create_superuser("system@example.org")


@pytest.fixture
def municipality(db):
    return make_municipality("80209", "Kikinda", "Кикинда")


@pytest.fixture
def neighbour(db):
    return make_municipality("80195", "Kanjiža", "Кањижа")


def make_municipality(code: str, latin: str, cyrillic: str, **fields) -> Municipality:
    usual = {"country": "RS", "kind": "municipality"}
    return Municipality.objects.create(
        code=code, name_latin=latin, name_cyrillic=cyrillic, **usual | fields
    )


@pytest.fixture
def programme(db) -> Programme:
    return services.load_programme(PROGRAMME)


@pytest.fixture
def make_track(programme) -> Callable[..., Track]:
    """`make_track(route=[…], places=2, stages={…})`: a track with its procedure, loaded."""

    def make(**rules) -> Track:
        text = procedure_text(number=Track.objects.count() + 1, **rules)
        return services.load_procedure(text).track

    return make


@pytest.fixture
def person(system) -> Callable[..., object]:
    """`person("mentor", over=participation)`: somebody with that mandate."""

    def make(role: str, *, over, email: str = ""):
        email = email or f"{role}.{uuid4().hex[:6]}@example.org"
        user = get_user_model().objects.create_user(email, name=role, language="en")
        services.give_mandate(
            user, role, over=over, by=system, function=f"{role} of the office", starts_on=LONG_AGO
        )
        return user

    return make


@pytest.fixture
def manager(person, programme):
    return person("programme_manager", over=programme)


@pytest.fixture
def deputy(person, programme):
    return person("programme_manager", over=programme)


@pytest.fixture
def evaluator(person, programme):
    return person("evaluator", over=programme)


@pytest.fixture
def auditor(person, programme):
    return person("auditor", over=programme)


@pytest.fixture
def observer(person, programme):
    return person("observer", over=programme)


@pytest.fixture
def coordinator(person, municipality):
    return person("coordinator", over=municipality)


@pytest.fixture
def signatory(person, municipality):
    return person("signatory", over=municipality)


@pytest.fixture
def stranger(db):
    return get_user_model().objects.create_user("stranger@example.org", name="stranger")


@pytest.fixture
def make_participation(make_track, municipality, manager) -> Callable[..., Participation]:
    """A participation at any stage: `make_participation(stage="assessment")`.

    Its route begins at that stage, where the programme takes it in; whoever asks for the past too
    names a `route`. It is then opened at the beginning and walked there, all by `manager`.
    """

    def make(stage: str = "application", *, of=None, **rules) -> Participation:
        route = rules.pop("route", None) or ROUTE[ROUTE.index(stage) if stage in ROUTE else 0 :]
        track = make_track(route=route, **rules)
        participation = open_in(track, of or municipality, by=manager)
        while participation.stage != stage:
            participation = walk_on(participation, by=manager)
        return participation

    return make


def open_in(track: Track, municipality: Municipality, *, by) -> Participation:
    """Through the door that fits the route: an application, or taken in directly."""
    if track.procedures.first().route[0] != "application":
        return services.open_participation(
            track, municipality, by=by, decided_on=FIRST_DAY, reason="", idempotency_key=uuid4()
        )
    from tests.applying import apply_on_paper

    return apply_on_paper(track, [municipality], by=by)[0]


def walk_on(participation: Participation, *, by) -> Participation:
    from workflow.readiness import next_transition

    services.perform_transition(
        participation, next_transition(participation), by=by, **facts_for(participation)
    )
    return Participation.objects.get(pk=participation.pk)


def facts_for(participation: Participation, **facts) -> dict:
    """What a door asks and tests rarely care about: date, reason, version, key."""
    usual = {
        "decided_on": participation.decided_on,
        "reason": "For the test.",
        "expected_version": participation.version,
        "idempotency_key": uuid4(),
    }
    return usual | facts


@pytest.fixture
def perform() -> Callable:
    """`perform(participation, "select", by=manager)`; the rest is filled in."""

    def act(participation: Participation, name: str, *, by, **facts):
        return services.perform_transition(
            participation, name, by=by, **facts_for(participation, **facts)
        )

    return act


@pytest.fixture
def settle() -> Callable:
    from tests import stepping

    return stepping.settle


def pytest_collection_finish() -> None:
    """The program and its tests are set aside from Python's collector, as config/wsgi.py does.

    Otherwise each look for rubbish walks through all of it.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The long stories in the browser first, so that no worker waits for another at the end.

    What asks no database is not asked a second time in the run on PostgreSQL.
    """
    items.sort(key=lambda item: item.path.name != "test_every_page.py")
    if connection.vendor == "postgresql":
        once = [item for item in items if not asks_a_database(item)]
        config.hook.pytest_deselected(items=once)
        items[:] = [item for item in items if asks_a_database(item)]


def asks_a_database(item: pytest.Item) -> bool:
    asked = {"db", "own_database", "django_db_setup"} & set(getattr(item, "fixturenames", ()))
    is_case = getattr(item, "cls", None) and issubclass(item.cls, TestCase)
    return bool(asked or is_case or item.get_closest_marker("django_db"))
