"""A place of its own for the files of each test, and a step that asks for a paper."""

from collections.abc import Iterator

import pytest

from tests.documents.stores import Bucket, Folders
from tests.documents.uploaded import STEP, assessed
from tests.world import step


@pytest.fixture(autouse=True)
def storage(request, settings, tmp_path) -> Iterator[Folders]:
    """Where the papers of this test lie: a folder, unless the test is marked `ON_BOTH`."""
    if getattr(request, "param", "disk") == "disk":
        yield Folders(settings, tmp_path)
        return
    bucket = Bucket(settings, tmp_path, request.getfixturevalue("s3_server"))
    yield bucket
    bucket.remove()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """Where an S3-compatible store answers."""
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def case(make_participation):
    """A participation in assessment that owes one paper, the strategy."""
    return assessed(make_participation, step("strategy", **STEP))
