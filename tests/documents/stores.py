"""Where the papers of a test lie: a folder, or an S3-compatible store that the tests start.

`@ON_BOTH` runs a test on both, by the same words: what is there, what is put there or taken away
behind the product's back, a store that does not answer.
"""

from pathlib import Path
from typing import Any

import boto3
import pytest

from config.environment import document_storage
from tests.documents.intake.pdf_by_hand import pdf

ON_BOTH = pytest.mark.parametrize("storage", ["disk", "s3"], indirect=True)
NOBODY_ANSWERS = "http://127.0.0.1:9"
KEYS = {"access_key": "testing", "secret_key": "testing"}
OTHER = pdf(catalog=b"/Other true")


class Folders:
    """`documents` holds the objects, `quarantine` the files that wait."""

    def __init__(self, settings: Any, folder: Path) -> None:
        self.settings = settings
        self.documents, self.quarantine = folder / "documents", folder / "quarantine"
        settings.QUARANTINE_ROOT = str(self.quarantine)
        self.mend()

    def objects(self) -> list[str]:
        return names_in(self.documents)

    def waiting(self) -> list[str]:
        return names_in(self.quarantine)

    def put(self, name: str, content: bytes = OTHER) -> None:
        self.documents.mkdir(exist_ok=True)
        (self.documents / name).write_bytes(content)

    def lose(self, name: str) -> None:
        (self.documents / name).unlink()

    def break_down(self) -> None:
        """A file stands where the folder belongs."""
        self._point_to(self.documents.with_name("no-folder"))
        self.documents.with_name("no-folder").write_text("in the way")

    def mend(self) -> None:
        self._point_to(self.documents)

    def _point_to(self, folder: Path) -> None:
        self._keep_in(document_storage("", root=str(folder), access_key="", secret_key=""))

    def _keep_in(self, backend: dict[str, Any]) -> None:
        self.settings.STORAGES = self.settings.STORAGES | {"documents": backend}


class Bucket(Folders):
    """The same with objects in a bucket of its own on `server`."""

    def __init__(self, settings: Any, folder: Path, server: str) -> None:
        self.server = server
        self.s3 = boto3.resource(
            "s3", endpoint_url=server, region_name="us-east-1",
            aws_access_key_id="testing", aws_secret_access_key="testing",
        )  # fmt: skip
        self.bucket = self.s3.create_bucket(Bucket="koraci")
        super().__init__(settings, folder)

    def remove(self) -> None:
        self.bucket.objects.all().delete()
        self.bucket.delete()
        self.s3.meta.client.close()

    def objects(self) -> list[str]:
        return sorted(one.key for one in self.bucket.objects.all())

    def put(self, name: str, content: bytes = OTHER) -> None:
        self.bucket.put_object(Key=name, Body=content)

    def lose(self, name: str) -> None:
        self.bucket.Object(name).delete()

    def break_down(self) -> None:
        self._answers_at(NOBODY_ANSWERS)

    def mend(self) -> None:
        self._answers_at(self.server)

    def _answers_at(self, server: str) -> None:
        url = f"s3://koraci?endpoint={server}&region=us-east-1"
        self._keep_in(document_storage(url, root="", **KEYS))


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
