"""A world that has lived, made once a session and shared: reading it costs a test nothing.

It stands in a database copy of its own. Each test works in a transaction on it that is rolled
back, as with pytest-django's `db`, which is replaced. In the module (or a conftest):

    from tests.lived_world import (  # noqa: F401
        db, lived, lived_copy, municipality, neighbour, system,
    )
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, connections, transaction

from municipalities.models import Municipality
from tests.conftest import make_municipality
from tests.own_database import copy_of, drop, point_to
from tests.workflow.log.lived import Lived, live
from tests.world import PROGRAMME, procedure_text
from workflow import services
from workflow.models import Track


@pytest.fixture(scope="session")
def lived_copy(django_db_setup, django_db_blocker) -> Iterator[tuple[str, Lived]]:
    """The name of the database in which the world stands, and the world."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()
        name = copy_of(str(template))
    try:
        with django_db_blocker.unblock():
            world = made_in(name, str(template))
        yield name, world
    finally:
        with django_db_blocker.unblock():
            drop(name)


def made_in(name: str, template: str) -> Lived:
    """Live in the copy; afterwards the connections lead to the test database again."""
    point_to(name)
    try:
        return live_committed()
    finally:
        connections.close_all()
        point_to(template)


def live_committed() -> Lived:
    """The same acts as in any test, but committed."""
    system = get_user_model().objects.create_superuser("system@example.org")

    def make_track(**rules) -> Track:
        text = procedure_text(number=Track.objects.count() + 1, **rules)
        return services.load_procedure(text).track

    def person(role: str, *, over):
        email = f"{role}.{uuid4().hex[:6]}@example.org"
        user = get_user_model().objects.create_user(email, name=role, language="en")
        services.give_mandate(user, role, over=over, by=system, function=f"{role} of the office")
        return user

    return live(make_track, person, services.load_programme(PROGRAMME))


@pytest.fixture
def db(lived_copy, django_db_blocker) -> Iterator[None]:
    """In place of pytest-django's: a transaction on the lived world, rolled back at the end."""
    with django_db_blocker.unblock():
        template = connection.settings_dict["NAME"]
        connections.close_all()
        point_to(lived_copy[0])
        whole = transaction.atomic()
        whole._from_testcase = True  # as Django's own TestCase says it: doors may be durable in it
        try:
            with whole:
                yield
                transaction.set_rollback(True)
        finally:
            connections.close_all()
            point_to(template)


@pytest.fixture
def lived(db, lived_copy) -> Lived:
    """Six participations in two tracks that have seen every kind of act, read anew."""
    world = lived_copy[1]
    for participation in world.participations:
        participation.refresh_from_db()
    for person in (world.manager, world.deputy, world.coordinator):
        person.refresh_from_db()
    return world


@pytest.fixture
def system(db):
    people = get_user_model().objects
    return people.filter(is_superuser=True).first() or people.create_superuser("s@example.org")


@pytest.fixture
def municipality(db) -> Municipality:
    return unit("80209", "Kikinda", "Кикинда")


@pytest.fixture
def neighbour(db) -> Municipality:
    return unit("80195", "Kanjiža", "Кањижа")


def unit(code: str, latin: str, cyrillic: str) -> Municipality:
    there = Municipality.objects.filter(code=code).first()
    return there or make_municipality(code, latin, cyrillic)
