"""A folder of its own for the files of each test, and a step that asks for a paper."""

import pytest

from tests.documents.uploaded import STEP, assessed
from tests.world import step


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    """The folders of this test: `storage.documents`, `storage.quarantine`."""
    return on_disk(settings, tmp_path)


def on_disk(settings, tmp_path):
    from config.environment import document_storage
    from tests.documents.uploaded import Folders

    folders = Folders(tmp_path / "documents", tmp_path / "quarantine")
    settings.QUARANTINE_ROOT = str(folders.quarantine)
    kept = document_storage("", root=str(folders.documents), access_key="", secret_key="")
    settings.STORAGES = settings.STORAGES | {"documents": kept}
    return folders


@pytest.fixture
def case(make_participation):
    """A participation in assessment that owes one paper, the strategy."""
    return assessed(make_participation, step("strategy", **STEP))
