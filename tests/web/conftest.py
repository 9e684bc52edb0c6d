import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import override_settings

from web import context
from web.script import bosnian, catalogues


@pytest.fixture
def coordinator(db):
    return get_user_model().objects.create_user("coordinator@example.org", name="Coordinator")


@pytest.fixture
def reader(client, db):
    """Anybody, with a browser that asks for English, and with errors answered as pages."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.raise_request_exception = False
    return client


@pytest.fixture(scope="module")
def catalogues_as_written_now(tmp_path_factory):
    """All languages made from what people wrote, whether or not the project's are compiled."""
    ours, locale = Path(settings.LOCALE_PATHS[0]), tmp_path_factory.mktemp("project") / "locale"
    for written in [catalogues.serbian_path, bosnian.words_path, bosnian.sentences_path]:
        written(locale).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(written(ours), written(locale))
    catalogues.write_latin(locale)
    bosnian.write_bosnian(locale)
    catalogues.compile_all(locale)
    with override_settings(LOCALE_PATHS=[locale]):
        yield locale


@pytest.fixture
def nobody_registered(monkeypatch):
    monkeypatch.setattr(context, "nav_sources", [])
    monkeypatch.setattr(context, "ones_own_sources", [])
    monkeypatch.setattr(context, "read_only_checks", [])
    monkeypatch.setattr(context, "switch_sources", [])
