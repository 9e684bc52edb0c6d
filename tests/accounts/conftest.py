import pytest

from accounts.models import User

PASSWORD = "a long and unusual sentence"


@pytest.fixture
def coordinator(db):
    return User.objects.create_user(
        "coordinator@example.org", PASSWORD, name="Coordinator", language="en"
    )


@pytest.fixture
def former_colleague(db):
    """Somebody whose account is switched off."""
    return User.objects.create_user("former@example.org", PASSWORD, is_active=False)


@pytest.fixture(autouse=True)
def reader_of_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
