"""What tests change: fast passwords, mail in memory, production-like errors, own database files."""

import atexit
import os
import shutil
import tempfile

from config.environment import document_storage
from config.settings import *  # noqa: F403
from config.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

DEBUG = False
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MAILS_PER_SECOND = 0  # a clock that stands still would never let the next second come
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Papers lie on the disk, as by default; the folder goes with the process.
FILES_OF_TESTS = tempfile.mkdtemp(prefix="koraci-files-")
atexit.register(shutil.rmtree, FILES_OF_TESTS, ignore_errors=True)
QUARANTINE_ROOT = f"{FILES_OF_TESTS}/quarantine"
STORAGES["documents"] = document_storage(
    "", root=f"{FILES_OF_TESTS}/documents", access_key="", secret_key=""
)
LANGUAGE_CODE = "en"
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("whitenoise")]
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "whitenoise.runserver_nostatic"]

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since threads and other processes must see it too; durability is another test's job.
    DATABASES["default"]["TEST"] = {"NAME": f"{tempfile.gettempdir()}/koraci-{os.getpid()}.sqlite3"}
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;",
    }
