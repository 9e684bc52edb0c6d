"""A template that people send is read in a child: the same answers, and nothing within reach."""

import json
import os
import subprocess
import sys

from django.conf import settings
from django.utils import translation

from documents.papers.apart import PROJECT, problems_apart
from documents.papers.filling import problems_in
from tests.documents.papers.word_files import template

# A child whose file is the code of the test: what it tries once it has limited itself.
TRIES = """
import sys
from documents.papers import child
child.confine()
try:
    {attempt}
except (PermissionError, OSError, MemoryError) as refused:
    print(type(refused).__name__)
"""


def saved(tmp_path, content: bytes):
    path = tmp_path / "obrazac"
    path.write_bytes(content)
    return path


def test_the_child_says_what_is_wrong_in_the_language_of_the_reader(tmp_path):
    path = saved(tmp_path, template("{{ municipalty }} {{ steps }}", "{{ mayor | shout }}"))

    for language in ("en", "sr", "sr-latn", "bs"):
        with translation.override(language):
            expected = problems_in(path.read_bytes())
        assert problems_apart(path, language=language) == expected
        assert expected


def test_a_sound_template_has_no_problem_there_either(tmp_path):
    sound = template("{{ programme }}", "{%p for a in steps %}", "{{ a.title }}", "{%p endfor %}")

    assert problems_apart(saved(tmp_path, sound), language="sr") == []


def test_a_child_that_does_not_end_well_is_an_answer_too(tmp_path, monkeypatch):
    monkeypatch.setattr("documents.papers.apart.SECONDS", 0.01)

    [said] = problems_apart(saved(tmp_path, template("x")), language="en")

    assert "could not be read" in said


def test_what_is_loaded_in_the_child_knows_no_database_and_no_key():
    code = "import sys, json; from documents.papers import child; child.speak('sr', []);"
    code += "from documents.papers import filling; filling.warm_up();"
    code += "print(json.dumps([n for n in sys.modules if n.startswith(('workflow', 'config'))]))"

    assert json.loads(ran(code)) == []


def test_once_limited_it_reaches_nothing(tmp_path):
    for attempt in (
        "import socket; socket.create_connection(('127.0.0.1', 1))",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        f"open({str(tmp_path / 'new')!r}, 'w').write('x' * 100_000)",
        "bytearray(1_000_000_000)",
    ):
        assert ran(TRIES.format(attempt=attempt)) in {"PermissionError", "OSError", "MemoryError"}


def ran(code: str) -> str:
    """What a process started as the child is prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, env={"PYTHONUTF8": "1"},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    return done.stdout.decode().strip()


def test_the_child_ends_where_nobody_waits_for_it(tmp_path):
    question = {"path": "", "language": "sr", "locale": settings.LOCALE_PATHS, "parent": 1}
    done = subprocess.run(
        [sys.executable, "-m", "documents.papers.child"], cwd=PROJECT,
        input=json.dumps(question, default=str).encode(), stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, timeout=60, check=False,
    )  # fmt: skip

    assert os.getpid() != 1
    assert (done.returncode, done.stdout) == (1, b"")
