"""Papers in an S3-compatible store. Its failures become those of a disk: one word serves both."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

IN_MEMORY = 5_000_000  # bytes of a download; what is larger goes through a temporary file
PATIENCE = Config(connect_timeout=5, read_timeout=30, retries={"total_max_attempts": 2})


@contextmanager
def as_of_a_disk() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(str(error)) from error
        raise OSError(str(error)) from error
    except BotoCoreError as error:
        raise OSError(str(error)) from error


def of_a_disk(act: Callable[..., Any]) -> Callable[..., Any]:
    def done(*args: Any, **kwargs: Any) -> Any:
        with as_of_a_disk():
            return act(*args, **kwargs)

    return done


class S3DocumentStorage(S3Storage):
    """Private objects, written over where the same one is stored again."""

    def get_default_settings(self) -> dict[str, Any]:
        return super().get_default_settings() | {
            "file_overwrite": True,
            "default_acl": None,
            "max_memory_size": IN_MEMORY,
            "client_config": PATIENCE,
        }

    @of_a_disk
    def _open(self, name: str, mode: str = "rb") -> Any:
        file = super()._open(name, mode)
        file.file  # noqa: B018 - fetched now, while a failure can still be told
        return file

    _save = of_a_disk(S3Storage._save)
    delete = of_a_disk(S3Storage.delete)
    exists = of_a_disk(S3Storage.exists)
    listdir = of_a_disk(S3Storage.listdir)
    get_modified_time = of_a_disk(S3Storage.get_modified_time)
