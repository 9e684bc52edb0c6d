"""The settings of production: silent where they are right, and no start where they are not.

Settings are read once in a process, so each of these asks a fresh one.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# Starting processes takes time, and which database the tests use makes no difference to these.
pytestmark = pytest.mark.skipif(
    os.environ.get("DATABASE_URL", "").startswith("postgres"),
    reason="the settings of production are asked once, in the run on SQLite",
)
KEYS = ("SECRET_KEY", "LOG_HMAC_KEY")
CHECK = ["manage.py", "check", "--deploy", "--fail-level", "WARNING"]

# One signed-out page as a browser behind the proxy gets it, with the style sheet that it names.
# The static files are collected into the folder that is named on the command line.
VISIT = """
import re, sys
import django
from django.conf import settings
django.setup()
settings.STATIC_ROOT = sys.argv[1]
from django.core.management import call_command
from django.test import Client
call_command("collectstatic", interactive=False, verbosity=0)
browser = Client(headers={"host": "koraci.example.org"})
assert browser.get("/sign-in/").status_code == 301, "plain HTTP is answered"
page = browser.get("/sign-in/", headers={"x-forwarded-proto": "https"})
assert page.status_code == 200, page.status_code
sheet = re.search(r'href="(/static/web/kit[^"]*)"', page.text)[1]
answer = browser.get(sheet, headers={"x-forwarded-proto": "https"})
assert answer.status_code == 200, sheet
print(sheet, answer["Cache-Control"], page["Strict-Transport-Security"])
"""


def new_key() -> str:
    return secrets.token_urlsafe(48)


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """What a server in production sets, with a database of its own."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return kept | {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "0",
        "DEMO": "0",
        "SECRET_KEY": new_key(),
        "LOG_HMAC_KEY": new_key(),
        "ALLOWED_HOSTS": "koraci.example.org",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'koraci.sqlite3'}",
        "EMAIL_URL": "smtp+tls://koraci:secret@mail.example.org:587",
        "BEHIND_PROXY": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(environment) -> Run:
    """`run(["manage.py", "check"], DEBUG="1")`: Python with that environment; None takes away."""

    def start(arguments: list[str], **changed: str | None) -> subprocess.CompletedProcess[str]:
        wanted = {
            name: value for name, value in (environment | changed).items() if value is not None
        }
        return subprocess.run(
            [sys.executable, *arguments], cwd=PROJECT, env=wanted, capture_output=True, text=True
        )

    return start


def refusal(answer: subprocess.CompletedProcess[str]) -> str:
    """The last line of what a process that did not start said."""
    assert answer.returncode != 0
    return answer.stderr.strip().splitlines()[-1]


def test_the_settings_of_production_pass_every_check_of_django(run):
    answer = run(CHECK)

    assert (answer.returncode, answer.stdout, answer.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


def test_the_same_with_secrets_in_files(run, environment, tmp_path):
    files: dict[str, str | None] = {}
    for name in KEYS:
        path = tmp_path / name.lower()
        path.write_text(f"{environment[name]}\n")
        files |= {name: None, f"{name}_FILE": str(path)}

    answer = run(CHECK, **files)

    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_secret_in_a_file_is_read_without_its_line_end(run, tmp_path):
    key = new_key()
    (tmp_path / "key").write_text(f"{key}\n")
    show = "from config.settings import SECRET_KEY; print(SECRET_KEY, end='')"

    answer = run(["-c", show], SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "key"))

    assert answer.stdout == key


@pytest.mark.parametrize("name", KEYS)
def test_it_does_not_start_without_a_key_of_its_own(run, name):
    answer = run(CHECK, **{name: None})

    assert f"{name} must be set to at least 50 characters" in refusal(answer)


@pytest.mark.parametrize("name", KEYS)
def test_it_does_not_start_with_the_key_that_everybody_can_read(run, name):
    show = "from config.settings import DEFAULT_KEY; print(DEFAULT_KEY, end='')"
    default = run(["-c", show]).stdout

    answer = run(CHECK, **{name: default})

    assert len(default) > 50
    assert f"{name} must be set to at least 50 characters" in refusal(answer)


@pytest.mark.parametrize("name", KEYS)
def test_it_does_not_start_with_a_short_key(run, name):
    answer = run(CHECK, **{name: new_key()[:49]})

    assert f"{name} must be set to at least 50 characters" in refusal(answer)


def test_it_does_not_start_with_the_same_key_twice(run, environment):
    answer = run(CHECK, LOG_HMAC_KEY=environment["SECRET_KEY"])

    assert "LOG_HMAC_KEY must differ from SECRET_KEY." in refusal(answer)


def test_it_does_not_start_with_the_demo_world(run):
    answer = run(CHECK, DEMO="1")

    assert "DEMO=1 and DEBUG=0 exclude each other." in refusal(answer)


@pytest.mark.parametrize("name", KEYS)
def test_it_does_not_start_with_a_secret_given_twice(run, tmp_path, name):
    (tmp_path / "key").write_text(new_key())

    answer = run(CHECK, **{f"{name}_FILE": str(tmp_path / "key")})

    assert f"Set {name} or {name}_FILE, not both." in refusal(answer)


def test_it_does_not_start_when_the_file_of_a_secret_is_missing(run, tmp_path):
    answer = run(CHECK, SECRET_KEY=None, SECRET_KEY_FILE=str(tmp_path / "nothing"))

    assert "FileNotFoundError" in refusal(answer)


def test_an_odd_word_for_debug_does_not_open_the_debug_mode(run):
    show = "from config.settings import DEBUG; print(DEBUG)"

    answer = run(["-c", show], DEBUG="perhaps")

    assert answer.stdout == "False\n"


def test_a_number_that_is_none_is_refused(run):
    answer = run(
        CHECK, DATABASE_URL="postgres://koraci@127.0.0.1/koraci", CONN_MAX_AGE="for a while"
    )

    assert "ValueError" in refusal(answer)


def test_after_migrate_the_database_passes_its_own_checks(run):
    migrated = run(["manage.py", "migrate", "--verbosity", "0"])

    answer = run([*CHECK, "--database", "default"])

    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert (answer.returncode, answer.stderr) == (0, "")


def test_a_page_and_its_style_are_served_over_https_alone(run, tmp_path):
    answer = run(["-c", VISIT, str(tmp_path / "static")])

    assert (answer.returncode, answer.stderr) == (0, "")
    sheet, *headers = answer.stdout.split(maxsplit=1)
    assert headers == [
        "max-age=315360000, public, immutable max-age=31536000; includeSubDomains; preload\n"
    ]
    assert sheet != "/static/web/kit.css"  # named by its content


def test_collected_files_are_named_by_their_content_and_compressed(run, tmp_path):
    run(["-c", VISIT, str(tmp_path / "static")])

    manifest = json.loads((tmp_path / "static/staticfiles.json").read_text())["paths"]

    sheet = tmp_path / "static" / manifest["web/kit.css"]
    assert sheet.is_file()
    assert Path(f"{sheet}.gz").is_file()
