"""The real register and the system that appoints the first people."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from tests.stories.walking import Person


@pytest.fixture
def register(db):
    call_command("load_municipalities", verbosity=0)


@pytest.fixture
def somebody(register):
    """`somebody("Manager")`: a new person, without any mandate yet."""
    system = get_user_model().objects.create_superuser("system@example.org", name="System")
    return lambda name: Person(name, system)
