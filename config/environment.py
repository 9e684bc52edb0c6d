"""Reading the environment: typed, with secrets from files, refusing what it cannot use."""

import os
from pathlib import Path
from urllib.parse import urlsplit

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
