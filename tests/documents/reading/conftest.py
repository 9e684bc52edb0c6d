"""The files that are read."""

import pytest


@pytest.fixture
def file(tmp_path):
    """`file(content)`: the content as a file on disk."""

    def written(content: bytes):
        path = tmp_path / "paper"
        path.write_bytes(content)
        return path

    return written
