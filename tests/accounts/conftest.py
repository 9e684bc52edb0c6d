import pytest

from accounts.models import User

PASSWORD = "a long and unusual sentence"


def gets_in(client, email: str, password: str) -> bool:
    """Whether this password opens this account, on the sign-in page as people use it."""
    client.post("/sign-in/", {"username": email, "password": password})
    return "_auth_user_id" in client.session


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
