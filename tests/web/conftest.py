import pytest
from django.contrib.auth import get_user_model

from web import context


@pytest.fixture
def coordinator(db):
    return get_user_model().objects.create_user("coordinator@example.org", name="Coordinator")


@pytest.fixture
def reader(client, db):
    """Anybody, with a browser that asks for English, and with errors answered as pages."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.raise_request_exception = False
    return client


@pytest.fixture
def nobody_registered(monkeypatch):
    monkeypatch.setattr(context, "nav_sources", [])
    monkeypatch.setattr(context, "read_only_checks", [])
