"""Reading the environment: typed, with secrets from files, refusing what it cannot use."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")


def secret(name: str, default: str = "") -> str:
    """The value of `NAME`, or the content of the file that `NAME_FILE` names."""
    path = os.environ.get(f"{name}_FILE")
    if path and os.environ.get(name):
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if path:
        return Path(path).read_text().strip()
    return env.str(name, default)


def origins(*urls: str) -> list[str]:
    """Scheme and host of each address, as a policy names them; nothing of an empty one."""
    return ["{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in urls if url]


def without_slash(url: str) -> str:
    """An address that paths, which begin with one, are added to."""
    return url.rstrip("/")


def document_storage(url: str, *, root: str, access_key: str, secret_key: str) -> dict[str, Any]:
    """Where papers are kept: the folder `root`, or `s3://bucket?endpoint=…&region=…`."""
    if not url:
        return {
            "BACKEND": "documents.storage.disk.DiskStorage",
            "OPTIONS": {"location": root, "allow_overwrite": True, "base_url": None},
        }
    place = urlsplit(url)
    asked = {name: values[-1] for name, values in parse_qs(place.query).items()}
    if place.scheme != "s3" or not place.netloc or set(asked) - {"endpoint", "region"}:
        raise ImproperlyConfigured("DOCUMENTS_STORAGE must read s3://bucket?endpoint=…&region=…")
    options = {
        "bucket_name": place.netloc,
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "access_key": access_key or None,
        "secret_key": secret_key or None,
    }
    return {"BACKEND": "documents.storage.s3.S3DocumentStorage", "OPTIONS": options}


def broker_options(url: str, folder: str) -> dict[str, Any]:
    """How to talk to the broker of bells, by its address; `folder` is that of the embedded one."""
    if url.startswith("filesystem:"):
        folders = dict.fromkeys(("data_folder_in", "data_folder_out"), f"{folder}/bells")
        return folders | {"control_folder": f"{folder}/control", "processed_folder": folder}
    if url.startswith("amqp"):
        return {"confirm_publish": True}
    if url.startswith("redis"):
        # Without `ack_emulation` a bell that a worker holds when Redis is killed is not put back.
        # Kombu would try it while it has no connection, and the worker would die of that.
        return {
            "ack_emulation": False,
            "socket_timeout": 30,
            "socket_keepalive": True,
            "health_check_interval": 30,
        }
    raise ImproperlyConfigured("CELERY_BROKER_URL must begin with redis, amqp or filesystem.")
