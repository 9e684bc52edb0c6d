from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.utils import translation

from municipalities import bodies
from municipalities.models import Municipality
from municipalities.register import load_facts, load_register

KIKINDA = "80209"


@pytest.fixture(autouse=True)
def english():
    """Sentences are compared in the language they are written in."""
    with translation.override("en"):
        yield


@pytest.fixture
def register(db):
    """The whole register with its facts; answers a code with its unit."""
    load_register()
    load_facts()
    return lambda code: Municipality.objects.get(code=code)


@pytest.fixture
def kikinda(db):
    return Municipality.objects.create(
        code=KIKINDA, country="RS", kind="city", name_latin="Kikinda", name_cyrillic="Кикинда"
    )


@pytest.fixture
def coordinator(db):
    return get_user_model().objects.create_user("coordinator@example.org")


@pytest.fixture
def administrator(db):
    return get_user_model().objects.create_superuser("administrator@example.org")


@pytest.fixture
def board(kikinda, coordinator):
    """A coordination board, appointed by the mayor on 1 June 2007."""
    return bodies.found_body(
        kikinda,
        name="Opštinski koordinacioni odbor za socijalnu politiku",
        act_body="Predsednik opštine",
        act_on=date(2007, 6, 1),
        by=coordinator,
    )
