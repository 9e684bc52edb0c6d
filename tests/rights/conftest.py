"""One world for a whole module, in a database of its own; each probe undoes what it did."""

import logging
from collections.abc import Iterator

import pytest

from tests.own_database import in_a_copy
from tests.rights.actors import World, build


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """In place of pytest-django's: a copy of the test database, for all tests of the module."""
    with in_a_copy(django_db_blocker) as name:
        yield name


@pytest.fixture(scope="module")
def world(db) -> World:
    return build()


@pytest.fixture(autouse=True, scope="module")
def quiet() -> Iterator[None]:
    """Thousands of refusals are expected here; their log lines would cost more than they tell."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
